import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { folderOf } from './cli.ts'

const program = resolve('dist/cli.js')

/** Runs the built program through a pipe, as a shell does. */
function shell(cwd: string, command: string) {
  const env = { ...process.env, GOTCHAS: program, NODE: process.execPath }
  return spawnSync('bash', ['-c', `set -o pipefail; ${command}`], { cwd, env, encoding: 'utf8', maxBuffer: 1e8 })
}

const many = Object.fromEntries(
  Array.from({ length: 1500 }, (_, index) => [`scripts/${'long-name-'.repeat(8)}${index}.sh`, '#!/bin/sh\n']),
)

test('an output larger than a pipe arrives whole', () => {
  const { stdout, stderr } = shell(
    folderOf({ ...many, Dockerfile: 'FROM elixir:1.18\n' }),
    '"$NODE" "$GOTCHAS" lint --format json | cat',
  )
  expect(stderr).toBe('')
  expect(stdout.length).toBeGreaterThan(2 * 65_536)
  const { summary }: JsonReport = JSON.parse(stdout)
  expect(summary.files).toHaveLength(1501)
})

test('a reader that has seen enough is no failure', () => {
  const { stdout, stderr } = shell(
    folderOf({ ...many, Dockerfile: 'FROM elixir:1.18\n' }),
    '"$NODE" "$GOTCHAS" lint --format json --fail-on never | head -c 10; echo "${PIPESTATUS[0]}"',
  )
  expect(stderr).toBe('')
  expect(stdout).toBe('{\n  "versi0\n')
})

test('exit codes reach the shell', () => {
  const codeOf = (args: string) =>
    shell(folderOf({ Dockerfile: 'FROM elixir:1.18\n' }), `"$NODE" "$GOTCHAS" ${args}`).status
  expect(codeOf('--version')).toBe(0)
  expect(codeOf('lint --fail-on never')).toBe(0)
  expect(codeOf('lint nope')).toBe(2)
  expect(codeOf('nope')).toBe(2)
})

test('the standard input', () => {
  const { stdout } = shell(
    folderOf({}),
    'echo "FROM elixir:1.18" | "$NODE" "$GOTCHAS" lint - --format json --fail-on never',
  )
  const { summary }: JsonReport = JSON.parse(stdout)
  expect(summary.files).toEqual(['Dockerfile'])
})
