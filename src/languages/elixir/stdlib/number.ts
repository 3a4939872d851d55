import { bounded, power } from '../values/arithmetic.ts'
import { floatText } from '../values/inspect.ts'
import { badArgument, type CallContext, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, binary, boolean, charlist, float, integer, list, tuple, type Value } from '../values/value.ts'
import { functions, itemsOf, numberOf, textOf, tooMuch, unknownArgument } from './define.ts'
import { floatPrefix, integerPrefix } from './number-text.ts'

/** Raises ArithmeticError. */
export const badArithmetic = (): never => raise('ArithmeticError', 'bad argument in arithmetic expression')

/** The integer, or what `bad` raises. */
export const bigOf = (value: Value, bad: () => never): bigint =>
  value.kind === 'integer' ? value.value : value.kind === 'unknown' ? unknownArgument(value) : bad()

/** An integer or a float as a float. */
export const realOf = (value: Value, bad: () => never): number => {
  if (value.kind === 'float') return value.value
  if (value.kind !== 'integer') return value.kind === 'unknown' ? unknownArgument(value) : bad()
  const real = Number(value.value)
  return Number.isFinite(real) ? real : badArithmetic()
}

/** A finite float; ArithmeticError for any other. */
export const finite = (value: number): Value => (Number.isFinite(value) ? float(value) : badArithmetic())

function parseInteger(text: Value, base: Value): Value {
  const radix = numberOf(base, () => noClause('Integer.parse/2'))
  if (radix < 2 || radix > 36) raise('ArgumentError', `invalid base ${radix}`)
  const found = integerPrefix(textOf(text, 'Integer.parse/2'), radix)
  return found ? tuple([integer(found.value), binary(found.rest)]) : atom('error')
}

const notInteger = (): never => badArgument(1, 'not an integer')
const radixText = (value: Value, base: Value): string => {
  const radix = numberOf(base, () => badArgument(2, 'not an integer in the range 2 through 36'))
  if (radix < 2 || radix > 36) badArgument(2, 'not an integer in the range 2 through 36')
  return bigOf(value, notInteger).toString(radix).toUpperCase()
}

/** Rounds toward negative infinity. */
const floorDivide = (one: bigint, other: bigint): bigint => {
  if (other === 0n) return badArithmetic()
  const quotient = one / other
  return one % other !== 0n && one < 0n !== other < 0n ? quotient - 1n : quotient
}

function gcd(context: CallContext, one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other]
  while (b !== 0n) {
    context.tick(1)
    ;[a, b] = [b, a % b]
  }
  return a
}

/** The integer whose digits these are; given up where it is too long to follow. */
function undigits(digits: readonly bigint[]): bigint {
  if (digits.length > mostDigits) return tooMuch('the number is too large to follow')
  return digits.reduce((sum, digit) => sum * 10n + digit, 0n)
}
const mostDigits = 9000

const ten = integer(10)
const clause = (key: string) => (): never => noClause(key)

/** `Integer`. */
export const integerFunctions: StdTable = {
  ...functions('Integer', 'any', {
    'parse/1': (_, text) => parseInteger(text, ten),
    'parse/2': (_, text, base) => parseInteger(text, base),
  }),
  ...functions('Integer', 'binary', {
    'to_string/1': (_, value) => binary(bigOf(value, notInteger).toString()),
    'to_string/2': (_, value, base) => binary(radixText(value, base)),
  }),
  ...functions('Integer', 'list', {
    'to_charlist/1': (_, value) => charlist(bigOf(value, notInteger).toString()),
    'to_charlist/2': (_, value, base) => charlist(radixText(value, base)),
    'digits/1': (_, value) => {
      const given = bigOf(value, clause('Integer.digits/2'))
      return list(
        Array.from((given < 0n ? -given : given).toString(), (digit) =>
          integer(given < 0n ? -Number(digit) : Number(digit)),
        ),
      )
    },
  }),
  ...functions('Integer', 'integer', {
    'undigits/1': (context, value) =>
      bounded(
        undigits(
          itemsOf(context, value, clause('Integer.undigits/2')).map((digit) =>
            bigOf(digit, clause('Integer.undigits/2')),
          ),
        ),
      ),
    'floor_div/2': (_, one, other) => integer(floorDivide(bigOf(one, badArithmetic), bigOf(other, badArithmetic))),
    'mod/2': (_, one, other) => {
      const [a, b] = [bigOf(one, badArithmetic), bigOf(other, badArithmetic)]
      return integer(a - b * floorDivide(a, b))
    },
    'pow/2': (_, base, exponent) => {
      const by = bigOf(exponent, clause('Integer.pow/2'))
      return by < 0n ? badArithmetic() : bounded(power(bigOf(base, clause('Integer.pow/2')), by))
    },
    'gcd/2': (context, one, other) =>
      integer(gcd(context, bigOf(one, clause('Integer.gcd/2')), bigOf(other, clause('Integer.gcd/2')))),
    'ceil_div/2': (_, one, other) => integer(-floorDivide(-bigOf(one, badArithmetic), bigOf(other, badArithmetic))),
  }),
  ...functions('Integer', 'boolean', {
    'is_even/1': (_, value) => boolean(bigOf(value, badArithmetic) % 2n === 0n),
    'is_odd/1': (_, value) => boolean(bigOf(value, badArithmetic) % 2n !== 0n),
  }),
}

/** `Float.round/2`: half away from zero, on the exact binary value as Elixir does. */
function rounded(value: Value, places: Value): Value {
  const given = value.kind === 'float' ? value.value : noClause('Float.round/2')
  const digits = numberOf(places, clause('Float.round/2'))
  if (digits < 0 || digits > 15) raise('ArgumentError', `precision ${digits} is out of valid range of 0..15`)
  if (digits === 0) return float(Math.sign(given) * Math.round(Math.abs(given)))
  return float(Math.abs(given) < 1e21 ? Number(given.toFixed(digits)) : given)
}

/** `Float`. */
export const floatFunctions: StdTable = {
  ...functions('Float', 'any', {
    'parse/1': (_, text) => {
      const found = floatPrefix(textOf(text, 'Float.parse_unsigned/1'))
      return found ? tuple([float(found.value), binary(found.rest)]) : atom('error')
    },
  }),
  ...functions('Float', 'binary', {
    'to_string/1': (_, value) =>
      binary(value.kind === 'float' ? floatText(value.value) : noClause('Float.to_string/1')),
  }),
  ...functions('Float', 'list', {
    'to_charlist/1': (_, value) =>
      charlist(value.kind === 'float' ? floatText(value.value) : noClause('Float.to_charlist/1')),
  }),
  ...functions('Float', 'float', {
    'round/1': (_, value) => rounded(value, integer(0)),
    'round/2': (_, value, places) => rounded(value, places),
  }),
}
