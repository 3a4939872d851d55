import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, leaks, tight } from '../cli/cli.ts'
import { tarOf } from '../files/image/saved.ts'

const program = resolve('dist/cli.js')

/** How the built program ends, by a shell that says so on the standard error. */
async function gate(rest: string, more: Readonly<Record<string, string>> = {}) {
  const cwd = folderOf({ 'context.tar': await tarOf(Object.entries({ ...tight, ...more })) })
  const command = `"$NODE" "$GOTCHAS" gate ${leaks.join(' ')} < context.tar ${rest}`
  const env = { ...process.env, GOTCHAS: program, NODE: process.execPath }
  const { stderr } = spawnSync('bash', ['-c', `${command}; echo "code \${PIPESTATUS[0]}" >&2`], {
    cwd,
    env,
    encoding: 'utf8',
  })
  return { code: Number(/code (\d+)\n$/.exec(stderr)?.[1]), stderr }
}

describe('what was not passed on is not clean', () => {
  const large = { large: 'x'.repeat(300_000) }
  test.each([
    ['a closed output', '>&-'],
    ['a full disk', '>/dev/full'],
    ['an output that is for reading', '1</dev/null'],
    ['a reader that takes one byte', '| head -c 1 >/dev/null'],
    ['a reader that takes nothing', '| true'],
  ])('%s', async (_, rest) => {
    for (const more of [{}, large]) {
      const { code, stderr } = await gate(rest, more)
      expect(code).toBe(3)
      expect(stderr).toMatch(/^docker-gotchas: [^\n]*\ncode 3\n$/)
    }
  })

  test.each([
    ['a file', '> out.tar && cmp context.tar out.tar'],
    ['a pipe', '| cmp - context.tar'],
    ['nowhere', '> /dev/null'],
    ['a file, with the standard error closed', '2>&- > out.tar'],
  ])('what was passed to %s is', async (_, rest) => {
    for (const more of [{}, large]) expect(await gate(rest, more)).toEqual({ code: 0, stderr: 'code 0\n' })
  })
})
