import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Broken, budgetOf } from '../../../src/files/tar/broken.ts'
import { tarEntries } from '../../../src/files/tar/entries.ts'
import { tarBytes } from '../../../src/files/tar/unpack.ts'
import { type TarEntry, tarOf } from '../image/saved.ts'

/** The bytes in pieces of an odd size, so that no header begins where a piece does. */
async function* piecesOf(bytes: Uint8Array, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Read {
  readonly name: string
  readonly kind: string
  readonly size: number
  readonly target: string
  readonly text: string
}

async function entriesOf(bytes: Uint8Array, { maxSize = 1e9, whole = true } = {}): Promise<readonly Read[]> {
  const budget = budgetOf(maxSize)
  const read: Read[] = []
  for await (const { name, kind, size, target, chunks } of tarEntries(
    await tarBytes(piecesOf(bytes), budget),
    budget,
    whole,
  )) {
    const parts: Uint8Array[] = []
    if (size < 1000) for await (const part of chunks) parts.push(part)
    read.push({ name, kind, size, target, text: Buffer.concat(parts).toString() })
  }
  return read
}

const reasonFor = async (bytes: Uint8Array, options = {}) =>
  entriesOf(bytes, options).then(
    () => 'read',
    (error: unknown) => (error instanceof Broken ? `${error.message} @ ${error.entry}` : error),
  )

/** What the real tar of this machine writes of a folder with all that a tar can hold. */
function realTar(...flags: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const deep = 'a folder with a long name/'.repeat(6)
  mkdirSync(join(folder, deep), { recursive: true })
  writeFileSync(join(folder, deep, 'file'), 'deep')
  writeFileSync(join(folder, 'müsli'), 'bowl')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'block'), 'x'.repeat(512))
  linkSync(join(folder, 'block'), join(folder, 'hard'))
  symlinkSync(`${'../'.repeat(40)}somewhere/else`, join(folder, 'soft'))
  writeFileSync(join(folder, 'sparse'), 'begin')
  truncateSync(join(folder, 'sparse'), 3_000_000)
  const { stdout, status, stderr } = spawnSync('tar', ['c', '--sort=name', ...flags, '-C', folder, '.'], {
    maxBuffer: 1 << 28,
  })
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('what GNU tar writes', () => {
  test.each([
    ['by itself', []],
    ['in its own format', ['--format=gnu']],
    ['in the format of POSIX', ['--format=posix']],
    ['in the format of POSIX, with holes', ['--format=posix', '-S']],
    ['in an old format, with holes', ['--format=posix', '--sparse-version=0.0', '-S']],
    ['in its own format, with holes', ['--format=gnu', '-S']],
    ['compressed', ['-z']],
  ])('%s', async (_, flags) => {
    const read = new Map((await entriesOf(realTar(...flags))).map((entry) => [entry.name.replace(/^\.\//, ''), entry]))
    expect(read.get(`${'a folder with a long name/'.repeat(6)}file`)).toMatchObject({ kind: 'file', text: 'deep' })
    expect(read.get('müsli')).toMatchObject({ kind: 'file', text: 'bowl' })
    expect(read.get('empty')).toMatchObject({ kind: 'file', size: 0, text: '' })
    expect(read.get('block')).toMatchObject({ kind: 'file', size: 512, text: 'x'.repeat(512) })
    expect(read.get('hard')).toMatchObject({ kind: 'hard link', target: './block', text: '' })
    expect(read.get('soft')).toMatchObject({ kind: 'link', target: `${'../'.repeat(40)}somewhere/else` })
    expect(read.get('sparse')).toMatchObject({ kind: 'file', size: 3_000_000 })
    expect(read.get('')).toMatchObject({ kind: 'folder' })
  })

  test('of 10 GB that are one hole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docker-gotchas-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'hole'), 'begin')
    truncateSync(join(folder, 'hole'), 10 * 1024 ** 3)
    for (const format of ['gnu', 'posix']) {
      const { stdout } = spawnSync('tar', ['c', `--format=${format}`, '-S', '-C', folder, 'hole'])
      expect(await entriesOf(stdout)).toMatchObject([{ name: 'hole', size: 10 * 1024 ** 3 }])
    }
  })
})

describe('a tar that is broken', () => {
  const entries: readonly (readonly [string, TarEntry])[] = [
    ['a', 'first'],
    ['b', 'x'.repeat(5000)],
    ['c', 'last'],
  ]

  test('is cut off: wherever that is, its entry is said', async () => {
    const tar = await tarOf(entries)
    expect(await entriesOf(tar)).toHaveLength(3)
    const places: [number, RegExp][] = [
      [100, /@ undefined$/],
      [600, /@ a$/],
      [1024, /no end/],
      [1700, /@ b$/],
      [tar.length - 1024, /no end/],
    ]
    for (const [length, reason] of places) expect(await reasonFor(tar.subarray(0, length))).toMatch(reason)
  })

  test('is compressed and cut off', async () => {
    const tar = gzipSync(
      await tarOf([...entries, ['noise', Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * at) % 251))]]),
    )
    for (const share of [0.2, 0.5, 0.9]) {
      expect(await reasonFor(tar.subarray(0, tar.length * share))).toMatch(/ends too early|cut off/)
    }
  })

  test('has a byte that is another', async () => {
    const tar = await tarOf(entries)
    for (const at of [0, 150, 200, 1024, 1030]) {
      const bytes = Uint8Array.from(tar)
      bytes[at] = (bytes[at] ?? 0) ^ 0x40
      expect(await reasonFor(bytes)).toMatch(/damaged|no tar/)
    }
    const zipped = Uint8Array.from(gzipSync(tar))
    zipped[20] = (zipped[20] ?? 0) ^ 0xff
    expect(await reasonFor(zipped)).toMatch(/damaged|early|no tar/)
  })

  test.each([
    ['nothing', '', /is empty/],
    ['a text', 'FROM elixir:1.18\n', /no tar/],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0]), /xz, which is not read/],
    ['bzip2', 'BZh91AY&SY', /bzip2, which is not read/],
  ])('is %s', async (_, bytes, reason) => {
    expect(await reasonFor(Buffer.from(bytes))).toMatch(reason)
  })

  test('is a bomb', async () => {
    const header = (await tarOf([['a', '']])).subarray(0, 512)
    const zeros = (megabytes: number) => gzipSync(Buffer.concat([header, Buffer.alloc(megabytes * 1024 * 1024)]))
    expect(await reasonFor(zeros(90))).toBe('read')
    expect(await reasonFor(zeros(300))).toMatch(/more than 200 times its size/)
    expect(await reasonFor(await tarOf(entries), { maxSize: 4000 })).toMatch(/larger than --max-size allows/)
  })

  test('has a name of gigabytes', async () => {
    const tar = Uint8Array.from(await tarOf([['a', '']]))
    tar.set(Buffer.from('77777777777\0'), 124)
    tar[156] = 'L'.charCodeAt(0)
    tar.set(Buffer.from(' '.repeat(8)), 148)
    const sum = tar.subarray(0, 512).reduce((all, byte) => all + byte, 0)
    tar.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
    expect(await reasonFor(tar)).toMatch(/damaged/)
  })
})
