import { Readable, type Transform } from 'node:stream'

/** Chunks as a stream of Node makes them of others. */
export async function* through(chunks: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
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
