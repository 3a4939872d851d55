import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { type JsonReport, reportJson } from '../../src/report/formats/json.ts'
import { reportOf } from '../../src/report/report-of.ts'
import { check } from '../../src/workspace/check.ts'
import { openWorkspace } from '../../src/workspace/open.ts'
import { folderOf } from './cli.ts'

/** Runs a built program through a pipe, as a shell does. */
function shellWith(words: string) {
  return (cwd: string, command: string) => {
    const env = { ...process.env, GOTCHAS: words }
    return spawnSync('bash', ['-c', `set -o pipefail; ${command}`], { cwd, env, encoding: 'utf8', maxBuffer: 1e8 })
  }
}

const many = Object.fromEntries(
  Array.from({ length: 1500 }, (_, index) => [`scripts/${'long-name-'.repeat(8)}${index}.sh`, '#!/bin/sh\n']),
)

const host = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const executable = resolve(`packages/docker-gotchas-${host}`)

/** A program that is started by Node, and one that needs none. */
const programs = [
  ['by Node', `${process.execPath} ${resolve('dist/cli.js')}`],
  ['the executable', executable],
] as const

const isOlder = (file: string, other: string) => !existsSync(file) || statSync(file).mtimeMs < statSync(other).mtimeMs

beforeAll(() => {
  if (isOlder(executable, 'dist/program.cjs')) execFileSync(process.execPath, ['scripts/package.mjs', host])
}, 240_000)

describe.each(programs)('%s', (_, words) => {
  const shell = shellWith(words)

  test('an output larger than a pipe arrives whole', () => {
    const { stdout, stderr } = shell(
      folderOf({ ...many, Dockerfile: 'FROM elixir:1.18\n' }),
      '$GOTCHAS lint --format json | cat',
    )
    expect(stderr).toBe('')
    expect(stdout.length).toBeGreaterThan(2 * 65_536)
    const { summary }: JsonReport = JSON.parse(stdout)
    expect(summary.files).toHaveLength(1501)
  })

  test('a reader that has seen enough is no failure', () => {
    const { stdout, stderr } = shell(
      folderOf({ ...many, Dockerfile: 'FROM elixir:1.18\n' }),
      '$GOTCHAS lint --format json --fail-on never | head -c 10; echo "${PIPESTATUS[0]}"',
    )
    expect(stderr).toBe('')
    expect(stdout).toBe('{\n  "versi0\n')
  })

  test('exit codes reach the shell', () => {
    const codeOf = (args: string) => shell(folderOf({ Dockerfile: 'FROM elixir:1.18\n' }), `$GOTCHAS ${args}`).status
    expect(codeOf('--version')).toBe(0)
    expect(codeOf('lint --fail-on never')).toBe(0)
    expect(codeOf('lint nope')).toBe(2)
    expect(codeOf('nope')).toBe(2)
  })

  test('the standard input', () => {
    const { stdout } = shell(folderOf({}), 'echo "FROM elixir:1.18" | $GOTCHAS lint - --format json --fail-on never')
    const { summary }: JsonReport = JSON.parse(stdout)
    expect(summary.files).toEqual(['Dockerfile'])
  })

  test('threads find what one process finds', () => {
    const call = (jobs: number) =>
      shell(
        resolve('samples/bases'),
        `$GOTCHAS lint --format ndjson --preview --fail-on never --jobs ${jobs} . ../first-deploy ../mended-shop`,
      )
    const alone = call(1)
    expect([alone.status, alone.stderr]).toEqual([0, ''])
    expect(alone.stdout.split('\n').length).toBeGreaterThan(8)
    expect(call(2).stdout).toBe(alone.stdout)
  })

  test('all that is told of a project with Elixir is what the library tells', async () => {
    const { stdout } = shell(resolve('samples/first-deploy'), '$GOTCHAS lint --format json --fail-on never')
    const opened = await openWorkspace(['.'], {
      cwd: resolve('samples/first-deploy'),
      env: {},
      stdin: Readable.from([]),
    })
    if (opened.kind === 'wrong') throw new Error(opened.message)
    const checked = await check(opened.value)
    if (checked.kind === 'wrong') throw new Error(checked.message)
    expect(stdout).toBe(reportJson(reportOf(checked.value.analysis)))
  })

  test('a picture, which another program draws', () => {
    const { stdout, status } = shell(resolve('samples/first-deploy'), '$GOTCHAS graph --format html')
    expect(status).toBe(0)
    expect(stdout).toContain('<svg')
  })

  test('no settings of the place where it is started change it', () => {
    const folder = folderOf({
      Dockerfile: 'FROM elixir:1.18\n',
      '.env': 'DOCKER_GOTCHAS_DEBUG=1\nFORCE_COLOR=1\n',
      'bunfig.toml': 'preload = ["./evil.js"]\n',
      'evil.js': "require('node:fs').writeFileSync('mark', '')\n",
      'package.json': '{ "type": "commonjs" }\n',
    })
    const { stdout } = shell(folder, '$GOTCHAS lint --fail-on never; ls')
    expect(stdout).not.toContain('\u001b[')
    expect(stdout).not.toContain('mark')
  })
})
