import { expect, test } from 'vitest'
import { formatNames, reporters } from '../../../src/report/formats/table.ts'
import type { Report } from '../../../src/report/report.ts'
import type { Diagnostic } from '../../../src/text/diagnostic.ts'
import { at, finding, report, rule, source } from '../report.ts'
import { readCommands, readHtml, readMarkdown, readXml } from './read.ts'
import { problemsOf } from './schemas.ts'

const dockerfile = source('Dockerfile', 'FROM elixir AS build\nRUN mix release\nRUN 漢 🚀 mix assets.deploy\n')
const compose = source('ops/compose.yaml', 'services:\n  web:\n    image: shop\n')
const release = at(dockerfile, 'mix release')
const late = finding(at(dockerfile, 'mix assets.deploy'), {
  why: rule.incident,
  remedy: rule.remedy,
  related: [{ span: release, text: 'the release is made here' }],
  fixes: [{ title: 'move it', safety: 'safe', edits: [{ span: release, text: 'mix do' }] }],
})
const doubtful = finding(at(compose, 'services:\n  web:'), {
  rule: 'unreadable-file',
  gotcha: 'secrets',
  severity: 'warning',
  certainty: 'likely',
})
const info = finding(at(compose, 'shop'), { severity: 'info' })
const some = report([late, doubtful, info])

const printed = async (format: (typeof formatNames)[number], of: Report = some) => (await reporters[format]())(of)

test('github: a command a finding, with its range', async () => {
  const commands = readCommands(await printed('github'))
  expect(commands.map(({ command, properties }) => ({ command, ...properties }))).toEqual([
    {
      command: 'error',
      file: 'Dockerfile',
      line: '3',
      endLine: '3',
      col: '10',
      endColumn: '26',
      title: 'docker-gotchas: assets-after-release',
    },
    { command: 'warning', file: 'ops/compose.yaml', line: '1', endLine: '2', title: 'docker-gotchas: unreadable-file' },
    {
      command: 'notice',
      file: 'ops/compose.yaml',
      line: '3',
      endLine: '3',
      col: '12',
      endColumn: '15',
      title: 'docker-gotchas: assets-after-release',
    },
  ])
  expect(commands[0]?.data).toBe(
    '`mix assets.deploy` runs after `mix release`\nwhy: The app boots and every page is unstyled HTML.\n' +
      'fix: move it\nDockerfile:2: the release is made here',
  )
})

test('gitlab_codeclimate and codeclimate: issues with fingerprints of their own', async () => {
  const issues = JSON.parse(await printed('gitlab_codeclimate'))
  expect(problemsOf('issues', issues)).toEqual([])
  expect(issues.map((one: { severity: string }) => one.severity)).toEqual(['critical', 'major', 'info'])
  const alike = report([finding(release), finding(release), finding(release, { rule: 'x' })])
  const prints = JSON.parse(await printed('gitlab_codeclimate', alike)).map(
    (one: { fingerprint: string }) => one.fingerprint,
  )
  expect(new Set(prints).size).toBe(3)
  const streamed = (await printed('codeclimate')).split('\0')
  expect(streamed.pop()).toBe('')
  expect(streamed.map((one) => JSON.parse(one))).toEqual(issues)
})

test('rdjson: columns are bytes, and a fix of one place is a suggestion', async () => {
  const result = JSON.parse(await printed('rdjson'))
  expect(problemsOf('rdjson', result)).toEqual([])
  expect(result.diagnostics[0]).toMatchObject({
    location: { path: 'Dockerfile', range: { start: { line: 3, column: 14 }, end: { line: 3, column: 31 } } },
    suggestions: [{ range: { start: { line: 2, column: 5 }, end: { line: 2, column: 16 } }, text: 'mix do' }],
    code: { value: 'assets-after-release', url: 'https://hexdocs.pm/phoenix/releases.html' },
  })
  const split = {
    title: '',
    safety: 'safe',
    edits: [late.fixes[0]?.edits[0], late.fixes[0]?.edits[0]].flatMap((one) => one ?? []),
  } as const
  const [first] = JSON.parse(await printed('rdjson', report([{ ...late, fixes: [split] }]))).diagnostics
  expect(first.suggestions).toBeUndefined()
})

test('sonarqube: every issue has its rule, and no range is empty', async () => {
  const empty = finding({ source: dockerfile, start: 3, end: 3 })
  const imported = JSON.parse(await printed('sonarqube', report([late, doubtful, info, empty])))
  expect(problemsOf('sonarqube', imported)).toEqual([])
  expect(imported.rules.map(({ id }: { id: string }) => id)).toEqual(['assets-after-release', 'unreadable-file'])
  expect(
    imported.issues.map((one: { primaryLocation: { textRange: object } }) => one.primaryLocation.textRange),
  ).toEqual([
    { startLine: 1, endLine: 1 },
    { startLine: 3, endLine: 3, startColumn: 9, endColumn: 26 },
    { startLine: 1, endLine: 2, startColumn: 0, endColumn: 6 },
    { startLine: 3, endLine: 3, startColumn: 11, endColumn: 15 },
  ])
})

test('sonarqube: a rule is as grave as the gravest of its findings, since issues have no severity', async () => {
  const impacts = async (...all: readonly Diagnostic[]) =>
    JSON.parse(await printed('sonarqube', report(all))).rules[0].impacts[0].severity
  expect(rule.severity).toBe('error')
  expect(await impacts(info)).toBe('LOW')
  expect(await impacts(info, late)).toBe('HIGH')
})

test('codacy: a line a finding', async () => {
  const lines = (await printed('codacy')).trimEnd().split('\n')
  const issues = lines.map((line) => JSON.parse(line))
  expect(issues.flatMap((issue) => problemsOf('codacy', issue))).toEqual([])
  expect(issues[0]).toEqual({
    filename: 'Dockerfile',
    patternId: 'assets-after-release',
    message: '`mix assets.deploy` runs after `mix release`',
    line: 3,
  })
})

test('checkstyle: the findings by file', async () => {
  const root = readXml(await printed('checkstyle'))
  expect(root.name).toBe('checkstyle')
  expect(root.children.map(({ attributes, children }) => [attributes.name, children.length])).toEqual([
    ['Dockerfile', 1],
    ['ops/compose.yaml', 2],
  ])
  expect(root.children[0]?.children[0]?.attributes).toEqual({
    line: '3',
    column: '10',
    severity: 'error',
    message: '`mix assets.deploy` runs after `mix release`',
    source: 'docker-gotchas.assets-after-release',
  })
})

test('junit: errors and warnings fail, information passes, rules that are quiet pass', async () => {
  const root = readXml(await printed('junit'))
  const cases = root.children.flatMap(({ children }) => children)
  expect(root.attributes).toMatchObject({ tests: String(cases.length), failures: '2', errors: '0' })
  expect(
    cases.filter(({ children }) => children[0]?.name === 'failure').map(({ attributes }) => attributes.name),
  ).toEqual(['assets-after-release Dockerfile:3', 'unreadable-file ops/compose.yaml:1'])
  const clean = readXml(await printed('junit', report([])))
  expect(clean.attributes).toMatchObject({ tests: '2', failures: '0', errors: '0' })
  const unlooked = report([], { looked: { checked: [], leftOut: [], nothing: 'nothing is there' } })
  expect(readXml(await printed('junit', unlooked)).attributes).toMatchObject({ tests: '2', errors: '1' })
})

test('gnu: a line a finding, as compilers print them', async () => {
  expect((await printed('gnu')).split('\n')[0]).toBe(
    'Dockerfile:3:10: error: `mix assets.deploy` runs after `mix release` [assets-after-release]',
  )
})

test('ndjson: the findings of json, then its summary', async () => {
  const { findings, summary } = JSON.parse(await printed('json'))
  const lines = (await printed('ndjson'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toEqual([
    ...findings.map((finding: object) => ({ kind: 'finding', version: 1, ...finding })),
    { kind: 'summary', version: 1, ...summary },
  ])
})

test('markdown: a table, each finding folded away, and no more than a comment may hold', async () => {
  const elements = readMarkdown(await printed('markdown'))
  const texts = (name: string) => elements.filter((one) => one.name === name).map(({ text }) => text)
  expect(texts('h3')).toEqual(['docker-gotchas: 1 error, 1 warning, 1 info in 2 files'])
  expect(texts('tr').slice(1)).toHaveLength(3)
  expect(texts('summary')).toContain('assets-after-release Dockerfile:3:10')
  expect(texts('pre').join('')).toContain('RUN 漢 🚀 mix assets.deploy')
  const many = report(Array.from({ length: 2000 }, (_, index) => finding(release, { rule: `rule-${index}` })))
  const long = await printed('markdown', many)
  expect(long.length).toBeLessThan(65_536)
  expect(long).toMatch(/and \d+ more/)
})

test('html: one page that loads nothing, with every finding', async () => {
  const page = await printed('html')
  const elements = readHtml(page)
  expect(elements.filter(({ name }) => name === 'details')).toHaveLength(3)
  expect(elements.filter(({ name }) => name === 'h2').map(({ text }) => text)).toEqual(['Assets', 'Secrets'])
  const loaded = elements.flatMap(({ attributes: { src, href } }) => src ?? href ?? [])
  expect(loaded.filter((url) => !url.startsWith('data:') && !url.startsWith('#'))).toEqual([])
  expect(page).not.toMatch(/@import|url\(/)
})

test.each(formatNames)('%s has no secret in it', async (format) => {
  const env = source('.env', 'SECRET_KEY_BASE=abcdefghijklmnopqrstuvwxyz\n')
  const secret = at(env, 'abcdefghijklmnopqrstuvwxyz')
  const leak = finding(secret, {
    message: 'leaks `abcdefghijklmnopqrstuvwxyz`',
    related: [{ span: secret, text: 'here' }],
  })
  const output = await printed(format, report([leak], {}, [secret]))
  expect(output).toContain('abc')
  expect(output).not.toContain('defghijk')
})

test.each(formatNames)('%s of nothing', async (format) => {
  expect(await printed(format, report([]))).not.toContain('undefined')
})
