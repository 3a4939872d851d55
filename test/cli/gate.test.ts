import { readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import '../../src/analyze.ts'
import { run } from '../../src/cli/run.ts'
import { tarOf } from '../files/image/saved.ts'
import { cli, folderOf, leaking, leaks, tight } from './cli.ts'
import { type Saved, tarOfShop } from './saved-shop.ts'

const tarWith = (files: Readonly<Record<string, string>>) => tarOf(Object.entries(files))

/** What a gate lets through, and how it ends. */
async function gate(stdin: Uint8Array, flags: readonly string[], cwd = folderOf({})) {
  const passed: Uint8Array[] = []
  const ran = await cli(cwd, ['gate', ...flags], {
    stdin,
    pass: async (bytes) => {
      passed.push(Uint8Array.from(bytes))
      return true
    },
  })
  const bytes = Buffer.concat(passed)
  return { ...ran, passed: bytes.length > 0 && bytes.equals(stdin) ? 'all' : bytes.length }
}

/** The checksum of a gzip is in the eight bytes at its end. */
function wrongChecksum(gzip: Uint8Array): Uint8Array {
  return gzip.map((byte, at) => (at === gzip.length - 8 ? byte ^ 1 : byte))
}

describe('a gate of build contexts', () => {
  test.each<[string, () => Promise<Uint8Array>]>([
    ['plain', () => tarWith(tight)],
    ['gzip', async () => gzipSync(await tarWith(tight))],
    ['with bytes behind its end', async () => Buffer.concat([await tarWith(tight), Buffer.from('more')])],
    ['of three megabytes', () => tarWith({ ...tight, big: 'abc'.repeat(1024 * 1024) })],
  ])('passes the very bytes of a good one on: %s', async (_, tar) => {
    const bytes = await tar()
    expect(await gate(bytes, leaks)).toEqual({ code: 0, stdout: '', stderr: '', passed: 'all' })
  })

  test('passes nothing of a bad one on, and says why', async () => {
    const { code, stdout, stderr, passed } = await gate(await tarWith(leaking), leaks)
    expect({ code, stdout, passed }).toEqual({ code: 1, stdout: '', passed: 0 })
    expect(stderr).toContain('error[secret-in-layer]')
    expect(stderr).toContain('nothing is passed on')
  })

  test('passes on what is not severe enough', async () => {
    const bytes = await tarWith(leaking)
    const { code, stderr, passed } = await gate(bytes, [...leaks, '--fail-on', 'never'])
    expect({ code, passed }).toEqual({ code: 0, passed: 'all' })
    expect(stderr).toContain('error[secret-in-layer]')
  })

  test('looks at the Dockerfile that is named, and needs one', async () => {
    const tar = await tarWith({ ...tight, 'docker/leaking': leaking.Dockerfile })
    expect(await gate(tar, [...leaks, '-f', 'docker/leaking'])).toMatchObject({ code: 1, passed: 0 })
    expect(await gate(tar, [...leaks, '-f', 'none'])).toMatchObject({ code: 2, passed: 0 })
    expect(await gate(await tarWith({ 'mix.exs': leaking['mix.exs'] }), leaks)).toMatchObject({ code: 2, passed: 0 })
  })

  test('writes the report to a file, in a format', async () => {
    const cwd = folderOf({})
    const { code, stderr } = await gate(
      await tarWith(leaking),
      [...leaks, '--format', 'json', '-o', 'report.json'],
      cwd,
    )
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^docker-gotchas: nothing is passed on.*\n$/),
    })
    expect(readdirSync(cwd)).toEqual(['report.json'])
  })
})

describe('a gate of images', () => {
  const gateImage = async (saved: Saved, ...flags: readonly string[]) =>
    gate(await tarOfShop(saved), ['--image', ...flags])

  test('passes a good one on, and nothing of a bad one', async () => {
    expect(await gateImage({})).toMatchObject({ code: 0, stdout: '', passed: 'all' })
    const bad = { cmd: ['/app/bin/shop', 'start'] }
    expect(await gateImage(bad)).toMatchObject({ code: 1, passed: 0, stderr: expect.stringContaining('server-off') })
    expect(await gateImage(bad, '--ignore', 'server-off')).toMatchObject({ code: 0, passed: 'all' })
    const lenient = folderOf({ '.docker-gotchas.yaml': 'rules:\n  server-off: info\n' })
    const tar = await tarOfShop(bad)
    expect(await gate(tar, ['--image'], lenient)).toMatchObject({ code: 0, passed: 'all' })
    expect(await gate(tar, ['--image', '--no-config'], lenient)).toMatchObject({ code: 1, passed: 0 })
  })
})

describe('a gate passes nothing on after an error', () => {
  test.each<[string, () => Promise<Uint8Array>, readonly string[], number]>([
    ['nothing at all', async () => Buffer.alloc(0), [], 3],
    ['no tar', async () => Buffer.from('hello'.repeat(500)), [], 3],
    ['a context that is cut off', async () => (await tarWith(tight)).subarray(0, 700), [], 3],
    ['a context without its end', async () => (await tarWith(tight)).subarray(0, 2048), [], 3],
    ['a context that leads out', () => tarWith({ ...tight, '../x': '' }), [], 3],
    ['a context that is too large', () => tarWith({ ...tight, x: 'x'.repeat(9000) }), ['--max-size', '5k'], 3],
    [
      'a damaged context',
      async () => Buffer.concat([(await tarWith(tight)).subarray(0, 512), Buffer.alloc(1024, 'x')]),
      [],
      3,
    ],
    ['a gzip that is cut off', async () => gzipSync(await tarWith(tight)).subarray(0, -30), [], 3],
    ['a gzip with a wrong checksum', async () => wrongChecksum(gzipSync(await tarWith(tight))), [], 3],
    ['a gzip of no tar', async () => gzipSync('hello'.repeat(500)), [], 3],
    ['a gzip of nothing', async () => gzipSync(''), [], 3],
    [
      'a gzip of too much',
      async () => gzipSync(await tarWith({ ...tight, x: 'x'.repeat(9000) })),
      ['--max-size', '5k'],
      3,
    ],
    ['an image in a gzip that is cut off', async () => gzipSync(await tarOfShop()).subarray(0, -30), ['--image'], 3],
    ['an image for a context', () => tarOfShop(), [], 2],
    ['a context for an image', () => tarWith(tight), ['--image'], 3],
    ['an image that is cut off', async () => (await tarOfShop()).subarray(0, 3000), ['--image'], 3],
    ['a rule that is none', () => tarWith(tight), ['--rule', 'no-such-rule'], 2],
    ['a folder that is none', () => tarWith(tight), ['--spool', 'none'], 2],
  ])('%s', async (_, tar, flags, expected) => {
    const { code, stdout, stderr, passed } = await gate(await tar(), flags)
    expect({ code, stdout, passed }).toEqual({ code: expected, stdout: '', passed: 0 })
    expect(stderr).toMatch(/^docker-gotchas: ./m)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  test('an input that fails while it is read', async () => {
    const tar = await tarWith(tight)
    const passed: number[] = []
    let stderr = ''
    const code = await run(['gate', ...leaks], {
      stdin: (async function* () {
        yield tar.subarray(0, 1024)
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
      })(),
      stdout: { write: () => undefined },
      stderr: { write: (text) => (stderr += text) },
      pass: async (bytes) => passed.push(bytes.length) > 0,
      cwd: '/',
      env: {},
    })
    expect({ code, passed }).toEqual({ code: 3, passed: [] })
    expect(stderr).toContain('nothing is passed on')
  })

  test('a terminal', async () => {
    const stdin = Object.assign((async function* () {})(), { isTTY: true })
    let stderr = ''
    const io = { stdin, stdout: { write: () => undefined }, stderr: { write: (text: string) => (stderr += text) } }
    const code = await run(['gate'], { ...io, pass: async () => true, cwd: '/', env: {} })
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('from the standard input') })
  })
})

describe('what a gate keeps meanwhile', () => {
  test('has no name that anyone could open, and is gone afterwards', async () => {
    const folder = folderOf({})
    const tar = await tarWith(tight)
    const seen: string[][] = []
    const code = await run(['gate', ...leaks, '--spool', folder], {
      stdin: (async function* () {
        yield tar.subarray(0, 1000)
        seen.push(readdirSync(folder))
        yield tar.subarray(1000)
      })(),
      stdout: { write: () => undefined },
      stderr: { write: () => undefined },
      pass: async () => {
        seen.push(readdirSync(folder))
        return true
      },
      cwd: folder,
      env: {},
    })
    expect({ code, seen, left: readdirSync(folder) }).toEqual({ code: 0, seen: [[], []], left: [] })
  })

  test('is passed on until nobody reads it any more, which is a failure', async () => {
    const tar = await tarWith({ ...tight, big: 'abc'.repeat(2 * 1024 * 1024) })
    let taken = 0
    const { code, stderr } = await cli(folderOf({}), ['gate', ...leaks], { stdin: tar, pass: async () => ++taken < 2 })
    expect({ code, taken }).toEqual({ code: 3, taken: 2 })
    expect(stderr).toContain('not all was passed on')
  })
})
