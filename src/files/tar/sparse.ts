import { Broken, odd } from './broken.ts'
import type { ByteCursor } from './cursor.ts'
import { blockSize, type Header } from './header.ts'
import { isFilled, numberIn } from './number.ts'
import type { Records } from './records.ts'

/** A part of a file that is in the tar; what lies between them are holes. */
export interface Fragment {
  readonly offset: number
  readonly length: number
}

/** A file with holes. */
export interface Sparse {
  /** With the holes. */
  readonly size: number
  readonly fragments: readonly Fragment[]
}

/** As large as Go's archive/tar reads a map. */
const largestMap = 1024 * 1024

/** The holes of a file as GNU tar wrote them before POSIX: in its header, and in blocks that follow it. Throws `Broken`. */
export async function oldSparse({ block, at, size: stored }: Header, cursor: ByteCursor): Promise<Sparse> {
  const size = numberIn(block, 483, 12)
  const numbers: number[] = []
  let isMore = take(block, 386, 4, numbers, at)
  for (let read = 0; isMore; read += blockSize) {
    const more = await cursor.read(blockSize)
    if (more === undefined || read > largestMap) throw odd('the map of its holes has no end', at)
    if (more.subarray(505).some((byte) => byte !== 0)) throw odd('the map of its holes is damaged', at)
    isMore = take(more, 0, 21, numbers, at)
  }
  return checked(size, numbers, stored, at)
}

/** Takes the pairs of a block, and gives whether another block follows. */
function take(block: Uint8Array, start: number, most: number, numbers: number[], at: number): boolean {
  let hasEnded = false
  for (let place = start; place < start + most * 24; place += 24) {
    const isThere = isFilled(block, place, 24)
    if (isThere && (hasEnded || !isFilled(block, place, 12) || !isFilled(block, place + 12, 12)))
      throw odd('the map of its holes is damaged', at)
    hasEnded ||= !isThere
    if (isThere) numbers.push(numberIn(block, place, 12) ?? -1, numberIn(block, place + 12, 12) ?? -1)
  }
  const isMore = block[start + most * 24] ?? 0
  if (isMore > 1 || (isMore === 1 && hasEnded)) throw odd('the map of its holes is damaged', at)
  return isMore === 1
}

/** What the extended header of a file says of its holes (GNU tar, "Storing Sparse Files"). */
export type SparseKind = '0.0' | '0.1' | '1.0'

const wordsOf: Readonly<Record<SparseKind, readonly string[]>> = {
  '0.0': ['size', 'numblocks'],
  '0.1': ['size', 'numblocks', 'map', 'name'],
  '1.0': ['major', 'minor', 'realsize', 'name'],
}

/** Which format of holes the records of a file are of; undefined where they say nothing of holes. Throws `Broken`. */
export function sparseKindOf({ values, map }: Records, at: number): SparseKind | undefined {
  const words = [...values.keys()].filter((key) => key.startsWith('GNU.sparse.')).map((key) => key.slice(11))
  if (words.length === 0 && map.length === 0) return undefined
  const kind = map.length > 0 ? '0.0' : words.includes('map') ? '0.1' : '1.0'
  const isRight = words.length === wordsOf[kind].length && wordsOf[kind].every((word) => words.includes(word))
  const isKnown = kind !== '1.0' || (values.get('GNU.sparse.major') === '1' && values.get('GNU.sparse.minor') === '0')
  if (!isRight || !isKnown) throw odd('what it says of holes is of no known form', at)
  return kind
}

/** The holes that the extended header of a file tells of; `stored` is what follows the header. Throws `Broken`. */
export async function sparseOf(
  kind: SparseKind,
  { values, map }: Records,
  stored: number,
  at: number,
  cursor: ByteCursor,
) {
  const size = decimal(values.get('GNU.sparse.size') ?? values.get('GNU.sparse.realsize'))
  if (kind === '1.0') {
    const { numbers, length } = await mapInBody(cursor, stored, at)
    return { ...checked(size, numbers, stored - length, at), mapLength: length }
  }
  const numbers = (kind === '0.0' ? map : (values.get('GNU.sparse.map') ?? '').split(',')).map(decimal)
  if (decimal(values.get('GNU.sparse.numblocks')) * 2 !== numbers.length)
    throw odd('it has more or fewer holes than it says', at)
  return { ...checked(size, numbers, stored, at), mapLength: 0 }
}

const decimal = (text: string | undefined): number => (/^(0|[1-9]\d{0,14})$/.test(text ?? '') ? Number(text) : -1)

/** The map at the start of a body: a count and as many pairs, a number a line, in whole blocks. */
async function mapInBody(cursor: ByteCursor, stored: number, at: number) {
  const numbers: number[] = []
  let count: number | undefined
  let rest = ''
  let length = 0
  while (count === undefined || numbers.length < count * 2) {
    length += blockSize
    if (length > Math.min(stored, largestMap)) throw odd('the map of its holes is longer than it', at)
    const lines = (rest + Buffer.from((await cursor.read(blockSize)) ?? []).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    if (count === undefined && lines.length > 0) {
      count = decimal(lines.shift())
      if (count < 0) throw odd('the map of its holes is damaged', at)
    }
    numbers.push(...lines.slice(0, (count ?? 0) * 2 - numbers.length).map(decimal))
  }
  return { numbers, length }
}

function checked(size: number | undefined, numbers: readonly number[], stored: number, at: number): Sparse {
  const fragments: Fragment[] = []
  let end = 0
  let total = 0
  for (let index = 0; index < numbers.length; index += 2) {
    const [offset = -1, length = -1] = numbers.slice(index, index + 2)
    if (offset < end || length < 0) throw odd('the map of its holes is in disorder', at)
    end = offset + length
    total += length
    fragments.push({ offset, length })
  }
  if (size === undefined || size < 0 || end > size || total !== stored)
    throw odd('the map of its holes does not fit what is in it', at)
  return { size, fragments }
}

const zeros = new Uint8Array(64 * 1024)

/** The bytes of a file with its holes; `read` gives some of the next bytes that are stored. */
export async function* filled(
  { size, fragments }: Sparse,
  read: (most: number) => Promise<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let at = 0
  for (const { offset, length } of [...fragments, { offset: size, length: 0 }]) {
    for (; at < offset; at += Math.min(offset - at, zeros.length)) yield zeros.subarray(0, offset - at)
    for (const end = offset + length; at < end; ) {
      const part = await read(end - at)
      if (part.length === 0) throw new Broken('the tar ends in the middle of an entry')
      at += part.length
      yield part
    }
  }
}
