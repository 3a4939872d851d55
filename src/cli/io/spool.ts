import { randomUUID } from 'node:crypto'
import { close, openSync, read, unlinkSync, write } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A stream that is kept in a file until it is known whether it may pass. */
export interface Spool {
  /** The bytes of a stream, each written down before it is handed on. */
  keep(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Whether the stream was kept to its end. */
  isWhole(): boolean
  /** Hands all bytes to `take`, in their order, until it gives false; gives whether it took them all. */
  pass(take: (bytes: Uint8Array, isLast: boolean) => Promise<boolean>): Promise<boolean>
  close(): Promise<void>
}

const [readAt, writeAt, closeFile] = [promisify(read), promisify(write), promisify(close)]
const chunkSize = 1024 * 1024
const forOwner = 0o600

/**
 * A spool in a new file of a folder that nobody else may read. The file loses its name at once, so that it is gone
 * with the process however that ends; where an open file keeps its name (Windows), `close` removes it. Fails as `open` does.
 */
export function openSpool(folder: string): Spool {
  const path = join(folder, `docker-gotchas-${randomUUID()}`)
  const file = openSync(path, 'wx+', forOwner)
  const isNameless = unlinked(path)
  let size = 0
  let whole = false
  return {
    async *keep(stream) {
      for await (const chunk of stream) {
        for (let done = 0; done < chunk.length; ) {
          done += (await writeAt(file, chunk, done, chunk.length - done, size + done)).bytesWritten
        }
        size += chunk.length
        yield chunk
      }
      whole = true
    },
    isWhole: () => whole,
    async pass(take) {
      for (let at = 0; at < size; ) {
        const { bytesRead, buffer } = await readAt(file, Buffer.alloc(chunkSize), 0, chunkSize, at)
        if (bytesRead === 0) throw new Error('the kept tar is shorter than what was kept')
        at += bytesRead
        if (!(await take(buffer.subarray(0, bytesRead), at === size))) return false
      }
      return true
    },
    async close() {
      await closeFile(file)
      if (!isNameless) await unlink(path).catch(() => undefined)
    },
  }
}

function unlinked(path: string): boolean {
  try {
    unlinkSync(path)
    return true
  } catch {
    return false
  }
}
