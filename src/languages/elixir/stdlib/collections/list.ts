import { compareValues } from '../../values/compare.ts'
import { isOpen } from '../../values/map.ts'
import { badArgument, type CallContext, noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, boolean, charlist, list, nil, type TupleValue, tuple, type Value } from '../../values/value.ts'
import { functions, itemsOf, numberOf, outside, same, show, tooMuch, unmodelled } from '../define.ts'
import { existingAtom } from '../kernel.ts'
import { parseFloatText, parseIntegerText } from '../number-text.ts'
import { charlistText, erlangText } from '../text/chars.ts'
import { zipRows } from './enum.ts'

/** Raises FunctionClauseError for `key`. */
const clause = (key: string) => (): never => noClause(key)
const own = (context: CallContext, value: Value, key: string): readonly Value[] =>
  itemsOf(context, value, clause(`List.${key}`))

/** The items of a list and of all lists in it. */
function flatten(context: CallContext, value: Value, depth = 0): Value[] {
  if (depth > 100) return unmodelled('the list is nested too deep')
  return itemsOf(context, value, clause(':lists.flatten/1')).flatMap((item) => {
    const given = outside(context, item)
    return given.kind === 'list' ? flatten(context, given, depth + 1) : [item]
  })
}

/** The index that a place means in a list of `size`, counted from its end where negative. */
const indexIn = (size: number, place: number): number => (place < 0 ? size + place : place)

function without(items: readonly Value[], index: number): readonly Value[] {
  return index < 0 || index >= items.length ? items : [...items.slice(0, index), ...items.slice(index + 1)]
}

/** The place of the tuple that has `key` at `position`. */
function findKey(context: CallContext, items: readonly Value[], key: Value, position: number): number {
  return items.findIndex((item) => {
    const given = outside(context, item)
    const part = given.kind === 'tuple' ? given.items[position] : undefined
    return part !== undefined && same(context, part, key)
  })
}

const keyPlace = (value: Value, key: string): number => numberOf(value, clause(key))

function popAt(context: CallContext, value: Value, place: Value, fallback: Value): Value {
  const items = own(context, value, 'pop_at/3')
  const index = indexIn(items.length, numberOf(place, clause('List.pop_at/3')))
  return tuple([items[index] ?? fallback, list(without(items, index))])
}

function keyAt(
  context: CallContext,
  value: Value,
  key: Value,
  position: Value,
  name: string,
): { items: readonly Value[]; index: number } {
  const items = own(context, value, name)
  return { items, index: findKey(context, items, key, keyPlace(position, `List.${name}`)) }
}

const asTuple = (value: Value, key: string): TupleValue => (value.kind === 'tuple' ? value : noClause(key))

/** `List` and what of `:lists` is usual. Items may be unknown. */
export const listFunctions: StdTable = {
  ...functions(
    'List',
    { lazy: true, opaque: [1] },
    {
      'first/1': (context, value) => own(context, value, 'first/2')[0] ?? nil,
      'first/2': (context, value, fallback) => own(context, value, 'first/2')[0] ?? fallback,
      'last/1': (context, value) => own(context, value, 'last/2').at(-1) ?? nil,
      'last/2': (context, value, fallback) => own(context, value, 'last/2').at(-1) ?? fallback,
      'duplicate/2': (_, value, count) => {
        const times = numberOf(count, clause('List.duplicate/2'))
        if (times < 0) noClause('List.duplicate/2')
        return times > 10_000
          ? tooMuch('the list is too long to follow')
          : list(Array.from({ length: times }, () => value))
      },
      'delete/2': (context, value, item) => {
        const items = own(context, value, 'delete/2')
        return list(
          without(
            items,
            items.findIndex((one) => same(context, one, item)),
          ),
        )
      },
    },
  ),
  ...functions(
    'List',
    { lazy: true, gives: 'list' },
    {
      'flatten/1': (context, value) => list(flatten(context, value)),
      'flatten/2': (context, value, tail) => list([...flatten(context, value), ...own(context, tail, 'flatten/2')]),
      'delete_at/2': (context, value, place) => {
        const items = own(context, value, 'delete_at/2')
        return list(without(items, indexIn(items.length, numberOf(place, clause('List.delete_at/2')))))
      },
      'zip/1': (context, value) => list(zipRows(context, own(context, value, 'zip/1')).map((row) => tuple(row))),
      'keydelete/3': (context, value, key, position) => {
        const { items, index } = keyAt(context, value, key, position, 'keydelete/3')
        return list(without(items, index))
      },
      'keyreplace/4': (context, value, key, position, by) => {
        const { items, index } = keyAt(context, value, key, position, 'keyreplace/4')
        return list(items.map((item, at) => (at === index ? asTuple(by, 'List.keyreplace/4') : item)))
      },
      'keystore/4': (context, value, key, position, by) => {
        const { items, index } = keyAt(context, value, key, position, 'keystore/4')
        return list(index < 0 ? [...items, by] : items.map((item, at) => (at === index ? by : item)))
      },
      'keysort/2': (context, value, position) => {
        const items = own(context, value, 'keysort/3')
        const at = keyPlace(position, 'List.keysort/3')
        const keys = new Map(
          items.map((item) => [item, asTuple(outside(context, item), 'List.keysort/3').items[at] ?? nil]),
        )
        if ([...keys.values()].some(isOpen)) return unmodelled('it sorts what is not known')
        return list(items.toSorted((one, other) => compareValues(keys.get(one) ?? nil, keys.get(other) ?? nil)))
      },
      'update_at/3': (context, value, place, fun) => {
        const items = own(context, value, 'update_at/3')
        const index = indexIn(items.length, numberOf(place, clause('List.update_at/3')))
        if (fun.kind !== 'function') return noClause('List.update_at/3')
        return list(items.map((item, at) => (at === index ? context.call(fun, [item]) : item)))
      },
    },
  ),
  ...functions(
    'List',
    { lazy: true, opaque: [2], gives: 'list' },
    {
      'insert_at/3': (context, value, place, item) => {
        const items = own(context, value, 'insert_at/3')
        const given = numberOf(place, clause('List.insert_at/3'))
        const index = Math.min(items.length, given < 0 ? Math.max(0, items.length + given + 1) : given)
        return list([...items.slice(0, index), item, ...items.slice(index)])
      },
      'replace_at/3': (context, value, place, item) => {
        const items = own(context, value, 'replace_at/3')
        const index = indexIn(items.length, numberOf(place, clause('List.replace_at/3')))
        return list(items.map((one, at) => (at === index ? item : one)))
      },
    },
  ),
  ...functions(
    'List',
    { lazy: true, opaque: [2] },
    {
      'pop_at/2': (context, value, place) => popAt(context, value, place, nil),
      'pop_at/3': popAt,
    },
  ),
  ...functions(
    'List',
    { lazy: true, opaque: [0], gives: 'list' },
    {
      'wrap/1': (context, value) => {
        const settled = context.settled(value)
        if (settled.kind === 'unknown' && !['any', 'term', 'atom', 'list'].includes(settled.type))
          return list([settled])
        const given = outside(context, settled)
        return given.kind === 'list' ? given : given.kind === 'atom' && given.name === 'nil' ? list([]) : list([given])
      },
    },
  ),
  ...functions(
    'List',
    { lazy: true },
    {
      'keyfind/3': (context, value, key, position) => {
        const { items, index } = keyAt(context, value, key, position, 'keyfind/4')
        return items[index] ?? nil
      },
      'keyfind/4': (context, value, key, position, fallback) => {
        const { items, index } = keyAt(context, value, key, position, 'keyfind/4')
        return items[index] ?? fallback
      },
      'keyfind!/3': (context, value, key, position) => {
        const { items, index } = keyAt(context, value, key, position, 'keyfind!/3')
        return (
          items[index] ??
          raise(
            'KeyError',
            `key ${show(context, key)} at position ${show(context, position)} not found in: ${show(context, value)}`,
          )
        )
      },
      'keytake/3': (context, value, key, position) => {
        const { items, index } = keyAt(context, value, key, position, 'keytake/3')
        const found = items[index]
        return found ? tuple([found, list(without(items, index))]) : nil
      },
      'foldl/3': (context, value, start, fun) => {
        if (fun.kind !== 'function') return noClause('List.foldl/3')
        return own(context, value, 'foldl/3').reduce((sum, item) => context.call(fun, [item, sum]), start)
      },
      'foldr/3': (context, value, start, fun) => {
        if (fun.kind !== 'function') return noClause('List.foldr/3')
        return own(context, value, 'foldr/3').reduceRight((sum, item) => context.call(fun, [item, sum]), start)
      },
      'to_tuple/1': (context, value) => tuple(itemsOf(context, value, () => badArgument(1, 'not a list'))),
      'keymember?/3': (context, value, key, position) =>
        boolean(keyAt(context, value, key, position, 'keymember?/3').index >= 0),
    },
  ),
  ...functions('List', 'boolean', {
    'starts_with?/2': (context, value, prefix) => {
      const items = own(context, value, 'starts_with?/2')
      return boolean(
        own(context, prefix, 'starts_with?/2').every(
          (item, index) => items[index] !== undefined && same(context, item, items[index] ?? nil),
        ),
      )
    },
    'ascii_printable?/1': (context, value) =>
      boolean(
        own(context, value, 'ascii_printable?/2').every(
          (item) =>
            item.kind === 'integer' &&
            ((item.value >= 32n && item.value <= 126n) ||
              (item.value >= 7n && item.value <= 13n) ||
              item.value === 27n),
        ),
      ),
    'improper?/1': (_, value) =>
      value.kind === 'list' ? boolean(value.tail !== undefined) : noClause('List.improper?/1'),
  }),
  ...functions('List', 'any', {
    'to_string/1': (context, value) => ({
      kind: 'binary',
      text: value.kind === 'list' ? charlistText(context, value) : noClause('List.to_string/1'),
    }),
    'to_charlist/1': (context, value) =>
      charlist(value.kind === 'list' ? charlistText(context, value) : noClause('List.to_charlist/1')),
    'to_atom/1': (context, value) => atom(erlangText(context, value)),
    'to_existing_atom/1': (context, value) => existingAtom(context, erlangText(context, value)),
    'to_integer/1': (context, value) => parseIntegerText(erlangText(context, value), 10),
    'to_integer/2': (context, value, base) =>
      parseIntegerText(
        erlangText(context, value),
        numberOf(base, () => badArgument(2, 'not an integer in the range 2 through 36')),
      ),
    'to_float/1': (context, value) => parseFloatText(erlangText(context, value)),
  }),
}
