import { asBroken, Broken } from './broken.ts'

/** A place in a stream of bytes that moves on. */
export interface ByteCursor {
  /** `length` bytes in one piece; undefined where the stream ends before the first of them. Throws `Broken`. */
  read(length: number): Promise<Uint8Array | undefined>
  /** Some of the next bytes, at most `length`. Throws `Broken` where there are none. */
  some(length: number): Promise<Uint8Array>
  /** Passes over bytes. Throws `Broken` where the stream ends before. */
  skip(length: number): Promise<void>
  /** The next `length` bytes, fewer where the stream ends before, none at its end. */
  upTo(length: number): Promise<Uint8Array>
  /** How many bytes it has passed. */
  offset(): number
}

/** A cursor at the start of a stream; `where` gives the entry that an error is about. */
export function cursorOf(bytes: AsyncIterator<Uint8Array>, where: () => string | undefined): ByteCursor {
  let chunk: Uint8Array = new Uint8Array(0)
  let at = 0
  let before = 0

  async function next(): Promise<boolean> {
    try {
      const found = await bytes.next()
      if (found.done) return false
      before += chunk.length
      chunk = found.value
      at = 0
      return true
    } catch (error) {
      throw asBroken(error, where())
    }
  }

  async function filled(): Promise<void> {
    while (at === chunk.length) {
      if (!(await next())) throw new Broken('the tar ends in the middle of an entry', where())
    }
  }

  async function read(length: number): Promise<Uint8Array | undefined> {
    while (at === chunk.length) if (!(await next())) return undefined
    if (chunk.length - at >= length) {
      at += length
      return chunk.subarray(at - length, at)
    }
    const whole = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      const part = await some(length - done)
      whole.set(part, done)
      done += part.length
    }
    return whole
  }

  async function some(length: number): Promise<Uint8Array> {
    await filled()
    const start = at
    at = Math.min(chunk.length, at + length)
    return chunk.subarray(start, at)
  }

  async function skip(length: number): Promise<void> {
    let left = length
    while (left > chunk.length - at) {
      left -= chunk.length - at
      at = chunk.length
      await filled()
    }
    at += left
  }

  async function upTo(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let left = length; left > 0; ) {
      while (at === chunk.length) if (!(await next())) return Buffer.concat(parts)
      const part = await some(left)
      parts.push(part)
      left -= part.length
    }
    return parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : Buffer.concat(parts)
  }

  return { read, some, skip, upTo, offset: () => before + at }
}
