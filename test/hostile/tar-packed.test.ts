import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Broken, budgetOf } from '../../src/files/tar/broken.ts'
import type { Form } from '../../src/files/tar/form.ts'
import { unpacked } from '../../src/files/tar/unpack.ts'
import { xxh64 } from '../../src/files/tar/xxh64.ts'

async function* piecesOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What is in compressed bytes, the same in pieces of any size; or why it is not read. */
async function read(form: Form, ...parts: readonly Uint8Array[]): Promise<string> {
  const said = new Set<string>()
  for (const size of [1, 7, 100_000]) {
    const text: Uint8Array[] = []
    try {
      for await (const part of unpacked(piecesOf(Buffer.concat(parts), size), form, budgetOf(1e9))) text.push(part)
      said.add(Buffer.concat(text).toString())
    } catch (error) {
      if (!(error instanceof Broken) && !(error instanceof Error && 'code' in error)) throw error
      said.add('refused')
    }
  }
  return [...said].join(' or ')
}

const hex = (digits: string) => Buffer.from(digits, 'hex')
const text = 'hello '.repeat(20)
/** What the program `zstd` makes of it, with a check sum and without. */
const frame = hex('28b52ffd04586d00003068656c6c6f2001002f6929027a3e7c28')
const unchecked = hex('28b52ffd00586d00003068656c6c6f2001002f692902')
const passedOver = hex('502a4d1803000000616263')
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

describe('zstd', () => {
  test('frames behind each other, with sums and without', async () => {
    expect(await read('zstd', frame)).toBe(text)
    expect(await read('zstd', unchecked)).toBe(text)
    expect(await read('zstd', frame, unchecked, passedOver, frame)).toBe(text.repeat(3))
  })

  test.each([
    ['a wrong sum', [flipped(frame, frame.length - 1)]],
    ['another text under a sum', [flipped(frame, 12)]],
    ['a wrong sum of the first of two', [flipped(frame, frame.length - 1), frame]],
    ['an end that is missing', [frame.subarray(0, -1)]],
    ['a sum that is missing', [frame.subarray(0, -4)]],
    ['something behind it', [frame, Buffer.from('tail')]],
    ['a byte behind it', [frame, Buffer.alloc(1)]],
    ['a frame to pass over that is cut off', [frame, passedOver.subarray(0, -1)]],
    ['a window of gigabytes', [hex('28b52ffd04f8'), frame.subarray(6)]],
    ['a dictionary', [hex('28b52ffd055807'), frame.subarray(6)]],
  ])('%s is refused', async (_, parts) => {
    expect(await read('zstd', ...parts)).toBe('refused')
  })
})

describe('gzip', () => {
  const gzip = gzipSync(text)
  test('members behind each other', async () => {
    expect(await read('gzip', gzip)).toBe(text)
    expect(await read('gzip', gzip, gzip)).toBe(text + text)
  })

  test.each([
    ['a wrong sum', [flipped(gzip, gzip.length - 8)]],
    ['a wrong length', [flipped(gzip, gzip.length - 4)]],
    ['a wrong sum of the first of two', [flipped(gzip, gzip.length - 8), gzip]],
    ['an end that is missing', [gzip.subarray(0, -1)]],
    ['NULs behind it', [gzip, Buffer.alloc(512)]],
    ['another behind a NUL', [gzip, Buffer.alloc(1), gzip]],
    ['something behind it', [gzip, Buffer.from('tail')]],
  ])('%s is refused', async (_, parts) => {
    expect(await read('gzip', ...parts)).toBe('refused')
  })
})

test.each([
  [0, 0x51d8e999],
  [3, 0x5a6209ab],
  [7, 0x6f3da63e],
  [31, 0xb1e722b7],
  [32, 0x31a8c629],
  [100, 0x8247d5db],
])('the XXH64 of %i bytes, as the library of its author has it', (length, low) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) & 255)
  for (const size of [1, 9, 32, 1000]) {
    const sum = xxh64()
    for (let at = 0; at < length; at += size) sum.update(bytes.subarray(at, at + size))
    expect(sum.low()).toBe(low)
  }
})
