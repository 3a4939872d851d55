import type { Problem } from '../text/diagnostic.ts'
import { once } from '../text/once.ts'
import type { Source } from '../text/source.ts'

/** A file as text, or why it is none. */
export type Decoded =
  | { readonly source: Source; readonly problem?: never }
  | { readonly problem: Problem; readonly source?: never }

/** The largest file that is read as text, in bytes. */
export const largestText = 5_000_000

/**
 * The text of a file in UTF-8. A byte order mark stays its first character, so that offsets are those of an editor.
 * What is too large, holds a NUL or is not UTF-8 is a problem.
 */
export function decodeText(path: string, bytes: Uint8Array, limit = largestText): Decoded {
  const large = tooLarge(path, bytes.length, limit)
  if (large) return { problem: large }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: fileProblem(path, 'the file is UTF-16, and only UTF-8 is read') }
  }
  const zero = bytes.indexOf(0)
  if (zero !== -1) return { problem: fileProblem(path, `the file is not text: byte ${zero + 1} is NUL`) }
  try {
    return { source: sourceOf(path, decoder().decode(bytes)) }
  } catch {
    const message = `the file is not UTF-8 text: byte ${firstBadByte(bytes) + 1} does not fit`
    return { problem: fileProblem(path, message) }
  }
}

const decoder = once(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }))

/** The sources that were read last, by path, and how much text they are. */
const latest = new Map<string, readonly Source[]>()
let kept = 0
const mostKept = 1_000_000
const mostOfPath = 8

/** The source of a text: the same one for projects of which a file is the same, so that it is parsed once. */
function sourceOf(path: string, text: string): Source {
  const known = latest.get(path)?.find((source) => source.text === text)
  if (known) return known
  const source = { path, text }
  if (kept + text.length > mostKept) {
    latest.clear()
    kept = 0
  }
  kept += text.length
  const before = latest.get(path)
  latest.set(path, before ? [source, ...before.slice(0, mostOfPath - 1)] : [source])
  return source
}

/** The problem of a file that is larger than `limit` bytes. */
export function tooLarge(path: string, size: number, limit = largestText): Problem | undefined {
  if (size <= limit) return undefined
  return fileProblem(path, `the file is too large to be read: ${size} bytes, and the limit is ${limit}`)
}

/** What is known of a file that could not be read as text: that it is there, and why nothing is known of what it holds. */
export const unreadSource = ({ span: { source }, message }: Problem): Source => ({ ...source, rest: message })

/** A problem of a file as a whole, of which no text is known. */
export const fileProblem = (path: string, message: string): Problem => ({
  span: { source: { path, text: '' }, start: 0, end: 0 },
  message,
})

/** The index at which UTF-8 breaks off (RFC 3629, section 4); the length where it does not. */
function firstBadByte(bytes: Uint8Array): number {
  let index = 0
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index)
    if (length === 0) return index
    index += length
  }
  return index
}

function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  const second = bytes[index + 1] ?? 0
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || second < low || second > high) return 0
  for (let next = 2; next < length; next++) if (((bytes[index + next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}
