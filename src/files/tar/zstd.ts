import type { Transform } from 'node:stream'
import { Decompress } from 'fzstd'
import { Broken } from './broken.ts'
import { type ByteCursor, cursorOf } from './cursor.ts'
import { through } from './through.ts'
import { xxh64 } from './xxh64.ts'

const damaged = 'the compressed data is damaged'

/**
 * The bytes of zstd frames, each by itself, so that each is checked by the sum behind it (RFC 8878, section 3.1). `own` is
 * the decompressor of Node, where it has one, which looks at that sum; `fzstd` does not. Throws `Broken`.
 */
export async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  own: (() => Transform) | undefined,
): AsyncIterable<Uint8Array> {
  const cursor = cursorOf(chunks[Symbol.asyncIterator](), () => undefined)
  for (let magic = await cursor.upTo(4); magic.length > 0; magic = await cursor.upTo(4)) {
    const word = Buffer.from(magic)
    if (isPassedOver(word)) await passOver(cursor)
    else if (word.toString('hex') !== '28b52ffd') throw new Broken('there is something behind the compressed data')
    else yield* frame(cursor, magic, own)
  }
}

const isPassedOver = (magic: Buffer): boolean => magic.length === 4 && magic.readUInt32LE() >>> 4 === 0x184d2a5

async function passOver(cursor: ByteCursor): Promise<void> {
  const length = Buffer.from(await bytes(cursor, 4)).readUInt32LE()
  for (let left = length; left > 0; ) left -= (await bytes(cursor, Math.min(left, 1 << 16))).length
}

async function bytes(cursor: ByteCursor, length: number): Promise<Uint8Array> {
  const found = await cursor.upTo(length)
  if (found.length < length) throw new Broken('the compressed data ends too early')
  return found
}

/** As zstd itself does where it is not told otherwise. */
const largestWindow = 128 * 1024 * 1024

interface FrameHeader {
  readonly bytes: Uint8Array
  /** Undefined where it is not said. */
  readonly size: number | undefined
  readonly hasSum: boolean
}

async function headerOf(cursor: ByteCursor, magic: Uint8Array): Promise<FrameHeader> {
  const first = await bytes(cursor, 1)
  const flags = first[0] ?? 0
  const isSingle = (flags & 0x20) !== 0
  const window = isSingle ? new Uint8Array(0) : await bytes(cursor, 1)
  const dictionary = await bytes(cursor, [0, 1, 2, 4][flags & 3] ?? 0)
  const sizeLength = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0
  const sizeBytes = await bytes(cursor, sizeLength)
  const number = sizeBytes.reduceRight((value, byte) => value * 256 + byte, 0)
  const size = sizeLength === 0 ? undefined : number + (sizeLength === 2 ? 256 : 0)
  const exponent = (window[0] ?? 0) >> 3
  const windowSize = isSingle ? (size ?? 0) : 2 ** (10 + exponent) * (1 + ((window[0] ?? 0) & 7) / 8)
  if (dictionary.some((byte) => byte !== 0)) throw new Broken('the compressed data needs a dictionary')
  if (windowSize > largestWindow) throw new Broken('the compressed data needs more than 128 MB of memory')
  if ((flags & 8) !== 0) throw new Broken(damaged)
  return {
    bytes: Buffer.concat([magic, first, window, dictionary, sizeBytes]),
    size,
    hasSum: (flags & 4) !== 0,
  }
}

async function* frame(
  cursor: ByteCursor,
  magic: Uint8Array,
  own: (() => Transform) | undefined,
): AsyncIterable<Uint8Array> {
  const header = await headerOf(cursor, magic)
  const end = { sum: 0 }
  const packed = partsOf(cursor, header, end)
  const sum = own === undefined && header.hasSum ? xxh64() : undefined
  let length = 0
  for await (const part of own === undefined ? inScript(packed) : through(packed, own())) {
    length += part.length
    sum?.update(part)
    yield part
  }
  if (sum !== undefined && sum.low() !== end.sum) throw new Broken('the check sum of the compressed data is wrong')
  if (header.size !== undefined && header.size !== length) throw new Broken(damaged)
}

/** The bytes of a frame, a block at a time; `end` gets the sum behind it. */
async function* partsOf(cursor: ByteCursor, header: FrameHeader, end: { sum: number }): AsyncIterable<Uint8Array> {
  yield header.bytes
  for (let isLast = false; !isLast; ) {
    const head = await bytes(cursor, 3)
    const word = (head[0] ?? 0) | ((head[1] ?? 0) << 8) | ((head[2] ?? 0) << 16)
    isLast = (word & 1) === 1
    const type = (word >> 1) & 3
    if (type === 3) throw new Broken(damaged)
    yield Buffer.concat([head, await bytes(cursor, type === 1 ? 1 : word >> 3)])
  }
  if (!header.hasSum) return
  const sum = Buffer.from(await bytes(cursor, 4))
  end.sum = sum.readUInt32LE()
  yield sum
}

async function* inScript(parts: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const plain: Uint8Array[] = []
  const decompress = new Decompress((data) => plain.push(data))
  const push = (part: Uint8Array, last = false) => {
    try {
      decompress.push(part, last)
    } catch {
      throw new Broken(damaged)
    }
  }
  for await (const part of parts) {
    push(part)
    yield* plain.splice(0)
  }
  push(new Uint8Array(0), true)
  yield* plain.splice(0)
}
