const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * A name from its bytes. A part of a path that is not UTF-8 keeps its bytes apart: each above 7F becomes a lone surrogate
 * (as Python's `surrogateescape`), so that two names that differ stay two.
 */
export function nameOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1').split('/').map(partOf).join('/')
  }
}

function partOf(latin1: string): string {
  try {
    return strict.decode(Buffer.from(latin1, 'latin1'))
  } catch {
    return latin1.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) + 0xdc00))
  }
}

/** The name in a field, up to its first NUL; undefined where something stands behind that. */
export function nameIn(block: Uint8Array, start: number, length: number): string | undefined {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  if (end === -1) return nameOf(field)
  return field.subarray(end).every((byte) => byte === 0) ? nameOf(field.subarray(0, end)) : undefined
}
