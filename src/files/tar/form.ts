import { blockSize, hasSum, isEmpty } from './header.ts'

/** What bytes are, by how they begin. */
export type Form = 'empty' | 'json' | 'gzip' | 'zstd' | 'bzip2' | 'xz' | 'tar' | 'other'

/** Whether bytes are a tar, or compressed as one may be. */
export const isTarForm = (form: Form): boolean => form === 'tar' || form === 'gzip' || form === 'zstd'

/** What the first 512 bytes are, or all where there are fewer. */
export function formOf(head: Uint8Array): Form {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte)
  if (head.length === 0) return 'empty'
  // A frame of zstd that is passed over: Docker takes it for zstd, whatever follows.
  if (((head[0] ?? 0) & 0xf0) === 0x50 && starts(head[0] ?? 0, 0x2a, 0x4d, 0x18)) return 'other'
  if (starts(0x1f, 0x8b, 8)) return 'gzip'
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd'
  if (starts(0x42, 0x5a, 0x68)) return 'bzip2'
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return 'xz'
  if (head.length >= blockSize && (isEmpty(head.subarray(0, blockSize)) || hasSum(head))) return 'tar'
  return /^\s*[{[]/.test(new TextDecoder('latin1').decode(head.subarray(0, 16))) ? 'json' : 'other'
}

/** Bytes of which the first ones were looked at; `chunks` gives all of them. */
export interface Sniffed {
  readonly form: Form
  /** At least 512 bytes, or all where there are fewer. */
  readonly head: Uint8Array
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Looks at the first bytes of a stream. */
export async function sniff(stream: AsyncIterable<Uint8Array>): Promise<Sniffed> {
  const iterator = stream[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  for (let length = 0; length < blockSize; ) {
    const next = await iterator.next()
    if (next.done) break
    first.push(next.value)
    length += next.value.length
  }
  const head = Buffer.concat(first)
  return { form: formOf(head), head, chunks: joined(first, iterator) }
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
