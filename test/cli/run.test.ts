import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { commands } from '../../src/cli/commands.ts'
import { cli } from './cli.ts'

const here = '/'

test.each([
  [['--help']],
  [['-h']],
  [['help']],
  [['help', '--help']],
  [['help', 'help']],
])('%j prints help', async (argv) => {
  const { code, stdout, stderr } = await cli(here, argv)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^Finds .*\nUsage: /)
  expect(stdout).toMatch(/^ {2}lint +check/m)
  const lines = stdout.split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
})

test('no command is a wrong call, which help answers', async () => {
  const { code, stdout, stderr } = await cli(here, [])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^Finds .*\nUsage: /)
})

test.each([
  [['lint', '--help']],
  [['help', 'lint']],
  [['lint', '-h', 'nope']],
])('%j prints the help of lint', async (argv) => {
  const { code, stdout } = await cli(here, argv)
  expect(code).toBe(0)
  expect(stdout).toContain('Usage: docker-gotchas lint [FLAGS] [PATH…]')
  expect(stdout).toContain('  -f, --file FILE')
  expect(stdout).toMatch(
    /^ {6}--fail-on SEVERITY +the least severity that makes the exit code 1: error, warning, info, never/m,
  )
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})

test('the help of each command fits the terminal', async () => {
  for (const { name } of commands) {
    const { stdout } = await cli(here, [name, '--help'], { env: { COLUMNS: '80' } })
    const wide = stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  docker-gotchas '))
    expect([name, wide.filter((line) => !/^(Usage|\w+: .*completion)/.test(line))]).toEqual([name, []])
  }
})

test.each([
  [['--version']],
  [['-V']],
  [['-v']],
  [['version']],
  [['lint', '--version']],
  [['lint', '-v']],
])('%j prints the version', async (argv) => {
  expect(await cli(here, argv)).toEqual({ code: 0, stdout: `docker-gotchas ${manifest.version}\n`, stderr: '' })
})

test.each([
  [['lnt'], 'there is no command `lnt`; did you mean `lint`?'],
  [['help', 'lnt'], 'there is no command `lnt`; did you mean `lint`?'],
  [['Dockerfile'], 'there is no command `Dockerfile`; `docker-gotchas lint Dockerfile` checks a file or folder'],
  [['--json'], 'there is no flag `--json` before a command'],
])('%j is wrong', async (argv, message) => {
  const { code, stdout, stderr } = await cli(here, argv)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
})

test('a stream that breaks is a failure of ours, in one line', async () => {
  const { run } = await import('../../src/cli/run.ts')
  let stderr = ''
  const code = await run(['lint', '-'], {
    stdin: {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('torn')) }),
    },
    stdout: { write: () => {} },
    stderr: { write: (text) => (stderr += text) },
    pass: async () => true,
    cwd: '/nowhere',
    env: {},
  })
  expect({ code, stderr }).toEqual({ code: 3, stderr: 'docker-gotchas: failed: torn\n' })
})
