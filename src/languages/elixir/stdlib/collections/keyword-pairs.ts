import { pairKey } from '../../values/map.ts'
import { type CallContext, noClause, raise } from '../../values/types.ts'
import { atom, list, nil, tuple, type Value } from '../../values/value.ts'
import { itemsOf, keywordOf, outside, show, unknownArgument } from '../define.ts'

/** Keys and values in their order. */
export type Pairs = readonly (readonly [key: string, value: Value])[]

/** The pairs of a keyword list. */
export function pairsOf(context: CallContext, value: Value, key: string): Pairs {
  const items = keywordOf(context, value, () => {
    if (value.kind !== 'list') return noClause(`Keyword.${key}`)
    const odd = value.items.find((item) => pairKey(item) === undefined) ?? value
    return raise(
      'ArgumentError',
      `expected a keyword list, but an entry in the list is not a two-element tuple with an atom as its first element, got: ${show(context, odd)}`,
    )
  }).items
  return items.map((item) => [item.items[0]?.kind === 'atom' ? item.items[0].name : '', item.items[1] ?? nil])
}

/** As `pairsOf`, of a list that may hold other things too, which are left out. */
export function pairsAmong(context: CallContext, value: Value, key: string): Pairs {
  return itemsOf(context, value, () => noClause(`Keyword.${key}`)).flatMap((item) => {
    const given = outside(context, item)
    if (given.kind !== 'tuple' || given.items.length !== 2) return []
    const [name, held] = given.items
    const known = name ? outside(context, name) : nil
    return known.kind === 'atom' && held ? [[known.name, held] as const] : []
  })
}

/** The list of pairs. */
export const keywordList = (pairs: Pairs): Value => list(pairs.map(([key, value]) => tuple([atom(key), value])))
/** The name of a key. */
export const atomName = (value: Value, key: string): string =>
  value.kind === 'atom' ? value.name : noClause(`Keyword.${key}`)

/** The names in a list of keys. */
export function names(context: CallContext, value: Value, key: string): ReadonlySet<string> {
  return new Set(
    itemsOf(context, value, () => noClause(`Keyword.${key}`)).map((one) => atomName(outside(context, one), key)),
  )
}

/** The first value under a name. */
export const find = (pairs: Pairs, name: string): Value | undefined => pairs.find(([key]) => key === name)?.[1]
/** The pairs that have another name. */
export const without = (pairs: Pairs, name: string): Pairs => pairs.filter(([key]) => key !== name)

/** `Keyword.get/3`. */
export function get(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.get/3')
  const name = atomName(key, 'get/3')
  return find(pairsAmong(context, value, 'get/3'), name) ?? fallback
}

/** Raises KeyError. */
export function missing(context: CallContext, key: Value, value: Value): never {
  return raise('KeyError', `key ${show(context, key)} not found in: ${show(context, value)}`, { key, term: value })
}

/** `Keyword.merge/2`. */
export function merge(context: CallContext, one: Value, other: Value): Pairs {
  if (one.kind !== 'list' || other.kind !== 'list') return noClause('Keyword.merge/2')
  const word = (value: Value, place: string) => (): never =>
    raise('ArgumentError', `expected a keyword list as the ${place} argument, got: ${show(context, value)}`)
  keywordOf(context, one, word(one, 'first'))
  keywordOf(context, other, word(other, 'second'))
  const [left, right] = [pairsOf(context, one, 'merge/2'), pairsOf(context, other, 'merge/2')]
  const replaced = new Set(right.map(([key]) => key))
  return [...left.filter(([key]) => !replaced.has(key)), ...right]
}

/** `Keyword.merge/3`. */
export function mergeBy(context: CallContext, one: Value, other: Value, fun: Value): Value {
  if (one.kind !== 'list' || other.kind !== 'list' || fun.kind !== 'function') return noClause('Keyword.merge/3')
  let left = pairsOf(context, one, 'merge/3')
  const merged: (readonly [string, Value])[] = []
  for (const [key, value] of pairsOf(context, other, 'merge/3')) {
    const found = find(left, key)
    const at = left.findIndex(([name]) => name === key)
    merged.push([key, found === undefined ? value : context.call(fun, [atom(key), found, value])])
    left = left.filter((_, index) => index !== at)
  }
  const replaced = new Set(merged.map(([key]) => key))
  const rest = pairsOf(context, one, 'merge/3').filter(([key]) => !replaced.has(key))
  return keywordList([...rest, ...merged])
}

/** `Keyword.put/3`. */
export function put(context: CallContext, value: Value, key: Value, item: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.put/3')
  const name = atomName(key, 'put/3')
  return keywordList([[name, item], ...without(pairsAmong(context, value, 'put/3'), name)])
}

/** `Keyword.pop/3`. */
export function pop(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.pop/3')
  const pairs = pairsAmong(context, value, 'pop/3')
  const name = atomName(key, 'pop/3')
  const found = find(pairs, name)
  return found === undefined ? tuple([fallback, value]) : tuple([found, keywordList(without(pairs, name))])
}

/** `Keyword.pop_first/3`. */
export function popFirst(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.pop_first/3')
  const pairs = pairsAmong(context, value, 'pop_first/3')
  const name = atomName(key, 'pop_first/3')
  const at = pairs.findIndex(([one]) => one === name)
  return tuple([pairs[at]?.[1] ?? fallback, keywordList(pairs.filter((_, index) => index !== at))])
}

/** Changes the value under a key, or adds what `absent` gives. */
export function update(
  context: CallContext,
  value: Value,
  key: Value,
  fun: Value,
  name: string,
  absent: () => Pairs,
): Value {
  if (value.kind !== 'list' || fun.kind !== 'function') return noClause(`Keyword.${name}`)
  const own = atomName(key, name)
  const pairs = pairsAmong(context, value, name)
  const at = pairs.findIndex(([one]) => one === own)
  if (at < 0) return keywordList([...pairs, ...absent()])
  const changed = context.call(fun, [pairs[at]?.[1] ?? nil])
  return keywordList(
    pairs.flatMap((pair, index) =>
      index === at ? [[own, changed] as const] : index > at && pair[0] === own ? [] : [pair],
    ),
  )
}

/** The pairs that pass, or do not. */
export function filtered(context: CallContext, value: Value, fun: Value, keep: boolean, name: string): Value {
  if (value.kind !== 'list' || fun.kind !== 'function') return noClause(`Keyword.${name}`)
  return list(
    itemsOf(context, value, () => noClause(`Keyword.${name}`)).filter(
      (item) => context.isTrue(context.call(fun, [item])) === keep,
    ),
  )
}

/** What `Keyword.validate` gives: the completed list, or the keys that are not allowed. */
export function validate(
  context: CallContext,
  value: Value,
  allowed: Value,
): { readonly unknown: readonly string[]; readonly keys: readonly string[]; readonly pairs: Pairs } {
  if (value.kind !== 'list' || allowed.kind !== 'list') return noClause('Keyword.validate/2')
  const keys = allowed.items.map((item) => outside(context, item))
  const known = keys.map((item) =>
    item.kind === 'atom'
      ? item.name
      : item.kind === 'tuple' && item.items[0]?.kind === 'atom'
        ? item.items[0].name
        : '',
  )
  const defaults = keys.flatMap((item) =>
    item.kind === 'tuple' && item.items[1]
      ? [[item.items[0]?.kind === 'atom' ? item.items[0].name : '', item.items[1]] as const]
      : [],
  )
  const pairs = pairsOf(context, value, 'validate/2')
  const unknown = pairs.map(([key]) => key).filter((key) => !known.includes(key))
  const added = defaults.filter(([key]) => find(pairs, key) === undefined)
  return { unknown, keys: known, pairs: [...added.toReversed(), ...pairs] }
}

/** `Keyword.new/1`. */
export function newOf(context: CallContext, items: readonly Value[]): Value {
  const pairs = items.map((item) => {
    const given = outside(context, item)
    const [key, value] = given.kind === 'tuple' && given.items.length === 2 ? given.items : []
    if (!key || !value) return raise('MatchError', `no match of right hand side value: ${show(context, given)}`)
    const name = outside(context, key)
    return [
      name.kind === 'atom'
        ? name.name
        : raise('ArgumentError', `expected a keyword list, got: ${show(context, given)}`),
      value,
    ] as const
  })
  const last = new Map(pairs.map(([key], index) => [key, index]))
  return keywordList(pairs.filter(([key], index) => last.get(key) === index))
}

/** `Keyword.split/2`. */
export const splitBy = (context: CallContext, value: Value, keys: Value): Value => {
  const wanted = names(context, keys, 'split/2')
  const pairs = pairsOf(context, value, 'split/2')
  return tuple([
    keywordList(pairs.filter(([key]) => wanted.has(key))),
    keywordList(pairs.filter(([key]) => !wanted.has(key))),
  ])
}

/** Whether an item is a pair with an atom as its key. */
export function isPair(context: CallContext, item: Value): boolean {
  const given = outside(context, item)
  if (given.kind !== 'tuple' || given.items.length !== 2 || !given.items[0]) return false
  const key = outside(context, given.items[0])
  return key.kind === 'atom' || (key.kind === 'unknown' && unknownArgument(key))
}
