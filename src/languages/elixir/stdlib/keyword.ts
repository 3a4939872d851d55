import { atom, boolean, list, nil, tuple, type Value } from '../value.ts'
import { functions, itemsOf, keywordOf, outside, same, show, unmodelled } from './define.ts'
import { enumerate, pairOf } from './enumerable.ts'
import { type CallContext, noClause, raise, type StdTable } from './types.ts'

type Pairs = readonly (readonly [key: string, value: Value])[]

function pairsOf(context: CallContext, value: Value, key: string): Pairs {
  const items = keywordOf(context, value, () => {
    if (value.kind !== 'list') return noClause(`Keyword.${key}`)
    return raise('ArgumentError', `expected a keyword list, got: ${show(context, value)}`)
  }).items
  return items.map((item) => [item.items[0]?.kind === 'atom' ? item.items[0].name : '', item.items[1] ?? nil])
}

/** As `pairsOf`, of a list that may hold other things too, which are left out. */
function pairsAmong(context: CallContext, value: Value, key: string): Pairs {
  return itemsOf(context, value, () => noClause(`Keyword.${key}`)).flatMap((item) => {
    const given = outside(context, item)
    if (given.kind !== 'tuple' || given.items.length !== 2) return []
    const [name, held] = given.items
    const known = name ? outside(context, name) : nil
    return known.kind === 'atom' && held ? [[known.name, held] as const] : []
  })
}

const keywordList = (pairs: Pairs): Value => list(pairs.map(([key, value]) => tuple([atom(key), value])))
const atomName = (value: Value, key: string): string =>
  value.kind === 'atom' ? value.name : noClause(`Keyword.${key}`)

function names(context: CallContext, value: Value, key: string): ReadonlySet<string> {
  return new Set(
    itemsOf(context, value, () => noClause(`Keyword.${key}`)).map((one) => atomName(outside(context, one), key)),
  )
}

const find = (pairs: Pairs, name: string): Value | undefined => pairs.find(([key]) => key === name)?.[1]
const without = (pairs: Pairs, name: string): Pairs => pairs.filter(([key]) => key !== name)

function get(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.get/3')
  const name = atomName(key, 'get/3')
  return find(pairsAmong(context, value, 'get/3'), name) ?? fallback
}

function missing(context: CallContext, key: Value, value: Value): never {
  return raise('KeyError', `key ${show(context, key)} not found in: ${show(context, value)}`, { key, term: value })
}

function merge(context: CallContext, one: Value, other: Value): Pairs {
  if (one.kind !== 'list' || other.kind !== 'list') return noClause('Keyword.merge/2')
  const word = (value: Value, place: string) => (): never =>
    raise('ArgumentError', `expected a keyword list as the ${place} argument, got: ${show(context, value)}`)
  keywordOf(context, one, word(one, 'first'))
  keywordOf(context, other, word(other, 'second'))
  const [left, right] = [pairsOf(context, one, 'merge/2'), pairsOf(context, other, 'merge/2')]
  const replaced = new Set(right.map(([key]) => key))
  return [...left.filter(([key]) => !replaced.has(key)), ...right]
}

function mergeBy(context: CallContext, one: Value, other: Value, fun: Value): Value {
  if (one.kind !== 'list' || other.kind !== 'list' || fun.kind !== 'function') return noClause('Keyword.merge/3')
  let left = pairsOf(context, one, 'merge/3')
  const merged: (readonly [string, Value])[] = []
  for (const [key, value] of pairsOf(context, other, 'merge/3')) {
    const found = find(left, key)
    const at = left.findIndex(([name]) => name === key)
    merged.push([key, found === undefined ? value : context.call(fun, [atom(key), found, value])])
    left = left.filter((_, index) => index !== at)
  }
  const rest = pairsOf(context, one, 'merge/3').filter(([key]) => !merged.some(([name]) => name === key))
  return keywordList([...rest, ...merged])
}

function put(context: CallContext, value: Value, key: Value, item: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.put/3')
  const name = atomName(key, 'put/3')
  return keywordList([[name, item], ...without(pairsAmong(context, value, 'put/3'), name)])
}

function pop(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.pop/3')
  const pairs = pairsAmong(context, value, 'pop/3')
  const name = atomName(key, 'pop/3')
  const found = find(pairs, name)
  return found === undefined ? tuple([fallback, value]) : tuple([found, keywordList(without(pairs, name))])
}

function popFirst(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  if (value.kind !== 'list') return noClause('Keyword.pop_first/3')
  const pairs = pairsAmong(context, value, 'pop_first/3')
  const name = atomName(key, 'pop_first/3')
  const at = pairs.findIndex(([one]) => one === name)
  return tuple([pairs[at]?.[1] ?? fallback, keywordList(pairs.filter((_, index) => index !== at))])
}

function update(context: CallContext, value: Value, key: Value, fun: Value, name: string, absent: () => Pairs): Value {
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

function filtered(context: CallContext, value: Value, fun: Value, keep: boolean, name: string): Value {
  if (value.kind !== 'list' || fun.kind !== 'function') return noClause(`Keyword.${name}`)
  return list(
    itemsOf(context, value, () => noClause(`Keyword.${name}`)).filter(
      (item) => context.isTrue(context.call(fun, [item])) === keep,
    ),
  )
}

/** What `Keyword.validate` gives: the completed list, or the keys that are not allowed. */
function validate(
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

function newOf(context: CallContext, items: readonly Value[]): Value {
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
  return keywordList(pairs.filter(([key], index) => !pairs.slice(index + 1).some(([later]) => later === key)))
}

const splitBy = (context: CallContext, value: Value, keys: Value): Value => {
  const wanted = names(context, keys, 'split/2')
  const pairs = pairsOf(context, value, 'split/2')
  return tuple([
    keywordList(pairs.filter(([key]) => wanted.has(key))),
    keywordList(pairs.filter(([key]) => !wanted.has(key))),
  ])
}

/** `Keyword`. Values may be unknown. */
export const keywordFunctions: StdTable = {
  ...functions(
    'Keyword',
    { lazy: true, opaque: [2] },
    {
      'get/2': (context, value, key) => get(context, value, key, nil),
      'get/3': get,
      'put/3': put,
      'put_new/3': (context, value, key, item) => {
        if (value.kind !== 'list') return noClause('Keyword.put_new/3')
        const name = atomName(key, 'put_new/3')
        return find(pairsAmong(context, value, 'put_new/3'), name) === undefined
          ? list([tuple([atom(name), item]), ...value.items])
          : value
      },
      'replace/3': (context, value, key, item) => {
        const name = atomName(key, 'replace/3')
        const pairs = pairsOf(context, value, 'replace/3')
        const at = pairs.findIndex(([one]) => one === name)
        return at < 0
          ? value
          : keywordList(
              pairs.flatMap((pair, index) => (index === at ? [[name, item] as const] : pair[0] === name ? [] : [pair])),
            )
      },
      'replace!/3': (context, value, key, item) => {
        const name = atomName(key, 'replace!/3')
        const pairs = pairsOf(context, value, 'replace!/3')
        if (find(pairs, name) === undefined) return missing(context, key, value)
        const at = pairs.findIndex(([one]) => one === name)
        return keywordList(
          pairs.flatMap((pair, index) => (index === at ? [[name, item] as const] : pair[0] === name ? [] : [pair])),
        )
      },
      'pop/2': (context, value, key) => pop(context, value, key, nil),
      'pop/3': pop,
      'pop_first/2': (context, value, key) => popFirst(context, value, key, nil),
      'pop_first/3': popFirst,
      'update/4': (context, value, key, fallback, fun) =>
        update(context, value, key, fun, 'update/4', () => [[atomName(key, 'update/4'), fallback]]),
      'from_keys/2': (context, keys, item) =>
        keywordList([...names(context, keys, 'from_keys/2')].map((name) => [name, item])),
    },
  ),
  ...functions(
    'Keyword',
    { lazy: true },
    {
      'get_lazy/3': (context, value, key, fun) => {
        if (value.kind !== 'list' || fun.kind !== 'function') return noClause('Keyword.get_lazy/3')
        return find(pairsAmong(context, value, 'get_lazy/3'), atomName(key, 'get_lazy/3')) ?? context.call(fun, [])
      },
      'fetch/2': (context, value, key) => {
        const found = find(pairsAmong(context, value, 'fetch/2'), atomName(key, 'fetch/2'))
        return found === undefined ? atom('error') : tuple([atom('ok'), found])
      },
      'fetch!/2': (context, value, key) =>
        find(pairsAmong(context, value, 'fetch!/2'), atomName(key, 'fetch!/2')) ?? missing(context, key, value),
      'pop!/2': (context, value, key) => {
        const pairs = pairsAmong(context, value, 'pop!/2')
        return find(pairs, atomName(key, 'pop!/2')) === undefined
          ? missing(context, key, value)
          : pop(context, value, key, nil)
      },
      'pop_values/2': (context, value, key) => {
        const pairs = pairsAmong(context, value, 'pop_values/2')
        const name = atomName(key, 'pop_values/2')
        return tuple([
          list(pairs.filter(([one]) => one === name).map(([, item]) => item)),
          keywordList(without(pairs, name)),
        ])
      },
      'update!/3': (context, value, key, fun) =>
        update(context, value, key, fun, 'update!/3', () => missing(context, key, value)),
      'validate/2': (context, value, allowed) => {
        const { unknown, pairs } = validate(context, value, allowed)
        return unknown.length > 0
          ? tuple([atom('error'), list(unknown.map((key) => atom(key)))])
          : tuple([atom('ok'), keywordList(pairs)])
      },
      'validate!/2': (context, value, allowed) => {
        const { unknown, keys, pairs } = validate(context, value, allowed)
        if (unknown.length === 0) return keywordList(pairs)
        const shown = (all: readonly string[]) => show(context, list(all.map((key) => atom(key))))
        return raise(
          'ArgumentError',
          `unknown keys ${shown(unknown)} in ${show(context, value)}, the allowed keys are: ${shown(keys)}`,
        )
      },
      'split/2': splitBy,
      'split_with/2': (context, value, fun) =>
        tuple([
          filtered(context, value, fun, true, 'split_with/2'),
          filtered(context, value, fun, false, 'split_with/2'),
        ]),
    },
  ),
  ...functions(
    'Keyword',
    { lazy: true, gives: 'list' },
    {
      'put_new_lazy/3': (context, value, key, fun) => {
        if (value.kind !== 'list' || fun.kind !== 'function') return noClause('Keyword.put_new_lazy/3')
        const name = atomName(key, 'put_new_lazy/3')
        return find(pairsAmong(context, value, 'put_new_lazy/3'), name) === undefined
          ? list([tuple([atom(name), context.call(fun, [])]), ...value.items])
          : value
      },
      'merge/2': (context, one, other) => keywordList(merge(context, one, other)),
      'merge/3': mergeBy,
      'delete/2': (context, value, key) => {
        const name = atomName(key, 'delete/2')
        return keywordList(without(pairsAmong(context, value, 'delete/2'), name))
      },
      'delete_first/2': (context, value, key) => {
        const pairs = pairsAmong(context, value, 'delete_first/2')
        const at = pairs.findIndex(([name]) => name === atomName(key, 'delete_first/2'))
        return keywordList(pairs.filter((_, index) => index !== at))
      },
      'take/2': (context, value, keys) => {
        const wanted = names(context, keys, 'take/2')
        return keywordList(pairsOf(context, value, 'take/2').filter(([key]) => wanted.has(key)))
      },
      'drop/2': (context, value, keys) => {
        const unwanted = names(context, keys, 'drop/2')
        return keywordList(pairsOf(context, value, 'drop/2').filter(([key]) => !unwanted.has(key)))
      },
      'keys/1': (context, value) => list(pairsOf(context, value, 'keys/1').map(([key]) => atom(key))),
      'values/1': (context, value) => list(pairsOf(context, value, 'values/1').map(([, item]) => item)),
      'get_values/2': (context, value, key) => {
        const name = atomName(key, 'get_values/2')
        return list(pairsAmong(context, value, 'get_values/2').flatMap(([one, item]) => (one === name ? [item] : [])))
      },
      'filter/2': (context, value, fun) => filtered(context, value, fun, true, 'filter/2'),
      'reject/2': (context, value, fun) => filtered(context, value, fun, false, 'reject/2'),
      'map/2': (context, value, fun) => {
        if (fun.kind !== 'function') return noClause('Keyword.map/2')
        return keywordList(
          pairsOf(context, value, 'map/2').map(([key, item]) => [key, context.call(fun, [tuple([atom(key), item])])]),
        )
      },
      'new/0': () => list([]),
      'new/1': (context, value) => newOf(context, enumerate(context, value)),
      'new/2': (context, value, fun) => {
        if (fun.kind !== 'function') return noClause('Keyword.new/2')
        return newOf(
          context,
          enumerate(context, value).map((item) => tuple(pairOf(context, context.call(fun, [item])))),
        )
      },
      'to_list/1': (context, value) => keywordList(pairsOf(context, value, 'to_list/1')),
      'intersect/2': (context, one, other) => {
        const left = pairsOf(context, one, 'intersect/3')
        return keywordList(pairsOf(context, other, 'intersect/3').filter(([key]) => find(left, key) !== undefined))
      },
    },
  ),
  ...functions(
    'Keyword',
    { lazy: true, gives: 'boolean' },
    {
      'has_key?/2': (context, value, key) => {
        const name = atomName(key, 'has_key?/2')
        return boolean(find(pairsAmong(context, value, 'has_key?/2'), name) !== undefined)
      },
      'equal?/2': (context, one, other) => {
        const by = (pairs: Pairs) => [...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        const [left, right] = [by(pairsOf(context, one, 'equal?/2')), by(pairsOf(context, other, 'equal?/2'))]
        return boolean(
          left.length === right.length &&
            left.every(
              ([key, item], index) => right[index]?.[0] === key && same(context, item, right[index]?.[1] ?? nil),
            ),
        )
      },
    },
  ),
  ...functions(
    'Keyword',
    { lazy: true, opaque: [0], gives: 'boolean' },
    {
      'keyword?/1': (context, value) => {
        const given = outside(context, value)
        if (given.kind !== 'list') return boolean(false)
        if (given.tail) return boolean(false)
        return boolean(given.items.every((item) => isPair(context, item)))
      },
    },
  ),
}

function isPair(context: CallContext, item: Value): boolean {
  const given = outside(context, item)
  if (given.kind !== 'tuple' || given.items.length !== 2 || !given.items[0]) return false
  const key = outside(context, given.items[0])
  return key.kind === 'atom' || (key.kind === 'unknown' && unmodelled(key.why))
}
