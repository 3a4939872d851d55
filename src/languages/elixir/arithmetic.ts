import { raise } from './stdlib/types.ts'
import { float, integer, type Value } from './value.ts'

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
const bitwise: Readonly<Record<string, (one: bigint, other: bigint) => bigint>> = {
  '&&&': (one, other) => one & other,
  '|||': (one, other) => one | other,
  '<<<': (one, other) => one << other,
  '>>>': (one, other) => one >> other,
}

const wrong = (): never => raise('ArithmeticError', 'bad argument in arithmetic expression')

/** `+ - * / **` and the operators of Bitwise; undefined for any other operator. */
export function arithmetic(operator: string, one: Value, other: Value): Value | undefined {
  const onBits = bitwise[operator]
  if (!(operator in inexact) && !onBits) return undefined
  if (one.kind === 'integer' && other.kind === 'integer') {
    const onIntegers = exact[operator] ?? onBits
    if (operator === '<<<' && other.value > 10_000n) return wrong()
    if (onIntegers) return integer(onIntegers(one.value, other.value))
    if (operator === '**' && other.value >= 0n) return other.value < 5000n ? integer(one.value ** other.value) : wrong()
  }
  const onFloats = inexact[operator]
  if (!onFloats || !isNumber(one) || !isNumber(other)) return wrong()
  const result = onFloats(Number(one.value), Number(other.value))
  return Number.isFinite(result) ? float(result) : wrong()
}

const isNumber = (value: Value): value is Value & { kind: 'integer' | 'float' } =>
  value.kind === 'integer' || value.kind === 'float'
