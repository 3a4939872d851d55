import { isTooLong, longestInteger } from './size.ts'
import { raise } from './types.ts'
import { boundValue, float, integer, type Value } from './value.ts'

const exact: Readonly<Record<string, (one: bigint, other: bigint) => bigint>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
}
const inexact: Readonly<Record<string, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '**': (one, other) => one ** other,
}
const bitwise: Readonly<Record<string, (one: bigint, other: bigint) => bigint | undefined>> = {
  '&&&': (one, other) => one & other,
  '|||': (one, other) => one | other,
  '<<<': shifted,
  '>>>': (one, other) => shifted(one, -other),
}

/** `one` shifted to the left, to the right where `by` is negative; undefined where that is too long to follow. */
function shifted(one: bigint, by: bigint): bigint | undefined {
  if (one === 0n) return 0n
  if (by > longestInteger) return undefined
  return by < -longestInteger ? (one < 0n ? -1n : 0n) : one << by
}

/** An integer to the power of another, which is not negative; undefined where that is too long to follow. */
export function power(base: bigint, exponent: bigint): bigint | undefined {
  if (base >= -1n && base <= 1n) return exponent > 2n ? base ** (2n + (exponent % 2n)) : base ** exponent
  const bits = BigInt((base < 0n ? -base : base).toString(2).length - 1)
  return bits * exponent > longestInteger ? undefined : base ** exponent
}

/** The integer; unknown where it is too long to follow. */
export const bounded = (value: bigint | undefined): Value =>
  value === undefined || isTooLong(value) ? boundValue('the number is too large to follow', 'integer') : integer(value)

const wrong = (): never => raise('ArithmeticError', 'bad argument in arithmetic expression')

/** `+ - * / **` and the operators of Bitwise; undefined for any other operator. */
export function arithmetic(operator: string, one: Value, other: Value): Value | undefined {
  const onBits = bitwise[operator]
  if (!(operator in inexact) && !onBits) return undefined
  if (one.kind === 'integer' && other.kind === 'integer') {
    const onIntegers = exact[operator] ?? onBits
    if (onIntegers) return bounded(onIntegers(one.value, other.value))
    if (operator === '**' && other.value >= 0n) return bounded(power(one.value, other.value))
  }
  const onFloats = inexact[operator]
  if (!onFloats || !isNumber(one) || !isNumber(other)) return wrong()
  const result = onFloats(Number(one.value), Number(other.value))
  return Number.isFinite(result) ? float(result) : wrong()
}

const isNumber = (value: Value): value is Value & { kind: 'integer' | 'float' } =>
  value.kind === 'integer' || value.kind === 'float'
