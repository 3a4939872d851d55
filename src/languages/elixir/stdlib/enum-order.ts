import { compareValues } from '../compare.ts'
import { isOpen, mapGet, mapOf } from '../map.ts'
import { binary, integer, list, nil, tuple, type Value } from '../value.ts'
import { charsOf } from './chars.ts'
import { functions, largest, outside, same, textOf, unmodelled } from './define.ts'
import { apply1, callable } from './enum.ts'
import { enumerate, knownKey } from './enumerable.ts'
import { badArithmetic, finite, realOf } from './number.ts'
import { type CallContext, raise, type StdTable } from './types.ts'

type Order = (one: Value, other: Value) => number

/** The order that a sorter asks for: `:asc`, `:desc`, a function that says "not after", or a module with `compare/2`. */
function orderOf(context: CallContext, sorter: Value): Order {
  if (sorter.kind === 'function') return (one, other) => (context.isTrue(context.call(sorter, [one, other])) ? -1 : 1)
  if (sorter.kind === 'atom' && sorter.name === 'asc') return compareKnown
  if (sorter.kind === 'atom' && sorter.name === 'desc') return (one, other) => compareKnown(other, one)
  if (sorter.kind === 'atom') return (one, other) => compareBy(context, sorter.name, one, other)
  const [direction, module] = sorter.kind === 'tuple' ? sorter.items : []
  if (direction?.kind === 'atom' && module?.kind === 'atom') {
    const sign = direction.name === 'desc' ? -1 : 1
    return (one, other) => sign * compareBy(context, module.name, one, other)
  }
  return unmodelled('the order is not modelled')
}

const compareKnown: Order = (one, other) =>
  isOpen(one) || isOpen(other) ? unmodelled('it sorts what is not known') : compareValues(one, other)

function compareBy(context: CallContext, module: string, one: Value, other: Value): number {
  const result = outside(context, context.apply(module, 'compare', [one, other]))
  return result.kind === 'atom'
    ? result.name === 'lt'
      ? -1
      : result.name === 'gt'
        ? 1
        : 0
    : unmodelled('the order is not modelled')
}

/** Sorted by `order`, stable: two are only exchanged where the first is surely after the second. */
function sort<T>(context: CallContext, items: readonly T[], order: (one: T, other: T) => number): readonly T[] {
  if (items.length < 2) return items
  context.tick(items.length)
  const middle = items.length >> 1
  const [left, right] = [sort(context, items.slice(0, middle), order), sort(context, items.slice(middle), order)]
  const merged: T[] = []
  let [a, b] = [0, 0]
  while (a < left.length && b < right.length) {
    const [one, other] = [left[a], right[b]]
    if (one === undefined || other === undefined) break
    if (order(one, other) <= 0) {
      merged.push(one)
      a++
    } else {
      merged.push(other)
      b++
    }
  }
  return [...merged, ...left.slice(a), ...right.slice(b)]
}

interface Keyed {
  readonly item: Value
  readonly key: Value
}
const keyed = (context: CallContext, from: Value, fun: Value): readonly Keyed[] =>
  enumerate(context, from).map((item) => ({ item, key: apply1(context, fun, item) }))

const sortBy = (context: CallContext, from: Value, fun: Value, sorter: Value): Value => {
  const order = orderOf(context, sorter)
  return list(
    sort(context, keyed(context, from, fun), (one, other) => order(one.key, other.key)).map(({ item }) => item),
  )
}

/** The least (or greatest) of `items` by their keys; the first of equal ones. */
function extreme(
  context: CallContext,
  items: readonly Keyed[],
  sign: 1 | -1,
  empty: Value = nil,
  order: Order = compareKnown,
): Value {
  const [first, ...rest] = items
  if (!first) return empty.kind === 'function' ? context.call(empty, []) : raise('Enum.EmptyError', 'empty error')
  return rest.reduce((best, one) => (sign * order(one.key, best.key) < 0 ? one : best), first).item
}

const plain = (context: CallContext, from: Value): readonly Keyed[] =>
  enumerate(context, from).map((item) => ({ item, key: item }))

/** `Enum.max(list, Date)` and the like: the second argument is an order or what to do for an empty list. */
function ordered(context: CallContext, items: readonly Keyed[], sign: 1 | -1, by: Value, empty: Value): Value {
  if (by.kind === 'function' && by.arity === 0) return extreme(context, items, sign, by)
  if (by.kind === 'function')
    return extreme(context, items, 1, empty, (one, other) => (context.isTrue(context.call(by, [one, other])) ? -1 : 1))
  return extreme(context, items, sign, empty, orderOf(context, by))
}

function uniqueBy(context: CallContext, items: readonly Keyed[]): Value {
  const found: Keyed[] = []
  const texts = new Set<string>()
  for (const one of items) {
    context.tick(1)
    const text = one.key.kind === 'binary' ? one.key.text : undefined
    if (text !== undefined && texts.has(text)) continue
    if (text === undefined && found.some((other) => same(context, one.key, other.key))) continue
    if (text !== undefined) texts.add(text)
    found.push(one)
  }
  return list(found.map(({ item }) => item))
}

const dedupBy = (context: CallContext, items: readonly Keyed[]): Value =>
  list(
    items
      .filter((one, index) => index === 0 || !same(context, one.key, items[index - 1]?.key ?? nil))
      .map(({ item }) => item),
  )

function frequencies(items: readonly Keyed[], context: CallContext): Value {
  let result = mapOf([])
  for (const { key } of items) {
    const before = mapGet(result, knownKey(context, key))
    result = mapOf([...result.entries, [key, integer((before?.kind === 'integer' ? before.value : 0n) + 1n)]])
  }
  return result
}

function groupBy(context: CallContext, items: readonly Keyed[], change: (item: Value) => Value): Value {
  const groups = new Map<string, { readonly key: Value; readonly items: Value[] }>()
  const order: { readonly key: Value; readonly items: Value[] }[] = []
  for (const { key, item } of items) {
    const known = knownKey(context, key)
    const name = known.kind === 'binary' ? known.text : undefined
    const group =
      (name === undefined ? undefined : groups.get(name)) ??
      order.find((one) => compareValues(one.key, known, true) === 0)
    if (group) group.items.push(change(item))
    else {
      const made = { key: known, items: [change(item)] }
      order.push(made)
      if (name !== undefined) groups.set(name, made)
    }
  }
  return mapOf(order.map((group) => [group.key, list(group.items)]))
}

/** `one + other` as the operator gives it. */
function calculate(one: Value, other: Value, sign: '+' | '*'): Value {
  if (one.kind === 'integer' && other.kind === 'integer')
    return integer(sign === '+' ? one.value + other.value : one.value * other.value)
  const [a, b] = [realOf(one, badArithmetic), realOf(other, badArithmetic)]
  return finite(sign === '+' ? a + b : a * b)
}

const total = (context: CallContext, items: readonly Value[], sign: '+' | '*'): Value =>
  items.reduce((sum, item) => calculate(sum, outside(context, item), sign), integer(sign === '+' ? 0 : 1))

function join(context: CallContext, from: Value, joiner: Value, change: (item: Value) => Value): Value {
  const between = textOf(joiner, 'Enum.join/2')
  const parts = enumerate(context, from).map((item) => {
    const made = outside(context, change(item))
    return made.kind === 'list' ? iodataText(context, made) : charsOf(context, made)
  })
  const text = parts.join(between)
  return text.length > largest ? unmodelled('the text is too long to follow') : binary(text)
}

const iodataText = (context: CallContext, value: Value): string => {
  const made = outside(context, context.apply('Elixir.IO', 'iodata_to_binary', [value]))
  return made.kind === 'binary' ? made.text : unmodelled('the binary is no UTF-8 text')
}

const ascending: Value = { kind: 'atom', name: 'asc' }
const itself = (item: Value): Value => item

/** Functions of `Enum` that sort, group, sum and join. */
export const enumOrder: StdTable = {
  ...functions(
    'Enum',
    { lazy: true, gives: 'list' },
    {
      'sort/1': (context, from) => list(sort(context, enumerate(context, from), compareKnown)),
      'sort/2': (context, from, sorter) => list(sort(context, enumerate(context, from), orderOf(context, sorter))),
      'sort_by/2': (context, from, fun) => sortBy(context, from, fun, ascending),
      'sort_by/3': sortBy,
      'uniq/1': (context, from) => uniqueBy(context, plain(context, from)),
      'uniq_by/2': (context, from, fun) => uniqueBy(context, keyed(context, from, fun)),
      'dedup/1': (context, from) => dedupBy(context, plain(context, from)),
      'dedup_by/2': (context, from, fun) => dedupBy(context, keyed(context, from, fun)),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, gives: 'map' },
    {
      'frequencies/1': (context, from) => frequencies(plain(context, from), context),
      'frequencies_by/2': (context, from, fun) => frequencies(keyed(context, from, fun), context),
      'group_by/2': (context, from, fun) => groupBy(context, keyed(context, from, fun), itself),
      'group_by/3': (context, from, fun, change) =>
        groupBy(context, keyed(context, from, fun), (item) => context.call(callable(context, change), [item])),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true },
    {
      'max/1': (context, from) => extreme(context, plain(context, from), -1),
      'min/1': (context, from) => extreme(context, plain(context, from), 1),
      'max/2': (context, from, by) => ordered(context, plain(context, from), -1, by, nil),
      'min/2': (context, from, by) => ordered(context, plain(context, from), 1, by, nil),
      'max/3': (context, from, by, empty) => ordered(context, plain(context, from), -1, by, empty),
      'min/3': (context, from, by, empty) => ordered(context, plain(context, from), 1, by, empty),
      'max_by/2': (context, from, fun) => extreme(context, keyed(context, from, fun), -1),
      'min_by/2': (context, from, fun) => extreme(context, keyed(context, from, fun), 1),
      'max_by/3': (context, from, fun, by) => ordered(context, keyed(context, from, fun), -1, by, nil),
      'min_by/3': (context, from, fun, by) => ordered(context, keyed(context, from, fun), 1, by, nil),
      'min_max/1': (context, from) =>
        tuple([extreme(context, plain(context, from), 1), extreme(context, plain(context, from), -1)]),
      'sum/1': (context, from) => total(context, enumerate(context, from), '+'),
      'product/1': (context, from) => total(context, enumerate(context, from), '*'),
      'sum_by/2': (context, from, fun) =>
        total(
          context,
          enumerate(context, from).map((item) => apply1(context, fun, item)),
          '+',
        ),
      'product_by/2': (context, from, fun) =>
        total(
          context,
          enumerate(context, from).map((item) => apply1(context, fun, item)),
          '*',
        ),
    },
  ),
  ...functions(
    'Enum',
    { lazy: true, gives: 'binary' },
    {
      'join/1': (context, from) => join(context, from, binary(''), itself),
      'join/2': (context, from, joiner) => join(context, from, joiner, itself),
      'map_join/2': (context, from, fun) => join(context, from, binary(''), (item) => apply1(context, fun, item)),
      'map_join/3': (context, from, joiner, fun) => join(context, from, joiner, (item) => apply1(context, fun, item)),
    },
  ),
}
