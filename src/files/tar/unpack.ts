import { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Broken, type Budget, spend } from './broken.ts'
import { type Form, isTarForm, sniff } from './form.ts'
import { through } from './through.ts'
import { unzstd } from './zstd.ts'

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

/** Members of gzip behind each other are one stream, as for Go; what else stands there is not passed over. */
async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let packed = 0
  async function* counted() {
    for await (const chunk of chunks) {
      packed += chunk.length
      yield chunk
    }
  }
  const rest = counted()
  const gunzip = zlib.createGunzip({ chunkSize: 256 * 1024 })
  yield* through(rest, gunzip)
  for await (const _ of rest);
  if (gunzip.bytesWritten !== packed) throw new Broken('there is something behind the compressed data')
}

/** Zstandard is in Node since 22.15, and is faster than `fzstd`. */
function ownZstd(): (() => Transform) | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  if (typeof create !== 'function') return undefined
  return () => {
    const own: unknown = create()
    if (own instanceof Transform) return own
    throw new Broken('zstd cannot be read here')
  }
}

const decompressors: Readonly<Partial<Record<Form, (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>>>> =
  { gzip: gunzipped, zstd: (chunks) => unzstd(chunks, ownZstd()) }
