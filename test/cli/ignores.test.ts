import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv'
import { describe, expect, it, test } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { cli, folderOf } from './cli.ts'

const require = createRequire(import.meta.url)
const schema = (name: string) => JSON.parse(readFileSync(require.resolve(name), 'utf8'))
const secret = 'wLxvP0bTnTGmwLxvP0bTnTGm'

/** A Dockerfile with one mistake, and lines around it. */
const project = (above = '', top = '', name = 'SECRET_KEY_BASE') => ({
  Dockerfile: `${top}FROM elixir:1.18\nENV MIX_ENV=prod\n${above}ENV ${name}=${secret}\nCOPY . .\nRUN mix release\n`,
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
})
const ignore = '# docker-gotchas ignore=secret-in-layer -- it is thrown away'

/** Asks for these only, so that these tests do not hang on other rules. */
const ours = ['secret-in-layer', 'server-off', 'ignore-unused', 'ignore-without-reason'].flatMap((id) => ['--rule', id])

const lint = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const { code, stdout } = await cli(folderOf(files), ['lint', '-q', ...args])
  return { code, lines: stdout.split('\n').filter((line) => /secret-in-layer|ignore-/.test(line)) }
}

describe('an ignore', () => {
  it.each([
    ['above', project(`${ignore}\n`)],
    ['above, among other comments', project(`# one\n${ignore}\n# two\n`)],
    [
      'for all of the file',
      project('', `# syntax=docker/dockerfile:1\n${ignore.replace(' ignore', ' global ignore')}\n`),
    ],
  ])('%s keeps a finding quiet', async (_, files) => {
    expect(await lint(files, ...ours)).toEqual({ code: exit.clean, lines: [] })
  })

  it('says nothing against other rules and places', async () => {
    const { code, lines } = await lint(project('', `${ignore}\n`), ...ours)
    expect(code).toBe(exit.findings)
    expect(lines).toEqual([
      'Dockerfile:1:25: info: `secret-in-layer` reports nothing at Dockerfile:2 that this could ignore [ignore-unused]',
      expect.stringMatching(/^Dockerfile:4:5: error: .*\[secret-in-layer\]$/),
    ])
  })

  it('that hits nothing is reported only for rules that were asked', async () => {
    const files = project('# docker-gotchas ignore=server-off -- x\n', '', 'LANG')
    expect((await lint(files)).lines).toEqual([expect.stringContaining('[ignore-unused]')])
    expect((await lint(files, '--ignore', 'server-off')).lines).toEqual([])
    expect((await lint(files, '--rule', 'secret-in-layer', '--rule', 'ignore-unused')).lines).toEqual([])
    expect((await lint(files, '--rule', 'server-off')).lines).toEqual([])
    expect((await lint({ ...files, '.docker-gotchas.yaml': 'rules: {server-off: off}' })).lines).toEqual([])
    expect((await lint({ ...files, '.docker-gotchas.yaml': 'rules: {ignore-unused: off}' })).lines).toEqual([])
  })

  it('in a file that is not looked at is not reported', async () => {
    const files = {
      ...project(),
      'Dockerfile.dev': `${ignore}\nFROM elixir\n`,
      'compose.dev.yaml': `${ignore}\na: b\n`,
    }
    expect((await lint(files)).lines).toHaveLength(1)
  })

  it('without a reason, with an unknown rule, wrongly written', async () => {
    expect((await lint(project('# docker-gotchas ignore=secret-in-layer\n'))).lines).toEqual([
      'Dockerfile:3:1: info: this does not say why: ` -- ` and a reason are missing [ignore-without-reason]',
    ])
    expect((await lint(project('# docker-gotchas ignore=secret-in-layr -- x\n'))).lines).toEqual([
      'Dockerfile:3:25: info: there is no rule `secret-in-layr`; did you mean `secret-in-layer`? [ignore-unknown-rule]',
      expect.stringContaining('[secret-in-layer]'),
    ])
    expect((await lint(project('# docker-gotchas ignore: secret-in-layer\n'))).lines).toEqual([
      expect.stringMatching(/^Dockerfile:3:1: info: this ignores nothing.*\[ignore-malformed\]$/),
      expect.stringContaining('[secret-in-layer]'),
    ])
  })

  it('counts, and comes back with --no-ignores', async () => {
    const folder = folderOf(project(`${ignore}\n`))
    const json = JSON.parse((await cli(folder, ['lint', '--format', 'json', ...ours])).stdout)
    expect([json.findings, json.summary.ignored]).toEqual([[], 1])
    expect((await cli(folder, ['lint', ...ours])).stdout).toContain('kept quiet: 1 by comments')
    const all = await cli(folder, ['lint', '--format', 'json', '--no-ignores', ...ours])
    expect(all.code).toBe(exit.findings)
    expect(JSON.parse(all.stdout)).toMatchObject({ findings: [{ rule: 'secret-in-layer' }] })
    expect(JSON.parse(all.stdout).summary).not.toHaveProperty('ignored')
  })
})

test('SARIF has what is kept quiet, and why', async () => {
  const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore' })
  ajv.addMetaSchema(schema('ajv/lib/refs/json-schema-draft-04.json'))
  const isSarif = ajv.compile(schema('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))
  const sarif = async (files: Readonly<Record<string, string>>) => {
    const { stdout } = await cli(folderOf(files), ['lint', '--format', 'sarif', ...ours])
    expect(stdout).not.toContain(secret)
    const log = JSON.parse(stdout)
    isSarif(log)
    expect(isSarif.errors ?? []).toEqual([])
    return log.runs[0].results
  }
  expect(await sarif(project(`${ignore}\n`))).toMatchObject([
    { ruleId: 'secret-in-layer', suppressions: [{ kind: 'inSource', justification: 'it is thrown away' }] },
  ])
  const settings = 'ignore: [{rules: secret-in-layer, paths: Dockerfile, reason: "so it is"}]'
  expect(
    await sarif({ ...project('# docker-gotchas ignore=server-off\n'), '.docker-gotchas.yaml': settings }),
  ).toMatchObject([
    { ruleId: 'ignore-without-reason', suppressions: [] },
    { ruleId: 'ignore-unused', suppressions: [] },
    { ruleId: 'secret-in-layer', suppressions: [{ kind: 'external', justification: 'so it is' }] },
  ])
  const [plain] = await sarif(project())
  expect(plain).not.toHaveProperty('suppressions')
})

describe('a baseline', () => {
  const write = async (folder: string, ...args: readonly string[]) =>
    cli(folder, ['lint', '--write-baseline', 'known.json', ...args])
  const read = (folder: string) => readFileSync(join(folder, 'known.json'), 'utf8')

  it('keeps old findings quiet; new ones fail', async () => {
    const files = project()
    const folder = folderOf(files)
    const written = await write(folder)
    expect(written).toEqual({
      code: exit.clean,
      stdout: expect.stringMatching(/^wrote \d+ findings? to known.json\n$/),
      stderr: '',
    })
    expect(read(folder)).not.toContain(secret.slice(0, 3))
    const again = await cli(folder, ['lint', '--baseline', 'known.json'])
    expect([again.code, again.stderr]).toEqual([exit.clean, ''])
    expect(again.stdout).toMatch(/clean: nothing found.*\nchecked: .*\nkept quiet: \d+ by the baseline/)

    const moved = { ...project('# a\n\n', '# b\n'), 'known.json': read(folder) }
    expect((await lint(moved, '--baseline', 'known.json')).lines).toEqual([])
    const more = { ...moved, Dockerfile: `${moved.Dockerfile}ENV GITHUB_TOKEN=${secret}\n` }
    const { code, lines } = await lint(more, '--baseline', 'known.json')
    expect([code, lines.length]).toEqual([exit.findings, 1])
  })

  it('is relative to its folder, and may be a setting', async () => {
    const folder = folderOf({ ...project(), 'ci/x': '', '.docker-gotchas.yaml': 'baseline: ci/known.json\n' })
    expect((await cli(folder, ['lint'])).stderr).toContain('the baseline `ci/known.json` cannot be read')
    expect((await cli(folder, ['lint', '--write-baseline', 'ci/known.json'])).code).toBe(exit.clean)
    expect(readFileSync(join(folder, 'ci/known.json'), 'utf8')).toContain('"file": "../Dockerfile"')
    expect((await cli(folder, ['lint'])).code).toBe(exit.clean)
    expect((await cli(join(folder, 'ci'), ['lint', '..'])).code).toBe(exit.clean)
    expect((await cli(join(folder, 'ci'), ['lint', '--no-config', '--baseline', 'known.json', '..'])).code).toBe(
      exit.clean,
    )
    expect((await cli(folder, ['lint', '--no-ignores'])).code).toBe(exit.findings)
  })

  it('says what is gone, but not of rules that were not asked and files that were not read', async () => {
    const before = folderOf({ ...project(), 'Other.Dockerfile': project().Dockerfile })
    await write(before)
    const known = { 'known.json': read(before) }
    const gone = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) =>
      (await cli(folderOf({ ...files, ...known }), ['lint', '--baseline', 'known.json', ...args])).stderr
    const mended = { ...project('', '', 'LANG'), 'Other.Dockerfile': project().Dockerfile }
    expect(await gone(mended)).toBe(
      'docker-gotchas: 1 finding of the baseline known.json is gone: write it again with --write-baseline known.json\n',
    )
    expect(await gone(mended, '--rule', 'server-off')).toBe('')
    expect(await gone(mended, '--ignore', 'secret-in-layer')).toBe('')
    expect(await gone(project())).toContain('gone')
    expect(await gone({ ...project(), 'Other.Dockerfile': project().Dockerfile })).toBe('')
  })

  it('that is broken, newer or of another tool makes the call wrong', async () => {
    const said = async (text: string) => {
      const { code, stdout, stderr } = await cli(folderOf({ ...project(), 'b.json': text }), [
        'lint',
        '--baseline',
        'b.json',
      ])
      expect([code, stdout]).toEqual([exit.usage, ''])
      return stderr
    }
    expect(await said('{"tool": "docker-gotchas",\n "version": 1,,\n')).toContain(
      'b.json:2:15: here the baseline stops',
    )
    expect(await said('{"tool": "docker-gotchas", "version": 7}')).toContain(
      'b.json:1:39: this baseline is of version 7',
    )
    expect(await said('{"results": []}')).toContain('b.json:1:1: this is no baseline of docker-gotchas')
    expect(await said(JSON.stringify({ version: 1, findings: [] }))).toContain('no baseline')
    const none = await cli(folderOf(project()), ['lint', '--baseline', 'b.json'])
    expect([none.code, none.stderr]).toEqual([exit.usage, expect.stringContaining('`b.json` cannot be read')])
  })
})
