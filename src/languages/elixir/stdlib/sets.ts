import { bounded, shifted } from '../values/arithmetic.ts'
import { mapOf, structName } from '../values/map.ts'
import { type CallContext, noClause, type StdEntry, type StdTable } from '../values/types.ts'
import { atom, boolean, float, integer, list, type MapValue, type Value } from '../values/value.ts'
import { functions, itemsOf, mapArgument, outside, same, unmodelled } from './define.ts'
import { callable } from './enum.ts'
import { enumerate, rangeOf, setItems, setOf, streamOf } from './enumerable.ts'
import { badArithmetic, bigOf, finite, realOf } from './number.ts'

function membersOf(context: CallContext, value: Value, key: string): readonly Value[] {
  return structName(value) === 'Elixir.MapSet' ? setItems(mapArgument(context, value)) : noClause(`MapSet.${key}`)
}
const has = (context: CallContext, items: readonly Value[], item: Value): boolean =>
  items.some((one) => same(context, one, item))

/** `MapSet`. */
export const setFunctions: StdTable = {
  ...functions('MapSet', 'map', {
    'new/0': () => setOf([]),
    'new/1': (context, from) => setOf(enumerate(context, from)),
    'new/2': (context, from, fun) =>
      setOf(enumerate(context, from).map((item) => context.call(callable(context, fun), [item]))),
    'put/2': (context, set, item) => setOf([...membersOf(context, set, 'put/2'), item]),
    'delete/2': (context, set, item) =>
      setOf(membersOf(context, set, 'delete/2').filter((one) => !same(context, one, item))),
    'union/2': (context, one, other) =>
      setOf([...membersOf(context, one, 'union/2'), ...membersOf(context, other, 'union/2')]),
    'intersection/2': (context, one, other) => {
      const members = membersOf(context, other, 'intersection/2')
      return setOf(membersOf(context, one, 'intersection/2').filter((item) => has(context, members, item)))
    },
    'difference/2': (context, one, other) => {
      const members = membersOf(context, other, 'difference/2')
      return setOf(membersOf(context, one, 'difference/2').filter((item) => !has(context, members, item)))
    },
    'filter/2': (context, set, fun) =>
      setOf(
        membersOf(context, set, 'filter/2').filter((item) =>
          context.isTrue(context.call(callable(context, fun), [item])),
        ),
      ),
  }),
  ...functions('MapSet', 'any', {
    'member?/2': (context, set, item) => boolean(has(context, membersOf(context, set, 'member?/2'), item)),
    'size/1': (context, set) => integer(membersOf(context, set, 'size/1').length),
    'to_list/1': (context, set) => list(membersOf(context, set, 'to_list/1')),
    'subset?/2': (context, one, other) => {
      const members = membersOf(context, other, 'subset?/2')
      return boolean(membersOf(context, one, 'subset?/2').every((item) => has(context, members, item)))
    },
    'disjoint?/2': (context, one, other) => {
      const members = membersOf(context, other, 'disjoint?/2')
      return boolean(!membersOf(context, one, 'disjoint?/2').some((item) => has(context, members, item)))
    },
    'equal?/2': (context, one, other) => boolean(same(context, one, other)),
  }),
}

const rangeStruct = (first: bigint, last: bigint, step: bigint): MapValue =>
  mapOf([
    [atom('__struct__'), atom('Elixir.Range')],
    [atom('first'), integer(first)],
    [atom('last'), integer(last)],
    [atom('step'), integer(step)],
  ])

/** `Range`, `Bitwise`, `:math` and `:timer`. */
export const numberFunctions: StdTable = {
  ...functions('Range', 'any', {
    'new/2': (_, first, last) => {
      const [from, to] = [bigOf(first, () => noClause('Range.new/2')), bigOf(last, () => noClause('Range.new/2'))]
      return rangeStruct(from, to, from <= to ? 1n : -1n)
    },
    'new/3': (_, first, last, step) =>
      rangeStruct(
        bigOf(first, () => noClause('Range.new/3')),
        bigOf(last, () => noClause('Range.new/3')),
        bigOf(step, () => noClause('Range.new/3')),
      ),
    'size/1': (context, range) =>
      rangeOf(range) ? integer(enumerate(context, range).length) : noClause('Range.size/1'),
    'to_list/1': (context, range) => (rangeOf(range) ? list(enumerate(context, range)) : noClause('Range.to_list/1')),
  }),
  ...functions('Bitwise', 'integer', {
    'band/2': (_, one, other) => integer(bigOf(one, badArithmetic) & bigOf(other, badArithmetic)),
    'bor/2': (_, one, other) => integer(bigOf(one, badArithmetic) | bigOf(other, badArithmetic)),
    'bxor/2': (_, one, other) => integer(bigOf(one, badArithmetic) ^ bigOf(other, badArithmetic)),
    'bnot/1': (_, value) => integer(~bigOf(value, badArithmetic)),
    'bsl/2': (_, value, count) => bounded(shifted(bigOf(value, badArithmetic), bigOf(count, badArithmetic))),
    'bsr/2': (_, value, count) => bounded(shifted(bigOf(value, badArithmetic), -bigOf(count, badArithmetic))),
  }),
  ...functions(':math', 'float', {
    'pow/2': (_, base, exponent) => finite(realOf(base, badArithmetic) ** realOf(exponent, badArithmetic)),
    'pi/0': () => float(Math.PI),
    ...Object.fromEntries(
      (['sqrt', 'log', 'log2', 'log10', 'exp', 'sin', 'cos', 'tan', 'ceil', 'floor'] as const).map((name) => [
        `${name}/1`,
        (_: CallContext, value: Value) => finite(Math[name](realOf(value, badArithmetic))),
      ]),
    ),
  }),
  ...functions(':timer', 'integer', {
    'seconds/1': (_, value) => scaled(value, 1000),
    'minutes/1': (_, value) => scaled(value, 60_000),
    'hours/1': (_, value) => scaled(value, 3_600_000),
    'hms/3': (_, hours, minutes, seconds) => {
      const [h, m, s] = [hours, minutes, seconds].map((value) => bigOf(value, badArithmetic))
      return integer(((h ?? 0n) * 3600n + (m ?? 0n) * 60n + (s ?? 0n)) * 1000n)
    },
    'sleep/1': () => atom('ok'),
  }),
  ...functions('Kernel', 'integer', { 'to_timeout/1': (context, value) => timeout(context, value) }),
}

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

function scaled(value: Value, by: number): Value {
  return value.kind === 'float' ? finite(value.value * by) : integer(bigOf(value, badArithmetic) * BigInt(by))
}

/** Functions of `Stream` as those of `Enum` that give lists: what they do is done at once. */
export function streamsOf(lists: StdTable): StdTable {
  const names =
    'map/2 filter/2 reject/2 flat_map/2 take/2 drop/2 take_while/2 drop_while/2 with_index/1 with_index/2 concat/1 concat/2 uniq/1 uniq_by/2 dedup/1 zip/1 zip/2 chunk_every/2 chunk_every/3 chunk_every/4 chunk_by/2 take_every/2 intersperse/2 scan/2 scan/3 map_every/3'
  const entries = names.split(' ').flatMap((name): readonly (readonly [string, StdEntry])[] => {
    const entry = lists[`Enum.${name}`]
    if (entry === undefined || typeof entry === 'function') return []
    const run: StdEntry['run'] = (args, context) => {
      const result = entry.run(args, context)
      return result.kind === 'list' ? streamOf(result.items) : result
    }
    return [[`Stream.${name}`, { ...entry, run }]]
  })
  return {
    ...Object.fromEntries(entries),
    ...functions(
      'Stream',
      { lazy: true },
      {
        'run/1': () => atom('ok'),
        'each/2': (context, from, fun) =>
          streamOf(
            enumerate(context, from).map((item) => {
              context.call(callable(context, fun), [item])
              return item
            }),
          ),
        'into/2': () => unmodelled('the stream is not modelled'),
        'cycle/1': () => unmodelled('the stream has no end'),
        'iterate/2': () => unmodelled('the stream has no end'),
        'repeatedly/1': () => unmodelled('the stream has no end'),
      },
    ),
  }
}
