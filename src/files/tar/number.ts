const binaryPositive = 0x80
const binaryNegative = 0xff

/**
 * The number in a field of a header: octal digits with blanks before and blanks or NULs behind them, or binary as GNU
 * tar writes it. An empty field is 0; undefined where programs differ in what it is, or it is no safe integer.
 */
export function numberIn(block: Uint8Array, start: number, length: number): number | undefined {
  const field = block.subarray(start, start + length)
  const first = field[0] ?? 0
  return (first & 0x80) === 0 ? octalIn(field) : binaryIn(field, first)
}

const [blank, zero, seven] = [0x20, 0x30, 0x37]
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= seven

function octalIn(field: Uint8Array): number | undefined {
  let at = 0
  while (field[at] === blank) at += 1
  let value = 0
  for (; isDigit(field[at]); at++) value = value * 8 + (field[at] ?? zero) - zero
  const isRestEmpty = field.subarray(at).every((byte) => byte === 0 || byte === blank)
  return isRestEmpty && Number.isSafeInteger(value) ? value : undefined
}

/** Big-endian; negative ones in two's complement. Only 80 and FF are first bytes that all programs know. */
function binaryIn(field: Uint8Array, first: number): number | undefined {
  if (first !== binaryPositive && first !== binaryNegative) return undefined
  const inverted = first === binaryNegative ? 0xff : 0
  let value = 0
  for (const byte of field.subarray(1)) value = value * 256 + (byte ^ inverted)
  if (!Number.isSafeInteger(value)) return undefined
  return inverted === 0 ? value : -value - 1
}

/** Whether a field holds a digit at all. */
export const isFilled = (block: Uint8Array, start: number, length: number): boolean =>
  block.subarray(start, start + length).some((byte) => byte !== 0 && byte !== blank)
