/** Reads numbers and texts of a binary file; beyond its end everything is 0 or empty. */
export interface ElfBytes {
  readonly length: number
  readonly is64: boolean
  /** A number of one, two or four bytes. */
  readonly number: (offset: number, size: 1 | 2 | 4) => number
  /** An address or size: eight bytes of a 64-bit file, four of others. */
  readonly word: (offset: number) => number
  /** The text up to the next NUL. */
  readonly text: (offset: number) => string
}

const longestText = 4096

/** A view of `bytes`; numbers in it are `little`-endian or not. */
export function bytesIn(bytes: Uint8Array, little: boolean, is64: boolean): ElfBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const holds = (offset: number, size: number) => offset >= 0 && offset + size <= bytes.length
  const number = (offset: number, size: 1 | 2 | 4): number => {
    if (!holds(offset, size)) return 0
    if (size === 1) return view.getUint8(offset)
    return size === 2 ? view.getUint16(offset, little) : view.getUint32(offset, little)
  }
  return {
    length: bytes.length,
    is64,
    number,
    word: (offset) => {
      if (!is64) return number(offset, 4)
      return holds(offset, 8) ? Number(view.getBigUint64(offset, little)) : 0
    },
    text: (offset) => {
      if (!holds(offset, 1)) return ''
      const end = bytes.subarray(0, offset + longestText).indexOf(0, offset)
      return new TextDecoder('latin1').decode(bytes.subarray(offset, end < 0 ? offset + longestText : end))
    },
  }
}
