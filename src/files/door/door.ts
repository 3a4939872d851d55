import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  opendirSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs'
import { largestText } from '../decode.ts'
import { codeOf } from '../reason.ts'
import { type Closed, type Found, type FoundFile, type FoundFolder, isOpen, whyClosed } from './found.ts'
import { closedBy, insideOf, joined, type Locate, locator, type Root } from './locate.ts'

/** What can be seen of files. Paths are absolute. */
export interface Sight {
  /** What stands there. */
  at(path: string): Found
  /** The bytes of a file: all of them, up to `limit`. */
  read(path: string, limit?: number): Bytes | Closed
  /** The first bytes of a file, `length` at most. */
  head(path: string, length: number): Bytes | Closed
}

/** The one way from a path to what is on the disk. */
export interface Door extends Sight {
  /** The bytes of a file of any size. Fails with an error whose message says why it cannot be read. */
  stream(path: string): AsyncIterable<Uint8Array>
  /** What stands under a name in a folder that was found before, where that is still there. */
  inside(folder: FoundFolder, name: string): Found
  /** The bytes of a file that was found before, where it is still there. */
  readFound(found: FoundFile): Bytes | Closed
  /** The names in a folder, `most` at most, in no order. */
  names(path: string, most: number): Names | Closed
  /** The same of what was found before. */
  namesIn(found: Found, most: number): Names | Closed
}

export interface Bytes {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
}

export interface Names {
  readonly kind: 'names'
  readonly names: readonly string[]
}

/** A door to what lies in `roots`. What is no plain file or folder is not opened, and links are followed inside only. */
export function doorTo(roots: readonly Root[]): Door {
  const at = locator(roots)
  return {
    at,
    read(path, limit = largestText) {
      const found = fileAt(at, path)
      return found.kind === 'file' ? readWhole(found, limit) : found
    },
    inside: ({ real }, name) => insideOf(real, name) ?? at(joined(real, name)),
    readFound: (found) => readWhole(found, largestText),
    head(path, length) {
      const found = fileAt(at, path)
      return found.kind === 'file' ? readUpTo(found, length) : found
    },
    async *stream(path) {
      const found = fileAt(at, path)
      const file = found.kind === 'file' ? opened(found) : found
      if (typeof file !== 'number') throw new Error(whyClosed(file))
      yield* createReadStream(found.kind === 'file' ? found.real : path, { fd: file, highWaterMark: 1 << 20 })
    },
    names: (path, most) => namesOf(at(path), most),
    namesIn: namesOf,
  }
}

function namesOf(found: Found, most: number): Names | Closed {
  if (found.kind === 'folder') return namesIn(found, most)
  return isOpen(found) ? { kind: 'missing', byLink: false } : found
}

function fileAt(at: Locate, path: string): FoundFile | Closed {
  const found = at(path)
  return found.kind === 'folder' ? { kind: 'unreadable', why: 'it is a folder' } : found
}

const changed: Closed = { kind: 'unreadable', why: 'it has changed while it was read' }

/** Opens a file without waiting, without a link in its place, and only where it is still the one that was found. */
function opened({ real, identity }: FoundFile): number | Closed {
  try {
    const file = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY)
    const now = fstatSync(file)
    if (now.isFile() && now.dev === identity.dev && now.ino === identity.ino) return file
    closeSync(file)
    return changed
  } catch (error) {
    return codeOf(error) === 'ELOOP' ? changed : closedBy(error)
  }
}

const chunkSize = 64 * 1024

function readWhole(found: FoundFile, limit: number): Bytes | Closed {
  if (found.size > limit) return { kind: 'large', size: found.size, limit }
  const read = readUpTo(found, limit + 1)
  return read.kind === 'bytes' && read.bytes.length > limit ? { kind: 'large', size: read.bytes.length, limit } : read
}

function readUpTo(found: FoundFile, most: number): Bytes | Closed {
  const file = opened(found)
  if (typeof file !== 'number') return file
  try {
    const chunks: Uint8Array[] = []
    for (let read = 0; read < most; ) {
      const chunk = Buffer.allocUnsafe(Math.min(most - read, Math.max(found.size + 1, 512), chunkSize))
      const length = readSync(file, chunk, 0, chunk.length, null)
      read += length
      if (length > 0) chunks.push(chunk.subarray(0, length))
      if (length === 0 || (length < chunk.length && read >= found.size)) break
    }
    const [only, ...more] = chunks
    return { kind: 'bytes', bytes: only !== undefined && more.length === 0 ? only : Buffer.concat(chunks) }
  } catch (error) {
    return closedBy(error)
  } finally {
    closeSync(file)
  }
}

/** What a folder takes on its disk, in bytes, that holds so few names that they can be read at once, which is quicker. */
const smallFolder = 64 * 1024

function namesIn({ real, size }: FoundFolder, most: number): Names | Closed {
  try {
    if (size <= smallFolder) return { kind: 'names', names: readdirSync(real).slice(0, most) }
    const folder = opendirSync(real, { bufferSize: 512 })
    try {
      const names: string[] = []
      while (names.length < most) {
        const entry = folder.readSync()
        if (entry === null) break
        names.push(entry.name)
      }
      return { kind: 'names', names }
    } finally {
      folder.closeSync()
    }
  } catch (error) {
    return closedBy(error)
  }
}
