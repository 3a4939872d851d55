import { unknownValue, type Value } from '../elixir/values/value.ts'

const longest = 4096

/** The integer of digits, or of a base and digits (`16#ff`); undefined where the base has no such digit. A very long one is unknown. */
export function integerOf(digits: string): bigint | Value | undefined {
  if (digits.length > longest) return unknownValue('it is a very long integer', 'integer')
  const [first = '', rest] = digits.split('#')
  if (rest === undefined) return BigInt(first)
  const base = Number(first)
  if (base < 2 || base > 36) return undefined
  let value = 0n
  for (const digit of rest) {
    const worth = Number.parseInt(digit, 36)
    if (worth >= base) return undefined
    value = value * BigInt(base) + BigInt(worth)
  }
  return value
}
