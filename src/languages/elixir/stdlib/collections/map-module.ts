import { mapDelete, mapGet, mapOf, mapPut, structName } from '../../values/map.ts'
import { type CallContext, noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, boolean, list, type MapValue, nil, tuple, type Value } from '../../values/value.ts'
import { functions, itemsOf, mapArgument, same, show, unmodelled } from '../define.ts'
import { enumerate, knownKey, pairOf } from './enumerable.ts'

const own = mapArgument

/** The value under a key that is known; undefined where there is none. */
function find(context: CallContext, value: Value, key: Value): Value | undefined {
  return mapGet(own(context, value), knownKey(context, key))
}

const missing = (context: CallContext, key: Value, value: Value): never =>
  raise('KeyError', `key ${show(context, key)} not found in: ${show(context, value)}`, { key, term: value })

const put = (context: CallContext, value: Value, key: Value, item: Value): Value =>
  mapPut(own(context, value), knownKey(context, key), item)

function keysOf(context: CallContext, value: Value): readonly Value[] {
  return enumerate(context, value).map((one) => knownKey(context, one))
}

function filtered(context: CallContext, value: Value, fun: Value, keep: boolean): MapValue {
  const map = own(context, value)
  if (fun.kind !== 'function') return noClause(keep ? 'Map.filter/2' : 'Map.reject/2')
  return {
    kind: 'map',
    entries: map.entries.filter(([key, item]) => context.isTrue(context.call(fun, [tuple([key, item])])) === keep),
  }
}

function taken(context: CallContext, value: Value, keys: Value): MapValue {
  const map = own(context, value)
  return mapOf(
    keysOf(context, keys).flatMap((key) => {
      const found = mapGet(map, key)
      return found ? [[key, found] as const] : []
    }),
  )
}

const dropped = (context: CallContext, value: Value, keys: Value): MapValue =>
  keysOf(context, keys).reduce<MapValue>((map, key) => mapDelete(map, key), own(context, value))

function pop(context: CallContext, value: Value, key: Value, fallback: Value): Value {
  const map = own(context, value)
  const found = mapGet(map, knownKey(context, key))
  return found ? tuple([found, mapDelete(map, key)]) : tuple([fallback, map])
}

function newOf(context: CallContext, value: Value): Value {
  if (value.kind === 'map' && structName(value) === undefined) return value
  return mapOf(enumerate(context, value).map((item) => pairOf(context, item)))
}

function mergeBy(context: CallContext, one: Value, other: Value, fun: Value): Value {
  if (fun.kind !== 'function') return noClause('Map.merge/3')
  const left = own(context, one)
  const added = own(context, other).entries.map(([key, item]) => {
    const found = mapGet(left, key)
    return [key, found ? context.call(fun, [key, found, item]) : item] as const
  })
  return mapOf([...left.entries, ...added])
}

/** `Map` and what of `:maps` is usual. Values may be unknown. */
export const mapFunctions: StdTable = {
  ...functions(
    'Map',
    { lazy: true, opaque: [2] },
    {
      'get/2': (context, value, key) => find(context, value, key) ?? nil,
      'get/3': (context, value, key, fallback) => find(context, value, key) ?? fallback,
      'put/3': put,
      'put_new/3': (context, value, key, item) =>
        find(context, value, key) === undefined ? put(context, value, key, item) : value,
      'replace/3': (context, value, key, item) =>
        find(context, value, key) === undefined ? value : put(context, value, key, item),
      'replace!/3': (context, value, key, item) =>
        find(context, value, key) === undefined ? missing(context, key, value) : put(context, value, key, item),
      'pop/2': (context, value, key) => pop(context, value, key, nil),
      'pop/3': pop,
      'update/4': (context, value, key, fallback, fun) => {
        const found = find(context, value, key)
        if (fun.kind !== 'function') return noClause('Map.update/4')
        return put(context, value, key, found === undefined ? fallback : context.call(fun, [found]))
      },
    },
  ),
  ...functions(
    'Map',
    { lazy: true },
    {
      'get_lazy/3': (context, value, key, fun) => {
        if (fun.kind !== 'function') return noClause('Map.get_lazy/3')
        return find(context, value, key) ?? context.call(fun, [])
      },
      'fetch/2': (context, value, key) => {
        const found = find(context, value, key)
        return found ? tuple([atom('ok'), found]) : atom('error')
      },
      'fetch!/2': (context, value, key) => find(context, value, key) ?? missing(context, key, value),
      'pop!/2': (context, value, key) =>
        find(context, value, key) === undefined ? missing(context, key, value) : pop(context, value, key, nil),
      'pop_lazy/3': (context, value, key, fun) => {
        if (fun.kind !== 'function') return noClause('Map.pop_lazy/3')
        return find(context, value, key) === undefined
          ? pop(context, value, key, context.call(fun, []))
          : pop(context, value, key, nil)
      },
      'split/2': (context, value, keys) => tuple([taken(context, value, keys), dropped(context, value, keys)]),
      'split_with/2': (context, value, fun) =>
        tuple([filtered(context, value, fun, true), filtered(context, value, fun, false)]),
    },
  ),
  ...functions(
    'Map',
    { lazy: true, gives: 'map' },
    {
      'put_new_lazy/3': (context, value, key, fun) => {
        if (fun.kind !== 'function') return noClause('Map.put_new_lazy/3')
        return find(context, value, key) === undefined ? put(context, value, key, context.call(fun, [])) : value
      },
      'update!/3': (context, value, key, fun) => {
        const found = find(context, value, key) ?? missing(context, key, value)
        return fun.kind === 'function'
          ? put(context, value, key, context.call(fun, [found]))
          : noClause('Map.update!/3')
      },
      'replace_lazy/3': (context, value, key, fun) => {
        const found = find(context, value, key)
        if (fun.kind !== 'function') return noClause('Map.replace_lazy/3')
        return found ? put(context, value, key, context.call(fun, [found])) : value
      },
      'delete/2': (context, value, key) => mapDelete(own(context, value), knownKey(context, key)),
      'merge/2': (context, one, other) => mapOf([...own(context, one).entries, ...own(context, other).entries]),
      'merge/3': mergeBy,
      'take/2': taken,
      'drop/2': dropped,
      'filter/2': (context, value, fun) => filtered(context, value, fun, true),
      'reject/2': (context, value, fun) => filtered(context, value, fun, false),
      'map/2': (context, value, fun) => {
        if (fun.kind !== 'function') return noClause('Map.map/2')
        return mapOf(own(context, value).entries.map(([key, item]) => [key, context.call(fun, [tuple([key, item])])]))
      },
      'new/0': () => mapOf([]),
      'new/1': newOf,
      'new/2': (context, value, fun) => {
        if (fun.kind !== 'function') return noClause('Map.new/2')
        return mapOf(enumerate(context, value).map((item) => pairOf(context, context.call(fun, [item]))))
      },
      'from_struct/1': (context, value) => {
        if (value.kind === 'atom') return unmodelled('the fields of the struct are not known')
        return structName(value) === undefined
          ? noClause('Map.from_struct/1')
          : mapDelete(own(context, value), atom('__struct__'))
      },
      'from_keys/2': (context, keys, item) =>
        mapOf(itemsOf(context, keys, () => noClause(':maps.from_keys/2')).map((key) => [knownKey(context, key), item])),
      'intersect/2': (context, one, other) => {
        const left = own(context, one)
        return mapOf(own(context, other).entries.filter(([key]) => mapGet(left, key) !== undefined))
      },
    },
  ),
  ...functions(
    'Map',
    { lazy: true, gives: 'list' },
    {
      'keys/1': (context, value) => list(own(context, value).entries.map(([key]) => key)),
      'values/1': (context, value) => list(own(context, value).entries.map(([, item]) => item)),
      'to_list/1': (context, value) => list(own(context, value).entries.map(([key, item]) => tuple([key, item]))),
    },
  ),
  ...functions(
    'Map',
    { lazy: true, gives: 'boolean' },
    {
      'has_key?/2': (context, value, key) => boolean(find(context, value, key) !== undefined),
      'equal?/2': (context, one, other) => boolean(same(context, own(context, one), own(context, other))),
    },
  ),
  ...functions(
    ':maps',
    { lazy: true },
    {
      'get/2': (context, key, value) => find(context, value, key) ?? missing(context, key, value),
      'get/3': (context, key, value, fallback) => find(context, value, key) ?? fallback,
      'put/3': (context, key, item, value) => put(context, value, key, item),
      'merge/2': (context, one, other) => mapOf([...own(context, one).entries, ...own(context, other).entries]),
      'to_list/1': (context, value) => list(own(context, value).entries.map(([key, item]) => tuple([key, item]))),
      'from_list/1': (context, value) =>
        mapOf(itemsOf(context, value, () => noClause(':maps.from_list/1')).map((item) => pairOf(context, item))),
      'keys/1': (context, value) => list(own(context, value).entries.map(([key]) => key)),
      'values/1': (context, value) => list(own(context, value).entries.map(([, item]) => item)),
      'is_key/2': (context, key, value) => boolean(find(context, value, key) !== undefined),
    },
  ),
}
