import { noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, boolean, list, nil, tuple } from '../../values/value.ts'
import { functions, outside, same, show } from '../define.ts'
import { enumerate, pairOf } from './enumerable.ts'
import {
  atomName,
  filtered,
  find,
  get,
  isPair,
  keywordList,
  merge,
  mergeBy,
  missing,
  names,
  newOf,
  type Pairs,
  pairsAmong,
  pairsOf,
  pop,
  popFirst,
  put,
  splitBy,
  update,
  validate,
  without,
} from './keyword-pairs.ts'

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
        if (value.kind === 'list' && value.items.some((item) => item.kind !== 'tuple' || item.items.length !== 2))
          noClause('anonymous fn/1 in Keyword.take/2')
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
