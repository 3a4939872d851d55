import { bounded } from '../../values/arithmetic.ts'
import { compareValues } from '../../values/compare.ts'
import { mapOf } from '../../values/map.ts'
import { sizeOf } from '../../values/size.ts'
import { type CallContext, raise, type StdTable } from '../../values/types.ts'
import { binary, integer, list, nil, tuple, type Value } from '../../values/value.ts'
import { functions, joined, outside, same, textOf, unmodelled } from '../define.ts'
import { badArithmetic, finite, realOf } from '../number.ts'
import { charsOf } from '../text/chars.ts'
import { apply1, callable } from './enum.ts'
import { enumerate, knownKey } from './enumerable.ts'
import { compareKnown, type Order, orderOf, sort } from './order.ts'

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

/** A text that only equal keys share; undefined for keys that have to be compared. */
function plainKey(key: Value): string | undefined {
  if (key.kind === 'binary') return `"${key.text}`
  if (key.kind === 'integer') return `${key.value}`
  return key.kind === 'atom' ? `:${key.name}` : undefined
}

function uniqueBy(context: CallContext, items: readonly Keyed[]): Value {
  const found: Keyed[] = []
  const compared: Value[] = []
  const texts = new Set<string>()
  for (const one of items) {
    context.tick(1 + (compared.length >> 4))
    const key = outside(context, one.key)
    const text = plainKey(key)
    const isKnown = text === undefined ? compared.some((other) => same(context, key, other)) : texts.has(text)
    if (isKnown) continue
    if (text === undefined) compared.push(key)
    else texts.add(text)
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

interface EnumGroup {
  readonly key: Value
  readonly items: Value[]
}

/** Items by their keys, in the order in which the keys come up. */
function groups(context: CallContext, items: readonly Keyed[]): readonly EnumGroup[] {
  const all: EnumGroup[] = []
  const byText = new Map<string, EnumGroup>()
  for (const { key, item } of items) {
    const known = knownKey(context, key)
    const text = plainKey(known)
    if (text === undefined) context.tick(1 + ((all.length * (4 + sizeOf(known))) >> 6))
    const group = text === undefined ? all.find((one) => compareValues(one.key, known, true) === 0) : byText.get(text)
    if (group) {
      group.items.push(item)
      continue
    }
    const made = { key: known, items: [item] }
    all.push(made)
    if (text !== undefined) byText.set(text, made)
  }
  return all
}

const frequencies = (items: readonly Keyed[], context: CallContext): Value =>
  mapOf(groups(context, items).map((group) => [group.key, integer(group.items.length)]))

const groupBy = (context: CallContext, items: readonly Keyed[], change: (item: Value) => Value): Value =>
  mapOf(groups(context, items).map((group) => [group.key, list(group.items.map(change))]))

/** `one + other` as the operator gives it. */
function calculate(one: Value, other: Value, sign: '+' | '*'): Value {
  if (one.kind === 'integer' && other.kind === 'integer')
    return bounded(sign === '+' ? one.value + other.value : one.value * other.value)
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
  return binary(joined(parts, between))
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
