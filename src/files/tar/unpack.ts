import { Readable, Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { Broken, type Budget, spend } from './broken.ts'
import { type Form, isTarForm, sniff } from './form.ts'

const mostRatio = 200
const freeOfRatio = 256 * 1024 * 1024

/**
 * The bytes of a tar without their compression, counted against the budget. Throws `Broken` where they are none, or where
 * `isElse` says of the first block of a plain one that others take it for something else.
 */
export async function tarBytes(
  stream: AsyncIterable<Uint8Array>,
  budget: Budget,
  isElse: (head: Uint8Array) => boolean = () => false,
): Promise<AsyncIterable<Uint8Array>> {
  const { form, head, chunks } = await sniff(stream)
  if (form === 'tar' && isElse(head)) throw new Broken('it may be a tar, and something else')
  if (isTarForm(form)) return unpacked(chunks, form, budget)
  if (form === 'empty') throw new Broken('it is empty')
  throw new Broken(
    form === 'xz' || form === 'bzip2' ? `it is compressed by ${form}, which is not read here` : 'it is no tar',
  )
}

/** The bytes without their compression, where they have one, counted against the budget. Throws `Broken`. */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  form: Form,
  budget: Budget,
): AsyncIterable<Uint8Array> {
  let packed = 0
  let plain = 0
  async function* counted() {
    for await (const chunk of chunks) {
      packed += chunk.length
      yield chunk
    }
  }
  const unpack = decompressors[form]
  for await (const chunk of unpack === undefined ? chunks : unpack(counted())) {
    plain += chunk.length
    spend(budget, chunk.length)
    if (unpack && plain > freeOfRatio && plain > packed * mostRatio)
      throw new Broken(`it unpacks to more than ${mostRatio} times its size`)
    yield chunk
  }
}

async function* through(chunks: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false })
  source.on('error', (error) => transform.destroy(error))
  source.pipe(transform)
  try {
    yield* transform
  } finally {
    source.destroy()
    transform.destroy()
  }
}

const gunzipped = (chunks: AsyncIterable<Uint8Array>) => through(chunks, zlib.createGunzip({ chunkSize: 256 * 1024 }))

/** Zstandard is in Node since 22.15, and is faster than `fzstd`, which does not look at check sums. */
function unzstd(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  const own: unknown = typeof create === 'function' ? create() : undefined
  return own instanceof Transform ? through(chunks, own) : unzstdInScript(chunks)
}

async function* unzstdInScript(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const plain: Uint8Array[] = []
  const decompress = new Decompress((data) => plain.push(data))
  const push = (chunk: Uint8Array, last = false) => {
    try {
      decompress.push(chunk, last)
    } catch {
      throw new Broken('the compressed data is damaged')
    }
  }
  for await (const chunk of chunks) {
    push(chunk)
    yield* plain.splice(0)
  }
  push(new Uint8Array(0), true)
  yield* plain.splice(0)
}

const decompressors: Readonly<Partial<Record<Form, (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>>>> =
  { gzip: gunzipped, zstd: unzstd }
