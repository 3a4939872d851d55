import { type CallContext, noClause, type StdTable } from '../values/types.ts'
import { atom, integer, type Value } from '../values/value.ts'
import { functions, itemsOf, outside, unmodelled } from './define.ts'
import { badArithmetic, bigOf, finite } from './number.ts'

const units: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

function timeout(context: CallContext, value: Value): Value {
  if (value.kind === 'integer' || value.kind === 'atom') return value
  const pairs = itemsOf(context, value, () => noClause('Kernel.to_timeout/1')).map((item) => {
    const given = outside(context, item)
    const [unit, count] = given.kind === 'tuple' ? given.items : []
    const size = unit?.kind === 'atom' ? units[unit.name] : undefined
    return size === undefined || count?.kind !== 'integer'
      ? unmodelled('the duration is not known')
      : count.value * BigInt(size)
  })
  return integer(pairs.reduce((sum, one) => sum + one, 0n))
}

const scaled = (value: Value, by: number): Value =>
  value.kind === 'float' ? finite(value.value * by) : integer(bigOf(value, badArithmetic) * BigInt(by))

/** `:timer` and `to_timeout/1`: durations as numbers of milliseconds. */
export const timerFunctions: StdTable = {
  ...functions(':timer', 'integer', {
    'seconds/1': (_, value) => scaled(value, 1000),
    'minutes/1': (_, value) => scaled(value, 60_000),
    'hours/1': (_, value) => scaled(value, 3_600_000),
    'hms/3': (_, hours, minutes, seconds) => {
      const [h = 0n, m = 0n, s = 0n] = [hours, minutes, seconds].map((value) => bigOf(value, badArithmetic))
      return integer((h * 3600n + m * 60n + s) * 1000n)
    },
    'sleep/1': () => atom('ok'),
  }),
  ...functions('Kernel', 'integer', { 'to_timeout/1': timeout }),
}
