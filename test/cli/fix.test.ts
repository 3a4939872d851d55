import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import '../../src/analyze.ts'
import { cli, folderOf } from './cli.ts'

/** A script whose fix is safe: `System.get_env!` does not exist. */
const broken = 'import Config\n\nconfig :shop, key: System.get_env!("KEY")\n'
const mended = broken.replace('get_env!', 'fetch_env!')
const shop = {
  Dockerfile:
    'FROM elixir:1.18\nENV MIX_ENV=prod\nCOPY . .\nRUN mix release\nCMD ["_build/prod/rel/shop/bin/shop", "start"]\n',
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
  'config/config.exs': 'import Config\n',
  'config/runtime.exs': broken,
}
const only = ['--rule', 'no-such-function'] as const
const runtime = (folder: string) => readFileSync(join(folder, 'config/runtime.exs'), 'utf8')
const namesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

describe('fix', () => {
  test('writes the file as a whole, keeps its mode, and leaves nothing beside it', async () => {
    const folder = folderOf(shop)
    chmodSync(join(folder, 'config/runtime.exs'), 0o640)
    const before = namesIn(folder)
    const { code, stdout, stderr } = await cli(folder, ['fix', ...only])
    expect({ code, stderr, text: runtime(folder) }).toEqual({ code: 0, stderr: '', text: mended })
    expect(stdout).toContain('fixed config/runtime.exs:3:')
    expect(namesIn(folder)).toEqual(before)
    expect(statSync(join(folder, 'config/runtime.exs')).mode & 0o777).toBe(0o640)
  })

  test.each([['--dry-run'], ['--diff']])('with %s writes nothing', async (flag) => {
    const folder = folderOf(shop)
    const { stdout, stderr } = await cli(folder, ['fix', flag, ...only])
    expect(runtime(folder)).toBe(broken)
    expect(stdout + stderr).toMatch(/would fix/i)
  })

  test('with --severity error mends no more, and says of each that is left why', async () => {
    const folder = folderOf(shop)
    const { stdout } = await cli(folder, ['fix', '--unsafe', '--severity', 'error'])
    const lines = stdout.split('\n')
    expect(runtime(folder)).toContain('fetch_env!')
    expect(namesIn(folder)).toEqual(namesIn(folderOf(shop)))
    const left = lines.filter((line) => line.startsWith('left '))
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter((line) => !/ \[[\w-]+\]: \S.{8,}$/.test(line))).toEqual([])
  })

  test('prints a diff that git would apply', async () => {
    const { stdout } = await cli(folderOf(shop), ['fix', '--diff', ...only])
    expect(stdout).toBe(`diff --git a/config/runtime.exs b/config/runtime.exs
--- a/config/runtime.exs
+++ b/config/runtime.exs
@@ -1,3 +1,3 @@
 import Config
 
-config :shop, key: System.get_env!("KEY")
+config :shop, key: System.fetch_env!("KEY")
`)
  })

  test('prints the text of the standard input', async () => {
    const { stdout } = await cli(folderOf(shop), ['fix', '-', '--stdin-filename', 'config/runtime.exs', ...only], {
      stdin: broken,
    })
    expect(stdout).toBe(mended)
  })

  test('makes no unsafe fix unless it is asked to', async () => {
    const secret = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'
    const leaking = {
      ...shop,
      'config/runtime.exs': mended,
      Dockerfile: shop.Dockerfile.replace('CMD', `ENV SECRET_KEY_BASE=${secret}\nCMD`),
    }
    const folder = folderOf(leaking)
    const { code, stdout } = await cli(folder, ['fix', '--rule', 'secret-in-layer'])
    expect({ code, text: readFileSync(join(folder, 'Dockerfile'), 'utf8') }).toEqual({
      code: 1,
      text: leaking.Dockerfile,
    })
    expect(stdout).toContain('1 more with --unsafe')
    expect(stdout).not.toContain(secret)
    await cli(folder, ['fix', '--unsafe', '--rule', 'secret-in-layer'])
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).not.toContain(secret)
  })
})

describe('a file that fix refuses', () => {
  /** Runs fix; nothing may have been written, and the reason is said. */
  async function refused(folder: string, reason: RegExp, args: readonly string[] = []) {
    const before = namesIn(folder)
    const { code, stderr } = await cli(folder, ['fix', ...only, ...args])
    expect(stderr).toMatch(reason)
    expect(code).toBe(3)
    expect(namesIn(folder)).toEqual(before)
  }

  test('is read-only', async () => {
    const folder = folderOf(shop)
    chmodSync(join(folder, 'config/runtime.exs'), 0o444)
    await refused(folder, /`config\/runtime.exs` is not written: it is read-only/)
    expect(runtime(folder)).toBe(broken)
  })

  test('is a link that leads out of the project', async () => {
    const outside = folderOf({ 'runtime.exs': broken })
    const folder = folderOf({ ...shop, '.git/HEAD': '' })
    rmSync(join(folder, 'config/runtime.exs'))
    symlinkSync(join(outside, 'runtime.exs'), join(folder, 'config/runtime.exs'))
    const { code } = await cli(folder, ['fix', ...only])
    expect(code).not.toBe(2)
    expect(readFileSync(join(outside, 'runtime.exs'), 'utf8')).toBe(broken)
  })

  test('is not valid UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(broken), Buffer.from([0x23, 0xff, 0xfe, 0x0a])])
    const folder = folderOf({ ...shop, 'config/runtime.exs': bytes })
    const { code, stdout, stderr } = await cli(folder, ['fix', ...only])
    expect(readFileSync(join(folder, 'config/runtime.exs')).equals(bytes)).toBe(true)
    expect(stdout + stderr).toMatch(/UTF-8/)
    expect(code).not.toBe(0)
  })

  test('is outside of what was named', async () => {
    const folder = folderOf(shop)
    const { stdout } = await cli(folder, ['fix', 'Dockerfile', ...only])
    expect(runtime(folder)).toBe(broken)
    expect(stdout).toContain('which was not named')
  })
})

test('a call that is wrong', async () => {
  const folder = folderOf(shop)
  for (const args of [['--rule', 'none'], ['nowhere'], ['-', 'Dockerfile'], ['--fail-on', 'often']]) {
    const { code, stderr } = await cli(folder, ['fix', ...args])
    expect({ args, code, stderr }).toEqual({ args, code: 2, stderr: expect.stringMatching(/^docker-gotchas: ./) })
  }
  expect(runtime(folder)).toBe(broken)
})

test('a folder that cannot be written to', async () => {
  if (process.getuid?.() === 0) return
  const folder = folderOf(shop)
  mkdirSync(join(folder, 'config'), { recursive: true })
  chmodSync(join(folder, 'config'), 0o555)
  onTestFinished(() => chmodSync(join(folder, 'config'), 0o755))
  expect(await cli(folder, ['fix', ...only])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('is not written'),
  })
})
