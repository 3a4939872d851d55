import { largestText } from '../files/decode.ts'

/** A stream as bytes. */
export async function* bytesOf(stream: AsyncIterable<Uint8Array | string>): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
}

/** The bytes of a stream that is a text; of one that is longer than any text may be, so many that it shows. */
export async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytesOf(stream)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > largestText) break
  }
  return Buffer.concat(chunks)
}
