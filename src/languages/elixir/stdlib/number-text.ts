import { badArgument } from '../values/types.ts'
import { float, integer, type Value } from '../values/value.ts'

const longest = 20_000

/** The integer that the whole of `text` writes, as `:erlang.binary_to_integer/2` reads it. */
export function parseIntegerText(text: string, base: number): Value {
  const found = integerPrefix(text, base)
  if (found?.rest !== '') return badArgument(1, 'not a textual representation of an integer')
  return integer(found.value)
}

/** The integer at the start of `text` and what follows. */
export function integerPrefix(
  text: string,
  base: number,
): { readonly value: bigint; readonly rest: string } | undefined {
  const sign = text[0] === '-' || text[0] === '+' ? 1 : 0
  let end = sign
  while (end < text.length && digitOf(text.charCodeAt(end)) < base) end++
  if (end === sign || end > longest) return undefined
  const magnitude = magnitudeOf(text.slice(sign, end), base)
  return { value: text[0] === '-' ? -magnitude : magnitude, rest: text.slice(end) }
}

function magnitudeOf(digits: string, base: number): bigint {
  if (base === 10) return BigInt(digits)
  let value = 0n
  for (const digit of digits) value = value * BigInt(base) + BigInt(digitOf(digit.charCodeAt(0)))
  return value
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 122 ? letter - 87 : 99
}

/** The float that the whole of `text` writes, as `:erlang.binary_to_float/1` reads it. */
export function parseFloatText(text: string): Value {
  const value = /^[+-]?\d{1,400}\.\d{1,400}(?:[eE][+-]?\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? float(value) : badArgument(1, 'not a textual representation of a float')
}

/** The number at the start of `text`, as `Float.parse/1` reads it, and what follows. */
export function floatPrefix(text: string): { readonly value: number; readonly rest: string } | undefined {
  const found = /^[+-]?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,9})?/.exec(text)?.[0]
  if (found === undefined) return undefined
  const value = Number(found)
  return Number.isFinite(value) ? { value, rest: text.slice(found.length) } : undefined
}
