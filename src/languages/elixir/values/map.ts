import { compareValues } from './compare.ts'
import { atom, isAtom, type ListValue, type MapValue, type TupleValue, type Value } from './value.ts'

/** A map of `pairs`; of equal keys the last one counts. */
export function mapOf(pairs: readonly (readonly [Value, Value])[]): MapValue {
  const sorted = pairs
    .map((pair, index) => ({ pair, index }))
    .sort((a, b) => compareValues(a.pair[0], b.pair[0], true) || a.index - b.index)
  const entries: (readonly [Value, Value])[] = []
  for (const { pair } of sorted) {
    const last = entries.at(-1)
    if (last && compareValues(last[0], pair[0], true) === 0) entries[entries.length - 1] = pair
    else entries.push(pair)
  }
  return { kind: 'map', entries }
}

/** The place of `key`, or where it would be put. */
function placeOf(map: MapValue, key: Value): { readonly at: number; readonly found: boolean } {
  let low = 0
  let high = map.entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = map.entries[middle]
    const order = entry ? compareValues(entry[0], key, true) : 0
    if (order === 0) return { at: middle, found: true }
    if (order < 0) low = middle + 1
    else high = middle
  }
  return { at: low, found: false }
}

/** The value under `key`, undefined where there is none. */
export function mapGet(map: MapValue, key: Value): Value | undefined {
  const { at, found } = placeOf(map, key)
  return found ? map.entries[at]?.[1] : undefined
}

/** `map` with `value` under `key`. */
export function mapPut(map: MapValue, key: Value, value: Value): MapValue {
  const { at, found } = placeOf(map, key)
  return { ...map, entries: [...map.entries.slice(0, at), [key, value], ...map.entries.slice(found ? at + 1 : at)] }
}

/** `map` without `key`. */
export function mapDelete(map: MapValue, key: Value): MapValue {
  const { at, found } = placeOf(map, key)
  return found ? { ...map, entries: [...map.entries.slice(0, at), ...map.entries.slice(at + 1)] } : map
}

/** The struct `%Module{fields}`; `module` is an atom's name, such as `Elixir.URI`. */
export const struct = (module: string, fields: Readonly<Record<string, Value>>): MapValue =>
  mapOf([
    [atom('__struct__'), atom(module)],
    ...Object.entries(fields).map(([key, value]) => [atom(key), value] as const),
  ])

/** The module of a struct, such as `Elixir.URI`; undefined for what is none. */
export function structName(value: Value): string | undefined {
  if (value.kind === 'regex') return 'Elixir.Regex'
  if (value.kind !== 'map') return undefined
  const name = mapGet(value, atom('__struct__'))
  return name?.kind === 'atom' ? name.name : undefined
}

/** The value under the atom `key` of a map or struct. */
export const field = (map: MapValue, key: string): Value | undefined => mapGet(map, atom(key))

export interface KeywordList extends ListValue {
  readonly items: readonly TupleValue[]
}

/** Whether `value` is a list of pairs that each begin with an atom. The empty list is one. */
export function isKeyword(value: Value): value is KeywordList {
  return value.kind === 'list' && value.tail === undefined && value.items.every((item) => pairKey(item) !== undefined)
}

/** The key of `{:key, value}`; undefined for what is no such pair. */
export function pairKey(item: Value): string | undefined {
  if (item.kind !== 'tuple' || item.items.length !== 2) return undefined
  const key = item.items[0]
  return key?.kind === 'atom' ? key.name : undefined
}

/** The first value under `key` of a keyword list. */
export function keywordGetValue(list: ListValue, key: string): Value | undefined {
  for (const item of list.items) {
    if (item.kind === 'tuple' && item.items.length === 2 && item.items[0] && isAtom(item.items[0], key))
      return item.items[1]
  }
  return undefined
}

const open = new WeakMap<Value, boolean>()

/** Whether there is an `unknown`, `oneOf` or `absent` anywhere in `value`. */
export function isOpen(value: Value): boolean {
  if (value.kind === 'unknown' || value.kind === 'oneOf' || value.kind === 'absent') return true
  if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'map') return false
  const known = open.get(value)
  if (known !== undefined) return known
  const result =
    value.kind === 'map'
      ? value.entries.some(([key, item]) => isOpen(key) || isOpen(item))
      : value.items.some(isOpen) || (value.kind === 'list' && value.tail !== undefined && isOpen(value.tail))
  open.set(value, result)
  return result
}
