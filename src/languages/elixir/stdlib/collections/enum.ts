import { type CallContext, noClause, raise, type StdTable } from '../../values/types.ts'
import { type FunctionValue, integer, list, nil, tuple, type Value } from '../../values/value.ts'
import { functions, numberOf, same, show } from '../define.ts'
import { sliceBounds } from '../text/string-search.ts'
import { enumerate, rangeOf } from './enumerable.ts'

/** The function, or BadFunctionError as the runtime gives it once there is something to call it with. */
export function callable(context: CallContext, fun: Value): FunctionValue {
  if (fun.kind === 'function') return fun
  return raise('BadFunctionError', `expected a function, got: ${show(context, fun)}`, { term: fun })
}

/** Calls `fun` with one argument. */
export const apply1 = (context: CallContext, fun: Value, item: Value): Value =>
  context.call(callable(context, fun), [item])
/** Whether an item passes. */
export const test = (context: CallContext, fun: Value, item: Value): boolean =>
  context.isTrue(apply1(context, fun, item))

/** The items of an enumerable that two lists come of: those that pass and those that do not. */
export const filter = (context: CallContext, from: Value, fun: Value, keep: boolean): readonly Value[] =>
  enumerate(context, from).filter((item) => test(context, fun, item) === keep)

const clause = (key: string) => (): never => noClause(`Enum.${key}`)
/** A count among the arguments. */
export const count = (value: Value, key: string): number => numberOf(value, clause(key))

function take(context: CallContext, from: Value, amount: Value): readonly Value[] {
  const size = count(amount, 'take/2')
  const items = enumerate(context, from)
  return size < 0 ? items.slice(Math.max(0, items.length + size)) : items.slice(0, size)
}

function drop(context: CallContext, from: Value, amount: Value): readonly Value[] {
  const size = count(amount, 'drop/2')
  const items = enumerate(context, from)
  return size < 0 ? items.slice(0, Math.max(0, items.length + size)) : items.slice(size)
}

/** How many items at the start pass. */
export function leading(context: CallContext, items: readonly Value[], fun: Value): number {
  const at = items.findIndex((item) => !test(context, fun, item))
  return at < 0 ? items.length : at
}

function slice(context: CallContext, from: Value, start: Value, size: Value): Value {
  const items = enumerate(context, from)
  const [given, amount] = [count(start, 'slice/3'), count(size, 'slice/3')]
  if (amount < 0) return noClause('Enum.slice/3')
  const first = given < 0 ? Math.max(0, items.length + given) : given
  return list(items.slice(first, first + amount))
}

function sliceRange(context: CallContext, from: Value, range: Value): Value {
  if (!rangeOf(range)) return noClause('Enum.slice/2')
  const items = enumerate(context, from)
  const bounds = sliceBounds(range, items.length)
  if (!bounds || bounds.last < bounds.first) return list([])
  const first = Math.max(0, bounds.first)
  return list(items.slice(first, bounds.last + 1).filter((_, index) => index % bounds.step === 0))
}

function chunks(context: CallContext, from: Value, size: Value, step: Value, rest: Value): Value {
  const [length, stride] = [count(size, 'chunk_every/4'), count(step, 'chunk_every/4')]
  if (length < 1 || stride < 1) return noClause('Enum.chunk_every/4')
  const items = enumerate(context, from)
  const found: Value[] = []
  for (let at = 0; at < items.length; at += stride) {
    const chunk = items.slice(at, at + length)
    context.tick(chunk.length >> 2)
    if (chunk.length === length) found.push(list(chunk))
    else {
      if (rest.kind !== 'atom')
        found.push(list([...chunk, ...enumerate(context, rest).slice(0, length - chunk.length)]))
      break
    }
  }
  return list(found)
}

function chunkBy(context: CallContext, from: Value, fun: Value): Value {
  const found: Value[][] = []
  let last: Value | undefined
  for (const item of enumerate(context, from)) {
    const key = apply1(context, fun, item)
    if (last !== undefined && same(context, last, key)) found.at(-1)?.push(item)
    else found.push([item])
    last = key
  }
  return list(found.map((chunk) => list(chunk)))
}

/** Rows of the items that stand at the same place. */
export function zipRows(context: CallContext, sources: readonly Value[]): readonly (readonly Value[])[] {
  const rows = sources.map((source) => enumerate(context, source))
  const size = rows.length === 0 ? 0 : Math.min(...rows.map((row) => row.length))
  return Array.from({ length: size }, (_, index) => rows.map((row) => row[index] ?? nil))
}

function withIndex(context: CallContext, from: Value, by: Value): Value {
  const items = enumerate(context, from)
  if (by.kind === 'function') return list(items.map((item, index) => context.call(by, [item, integer(index)])))
  const offset = count(by, 'with_index/2')
  return list(items.map((item, index) => tuple([item, integer(index + offset)])))
}

function flatMap(context: CallContext, from: Value, fun: Value): Value {
  return list(enumerate(context, from).flatMap((item) => enumerate(context, apply1(context, fun, item))))
}

const none = list([])

/** Functions of `Enum` that give lists. Items may be unknown. */
export const enumLists: StdTable = functions(
  'Enum',
  { lazy: true, gives: 'list' },
  {
    'to_list/1': (context, from) => list(enumerate(context, from)),
    'map/2': (context, from, fun) => list(enumerate(context, from).map((item) => apply1(context, fun, item))),
    'filter/2': (context, from, fun) => list(filter(context, from, fun, true)),
    'reject/2': (context, from, fun) => list(filter(context, from, fun, false)),
    'flat_map/2': flatMap,
    'concat/1': (context, from) => list(enumerate(context, from).flatMap((item) => enumerate(context, item))),
    'concat/2': (context, one, other) => list([...enumerate(context, one), ...enumerate(context, other)]),
    'take/2': (context, from, amount) => list(take(context, from, amount)),
    'drop/2': (context, from, amount) => list(drop(context, from, amount)),
    'take_while/2': (context, from, fun) => {
      const items = enumerate(context, from)
      return list(items.slice(0, leading(context, items, fun)))
    },
    'drop_while/2': (context, from, fun) => {
      const items = enumerate(context, from)
      return list(items.slice(leading(context, items, fun)))
    },
    'take_every/2': (context, from, step) => {
      const every = count(step, 'take_every/2')
      return list(enumerate(context, from).filter((_, index) => every > 0 && index % every === 0))
    },
    'drop_every/2': (context, from, step) => {
      const every = count(step, 'drop_every/2')
      return list(enumerate(context, from).filter((_, index) => every === 0 || index % every !== 0))
    },
    'map_every/3': (context, from, step, fun) => {
      const every = count(step, 'map_every/3')
      return list(
        enumerate(context, from).map((item, index) =>
          every > 0 && index % every === 0 ? apply1(context, fun, item) : item,
        ),
      )
    },
    'reverse/1': (context, from) => list(enumerate(context, from).toReversed()),
    'reverse/2': (context, from, tail) => list([...enumerate(context, from).toReversed(), ...enumerate(context, tail)]),
    'slice/2': sliceRange,
    'slice/3': slice,
    'chunk_every/2': (context, from, size) => chunks(context, from, size, size, none),
    'chunk_every/3': (context, from, size, step) => chunks(context, from, size, step, none),
    'chunk_every/4': chunks,
    'chunk_by/2': chunkBy,
    'zip/1': (context, from) => list(zipRows(context, enumerate(context, from)).map((row) => tuple(row))),
    'zip/2': (context, one, other) => list(zipRows(context, [one, other]).map((row) => tuple(row))),
    'zip_with/3': (context, one, other, fun) =>
      list(zipRows(context, [one, other]).map((row) => context.call(callable(context, fun), row))),
    'zip_with/2': (context, from, fun) =>
      list(zipRows(context, enumerate(context, from)).map((row) => apply1(context, fun, list(row)))),
    'with_index/1': (context, from) => withIndex(context, from, integer(0)),
    'with_index/2': withIndex,
    'intersperse/2': (context, from, between) =>
      list(enumerate(context, from).flatMap((item, index) => (index === 0 ? [item] : [between, item]))),
    'map_intersperse/3': (context, from, between, fun) =>
      list(
        enumerate(context, from).flatMap((item, index) =>
          index === 0 ? [apply1(context, fun, item)] : [between, apply1(context, fun, item)],
        ),
      ),
    'scan/2': (context, from, fun) => {
      let last: Value | undefined
      return list(
        enumerate(context, from).map(
          (item) => (last = last === undefined ? item : context.call(callable(context, fun), [item, last])),
        ),
      )
    },
    'scan/3': (context, from, start, fun) => {
      let last = start
      return list(enumerate(context, from).map((item) => (last = context.call(callable(context, fun), [item, last]))))
    },
  },
)
