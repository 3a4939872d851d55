import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatNames } from '../../src/report/formats/table.ts'
import { readCommands, readHtml } from '../report/formats/read.ts'
import { cli, folderOf, leaking, leaks, tight } from './cli.ts'

const lint = (cwd: string, ...args: readonly string[]) => cli(cwd, ['lint', ...leaks, ...args])
const read = (...path: readonly string[]) => readFileSync(join(...path), 'utf8')

test('several reports in one run', async () => {
  const folder = folderOf(leaking)
  const args = ['--format', 'tty', '--format', 'sarif=out.sarif', '--format=junit=reports.xml']
  const { code, stdout, stderr } = await lint(folder, ...args)
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('error[secret-in-layer]')
  expect(JSON.parse(read(folder, 'out.sarif')).runs[0].results).toHaveLength(1)
  expect(read(folder, 'reports.xml')).toMatch(/^<\?xml /)
})

test('with files alone nothing is printed; --output is for the format without one', async () => {
  const folder = folderOf(leaking)
  expect((await lint(folder, '--format', 'json=a.json')).stdout).toBe('')
  const { stdout } = await lint(folder, '--format', 'json=a.json', '--format', 'markdown', '--output', 'b.md')
  expect(stdout).toBe('')
  expect(read(folder, 'b.md')).toMatch(/^### docker-gotchas: 1 error/)
})

test('where one file cannot be written, none is, and nothing is printed', async () => {
  const folder = folderOf(leaking)
  mkdirSync(join(folder, 'there'))
  writeFileSync(join(folder, 'kept.json'), 'old')
  const args = ['--format', 'tty', '--format', 'json=kept.json', '--format', 'sarif=there', '--format', 'gnu=new.txt']
  const { code, stdout, stderr } = await lint(folder, ...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('`there` cannot be written')
  expect(read(folder, 'kept.json')).toBe('old')
  expect(readdirSync(folder).toSorted()).toEqual([...Object.keys(leaking), 'kept.json', 'there'].toSorted())
})

test.each([
  [['--format', 'sarfi'], '`--format` cannot be `sarfi`; did you mean `sarif`?'],
  [['--format', 'sarfi=x'], '`--format` cannot be `sarfi`; did you mean `sarif`?'],
  [['--format', 'json='], '`--format=json=` needs a value: FILE'],
  [['--format', 'json=a', '-o', 'a'], 'two reports would be written to `a`'],
  [['--no-fial'], 'there is no flag `--no-fial`; did you mean `--no-fail`?'],
  [
    ['--trusted-registry', 'x.test'],
    '`--trusted-registry` is a flag of hadolint: nothing here asks for it, leave it out',
  ],
  [['--require-label=a:text'], '`--require-label` is a flag of hadolint'],
  [['--strict-labels'], '`--strict-labels` is a flag of hadolint'],
  [['--disable-ignore-pragma'], '`--disable-ignore-pragma` is a flag of hadolint: `--no-ignores` '],
  [['--file-path-in-report', 'x'], '`--file-path-in-report` is a flag of hadolint: `--stdin-filename` '],
  [['--error', 'secret-in-layre'], 'there is no rule `secret-in-layre`; did you mean `secret-in-layer`?'],
])('%j is wrong', async (args, message) => {
  const folder = folderOf(leaking)
  const { code, stdout, stderr } = await cli(folder, ['lint', ...args])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
  expect(existsSync(join(folder, 'a'))).toBe(false)
})

test.each(formatNames)('`lint -f %s`, as hadolint has it, prints that format', async (format) => {
  const folder = folderOf(leaking)
  expect(await lint(folder, '-f', format)).toEqual(await lint(folder, '--format', format))
})

test('`-f` of a file is a compose file all the same', async () => {
  const folder = folderOf({ ...leaking, 'prod.yaml': 'services:\n  web:\n    build: .\n' })
  const { summary } = JSON.parse((await lint(folder, '-f', 'prod.yaml', '-f', 'json')).stdout)
  expect(summary.checked).toEqual([expect.objectContaining({ service: 'web', compose: 'prod.yaml' })])
})

test.each([
  [['--no-fail'], 0, 'error'],
  [['--failure-threshold', 'none'], 1, 'error'],
  [['--info', 'secret-in-layer', '--failure-threshold', 'ignore'], 1, 'info'],
  [['--ignore', 'DL3008', '--error', 'DL3059', '--style', 'SC2086'], 1, 'error'],
  [['--warning', 'secret-in-layer', '--failure-threshold', 'error'], 0, 'warning'],
  [['--warning', 'secret-in-layer'], 1, 'warning'],
  [['--info', 'secret-in-layer'], 0, 'info'],
  [['--style', 'secret-in-layer', '-t', 'style'], 1, 'info'],
  [['--info', 'secret-in-layer', '--error', 'secret-in-layer'], 1, 'error'],
])('the words of hadolint: %j', async (args, code, severity) => {
  const folder = folderOf(leaking)
  const ran = await lint(folder, '--format', 'json', ...args)
  expect(ran.code).toBe(code)
  expect(JSON.parse(ran.stdout).findings[0].severity).toBe(severity)
})

test('--no-color goes before what the environment says', async () => {
  const env = { FORCE_COLOR: '1' }
  const folder = folderOf(leaking)
  const codes = '\u001b['
  expect((await cli(folder, ['lint', ...leaks], { env })).stdout).toContain(codes)
  expect((await cli(folder, ['lint', ...leaks, '--no-color'], { env })).stdout).not.toContain(codes)
})

test('on GitHub Actions annotations stand beside what people read', async () => {
  const env = { GITHUB_ACTIONS: 'true' }
  const folder = folderOf(leaking)
  const { stdout } = await cli(folder, ['lint', ...leaks], { env })
  expect(stdout).toContain('error[secret-in-layer]')
  const [command, ...more] = readCommands(stdout)
  expect(command).toMatchObject({ command: 'error', properties: { file: 'Dockerfile', line: '4' } })
  expect(more).toEqual([])
  for (const args of [
    ['--format', 'tty'],
    ['--output', 'out.txt'],
    ['--format', 'json'],
  ])
    expect(readCommands((await cli(folder, ['lint', ...leaks, ...args], { env })).stdout)).toEqual([])
  const both = await cli(folder, ['lint', ...leaks, '--format', 'github', '--format', 'gnu'])
  expect(both.stdout).toMatch(/^Dockerfile:4:\d+: error: .*\n::error /)
  expect(readCommands((await cli(folderOf(tight), ['lint', ...leaks], { env })).stdout)).toEqual([])
})

test('a name of a file cannot command the runner', async () => {
  const name = 'x\n::set-output name=a::b'
  const folder = folderOf({ [`${name}/Dockerfile`]: leaking.Dockerfile, [`${name}/mix.exs`]: leaking['mix.exs'] })
  const { stdout } = await cli(folder, ['lint', ...leaks, name], { env: { GITHUB_ACTIONS: 'true' } })
  expect(readCommands(stdout).map(({ command }) => command)).toEqual(['error'])
  const [command] = readCommands(stdout)
  expect(command?.properties.file).toBe('x\n: :set-output name=a::b/Dockerfile')
})

test('html shows the build and what each service does at its start', async () => {
  const folder = folderOf({
    ...leaking,
    'config/config.exs': 'import Config\n',
    'compose.yaml': 'services:\n  web:\n    build: .\n',
  })
  const { stdout } = await lint(folder, '--format', 'html')
  const elements = readHtml(stdout)
  const headings = elements.filter(({ name }) => name === 'h2').map(({ text }) => text)
  expect(headings).toEqual(['Secrets', 'What each service does when it starts', 'The build'])
  expect(elements.filter(({ name }) => name === 'svg')).toHaveLength(1)
  const ids = new Set(elements.flatMap(({ attributes }) => attributes.id ?? []))
  const links = elements.filter(({ name, attributes }) => name === 'a' && attributes.href?.startsWith('#finding-'))
  expect(links.length).toBeGreaterThan(0)
  for (const { attributes } of links) expect(ids).toContain(attributes.href?.slice(1))
})

test('--list-files prints what was read, and --debug what was decided', async () => {
  const folder = folderOf({ ...leaking, 'Dockerfile.dev': 'FROM elixir:1.18\nCMD ["mix", "phx.server"]\n' })
  const files = await lint(folder, '--list-files')
  expect(files).toEqual({ code: 0, stdout: 'Dockerfile\nDockerfile.dev\nmix.exs\n', stderr: '' })
  for (const flag of ['--debug', '--verbose']) {
    const { stdout, stderr } = await lint(folder, flag, '--format', 'json')
    expect(JSON.parse(stdout).findings).toHaveLength(1)
    expect(stderr).toMatch(/^docker-gotchas: debug: production: Dockerfile$/m)
    expect(stderr).toMatch(/^docker-gotchas: debug: left out: .*Dockerfile\.dev/m)
    expect(stderr.replace(/^docker-gotchas: debug: .*\n/gm, '')).toBe('')
  }
})

test('COLUMNS is the width where the output is no terminal', async () => {
  const folder = folderOf(leaking)
  const widest = async (COLUMNS: string) =>
    Math.max(
      ...(await cli(folder, ['lint', ...leaks], { env: { COLUMNS } })).stdout.split('\n').map((line) => line.length),
    )
  expect(await widest('72')).toBeLessThanOrEqual(72)
  expect(await widest('72')).toBeLessThan(await widest('200'))
  expect(await widest('nonsense')).toBe(await widest(''))
})
