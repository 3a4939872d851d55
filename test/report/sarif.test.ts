import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv'
import { expect, test } from 'vitest'
import { reportSarif } from '../../src/report/formats/sarif.ts'
import type { Report } from '../../src/report/report.ts'
import { at, finding, report, source } from './report.ts'

const require = createRequire(import.meta.url)
const load = (name: string) => JSON.parse(readFileSync(require.resolve(name), 'utf8'))
const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore' })
ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json'))
const isSarif = ajv.compile(load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

function sarifOf(of: Report) {
  const log = JSON.parse(reportSarif(of))
  isSarif(log)
  expect(isSarif.errors ?? []).toEqual([])
  return log.runs[0]
}

const dockerfile = source('dir with blank/Dockerfile', 'FROM elixir AS build\nRUN mix release\nRUN mix assets.deploy\n')
const release = at(dockerfile, 'mix release')
const deploy = at(dockerfile, 'mix assets.deploy')
const late = finding(deploy, {
  related: [{ span: release, text: 'the release is made here' }],
  fixes: [
    {
      title: 'swap them',
      safety: 'safe',
      edits: [
        { span: release, text: 'mix assets.deploy' },
        { span: deploy, text: 'mix release' },
      ],
    },
    { title: 'think', safety: 'unsafe', edits: [{ span: deploy, text: '' }] },
  ],
})

test('an empty report is valid and lists the rules', () => {
  const run = sarifOf(report([]))
  expect(run.results).toEqual([])
  expect(run.columnKind).toBe('utf16CodeUnits')
  expect(run.tool.driver.rules[0]).toMatchObject({
    id: 'assets-after-release',
    helpUri: 'https://hexdocs.pm/phoenix/releases.html',
    defaultConfiguration: { level: 'error' },
  })
})

test('a result has its place, its trail and its safe fixes', () => {
  const [result] = sarifOf(report([late])).results
  expect(result).toMatchObject({ ruleId: 'assets-after-release', ruleIndex: 0, level: 'error' })
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'dir%20with%20blank/Dockerfile', uriBaseId: 'ROOT' },
    region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 22 },
  })
  expect(result.relatedLocations).toHaveLength(1)
  expect(result.codeFlows[0].threadFlows[0].locations[0].location.message.text).toBe('the release is made here')
  expect(result.fixes).toHaveLength(1)
  expect(result.fixes[0].artifactChanges[0].replacements).toEqual([
    {
      deletedRegion: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 16 },
      insertedContent: { text: 'mix assets.deploy' },
    },
    {
      deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 22 },
      insertedContent: { text: 'mix release' },
    },
  ])
})

test('levels: info is a note', () => {
  const run = sarifOf(report([finding(deploy, { severity: 'info' }), finding(deploy, { severity: 'warning' })]))
  expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['note', 'warning'])
})

test('a finding of what is no rule gets a descriptor of its own', () => {
  const run = sarifOf(report([finding(deploy, { rule: 'unreadable-file', gotcha: 'syntax' })]))
  expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe('unreadable-file')
})

test('fingerprints survive moved lines and tell like findings apart', () => {
  const printOf = (text: string) => {
    const moved = source('Dockerfile', text)
    return sarifOf(report([finding(at(moved, 'mix assets.deploy'))])).results[0].partialFingerprints
  }
  expect(printOf('RUN mix assets.deploy\n')).toEqual(
    printOf('FROM a\n\n  RUN   mix assets.deploy'.replace('   mix', ' mix')),
  )
  const twice = sarifOf(report([finding(deploy), finding(deploy)])).results
  expect(twice[0].partialFingerprints).not.toEqual(twice[1].partialFingerprints)
})

test('a rule that threw makes the run unsuccessful', () => {
  const { invocations } = sarifOf(report([], { failures: [{ rule: 'x', message: 'boom' }] }))
  expect(invocations[0]).toMatchObject({ executionSuccessful: false })
  expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('x: boom')
})

test('a secret is not in it', () => {
  const env = source('.env', 'SECRET_KEY_BASE=abcdefghijklmnopqrstuvwxyz\n')
  const secret = at(env, 'abcdefghijklmnopqrstuvwxyz')
  const text = reportSarif(report([finding(secret, { message: 'leaks `abcdefghijklmnopqrstuvwxyz`' })], {}, [secret]))
  expect(text).toContain('leaks `abc···')
  expect(text).not.toContain('defghijk')
})
