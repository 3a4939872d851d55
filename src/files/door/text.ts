import type { Problem } from '../../text/diagnostic.ts'
import { type Decoded, decodeText, fileProblem, largestText, tooLarge } from '../decode.ts'
import type { Sight } from './door.ts'
import { type Closed, whyClosed } from './found.ts'

/** The text of the file at an absolute path; `shown` is its path in the source or the problem, `limit` the most bytes. */
export function readText(door: Sight, path: string, shown: string, limit = largestText): Decoded {
  const read = door.read(path, limit)
  return read.kind === 'bytes' ? decodeText(shown, read.bytes, limit) : { problem: problemOf(read, shown) }
}

/** Why the bytes of a file are not there, as a problem of the file. */
function problemOf(closed: Closed, shown: string): Problem {
  const large = closed.kind === 'large' ? tooLarge(shown, closed.size, closed.limit) : undefined
  return large ?? fileProblem(shown, `the file cannot be read: ${whyClosed(closed)}`)
}
