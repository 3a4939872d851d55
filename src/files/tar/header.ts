import { Broken, damaged } from './broken.ts'

/** The header of an entry of a tar, as it is written. */
export interface Header {
  readonly name: string
  readonly linkName: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of what follows, in bytes. */
  readonly size: number
  /** The letter of its type: `0` for a file. */
  readonly type: string
  /** Of a sparse file of GNU tar: its size with its holes, and whether another block of their map follows. */
  readonly sparse: { readonly size: number; readonly mapFollows: boolean } | undefined
}

/** The bytes of a block of a tar. */
export const blockSize = 512

/** Whether a block is one of the two that end a tar. */
export const isEmpty = (block: Uint8Array): boolean => block[0] === 0 && block.every((byte) => byte === 0)

/** Reads a block (POSIX pax, "ustar Interchange Format"; GNU tar, "Basic Tar Format"). Throws `Broken`. */
export function headerOf(block: Uint8Array): Header {
  if (!hasSum(block)) throw new Broken(damaged)
  const isPosix = textAt(block, 257, 6) === 'ustar'
  const prefix = isPosix ? textAt(block, 345, 155) : ''
  const name = textAt(block, 0, 100)
  const type = String.fromCharCode(block[156] || 0x30)
  const size = numberAt(block, 124, 12)
  if (size < 0) throw new Broken(damaged)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: textAt(block, 157, 100),
    mode: numberAt(block, 100, 8) & 0o7777,
    uid: numberAt(block, 108, 8),
    gid: numberAt(block, 116, 8),
    size,
    type,
    sparse: type === 'S' ? { size: numberAt(block, 483, 12), mapFollows: block[482] !== 0 } : undefined,
  }
}

/** Whether the check sum of a block is right; some programs have counted bytes with a sign. */
export function hasSum(block: Uint8Array): boolean {
  let sum = 0
  let signed = 0
  for (let index = 0; index < blockSize; index++) {
    const byte = index >= 148 && index < 156 ? 0x20 : (block[index] ?? 0)
    sum += byte
    signed += byte < 0x80 ? byte : byte - 0x100
  }
  const written = numberAt(block, 148, 8)
  return block.length >= blockSize && (written === sum || written === signed)
}

/** The records of an extended header: a length, a blank, `key=value` and a line end. */
export function recordsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(textAt(bytes, at, 12), 10)
    if (!(length > 0) || at + length > bytes.length) break
    const text = Buffer.from(bytes.subarray(at, at + length)).toString()
    const equals = text.indexOf('=')
    if (equals > 0) records.set(text.slice(text.indexOf(' ') + 1, equals), text.slice(equals + 1, -1))
    at += length
  }
  return records
}

/** The text of a field, up to its first NUL. */
export function textAt(block: Uint8Array, start: number, length: number): string {
  const end = block.indexOf(0, start)
  const last = Math.min(end === -1 ? block.length : end, start + length)
  return last <= start ? '' : Buffer.from(block.buffer, block.byteOffset + start, last - start).toString()
}

/** A number in octal digits; of GNU tar also in binary, where the first bit is set. -1 for what is below 0. */
function numberAt(block: Uint8Array, start: number, length: number): number {
  const first = block[start] ?? 0
  if (first & 0x80) {
    if (first & 0x40) return -1
    let binary = first & 0x3f
    for (let index = start + 1; index < start + length; index++) binary = binary * 256 + (block[index] ?? 0)
    return binary
  }
  let value = 0
  for (let index = start; index < start + length; index++) {
    const byte = block[index] ?? 0
    if (byte >= 0x30 && byte <= 0x37) value = value * 8 + byte - 0x30
    else if (byte !== 0x20 || value > 0) break
  }
  return value
}
