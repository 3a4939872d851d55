import type { Choice } from '../values/identity.ts'
import { isKeyword, keywordGetValue, pairKey } from '../values/map.ts'
import { mapAlternatives, oneOf } from '../values/one-of.ts'
import { absent, atom, type ListValue, list, tuple, unknownValue, type Value } from '../values/value.ts'

/**
 * What the applications see where both configs are set: as `Config.Reader.merge/2`. Keyword lists are merged at every
 * depth below the application, anything else of `later` replaces what `earlier` has.
 */
export const mergeConfigs = (earlier: Value, later: Value): Value =>
  mergeWith(earlier, later, (one, other) => mergeWith(one, other, mergeDeep))

/** Two values of one key. */
function mergeDeep(earlier: Value, later: Value): Value {
  if (later.kind === 'oneOf') return mapAlternatives(later, (one) => mergeDeep(earlier, one))
  if (earlier.kind === 'oneOf') return mapAlternatives(earlier, (one) => mergeDeep(one, later))
  if (later.kind === 'absent') return earlier
  if (earlier.kind === 'absent') return later
  const both = isMergeable(earlier) && isMergeable(later)
  return both && (later.kind !== 'unknown' || isKeywordLike(earlier)) ? mergeWith(earlier, later, mergeDeep) : later
}

const isMergeable = (value: Value): boolean =>
  isKeywordLike(value) ||
  (value.kind === 'unknown' && (value.type === 'any' || value.type === 'term' || value.type === 'list'))

/** A keyword list, maybe with further items that we do not know. */
const isKeywordLike = (value: Value): value is ListValue =>
  value.kind === 'list' &&
  (value.tail === undefined || value.tail.kind === 'unknown') &&
  isKeyword({ kind: 'list', items: value.items })

function mergeWith(earlier: Value, later: Value, mergeValues: (one: Value, other: Value) => Value): Value {
  if (later.kind === 'oneOf') return mapAlternatives(later, (one) => mergeWith(earlier, one, mergeValues))
  if (earlier.kind === 'oneOf') return mapAlternatives(earlier, (one) => mergeWith(one, later, mergeValues))
  if (later.kind === 'unknown') return isKeywordLike(earlier) ? clouded(earlier, later.why) : later
  if (!isKeywordLike(later)) return later
  if (!isKeywordLike(earlier)) return earlier.kind === 'unknown' ? { ...later, tail: earlier } : later
  const base = later.tail ? clouded(earlier, later.tail.kind === 'unknown' ? later.tail.why : '') : earlier
  const merged = mergePairs(base.items, later.items, mergeValues)
  const tail = base.tail ?? later.tail
  return tail ? { kind: 'list', items: merged, tail } : list(merged)
}

/** The order is Elixir's: keys that `later` does not have, then those of `later`. Of double keys the first is merged. */
function mergePairs(
  earlier: readonly Value[],
  later: readonly Value[],
  mergeValues: (one: Value, other: Value) => Value,
): readonly Value[] {
  const original = new Map<string, Value[]>()
  for (const pair of earlier.toReversed()) {
    const key = pairKey(pair) ?? ''
    const same = original.get(key)
    if (same) same.push(pair)
    else original.set(key, [pair])
  }
  const added: Value[] = []
  const replaced = new Set<string>()
  for (const pair of later) {
    const key = pairKey(pair) ?? ''
    const known = original.get(key)?.pop()
    if (known === undefined) {
      added.push(pair)
      continue
    }
    replaced.add(key)
    added.push(tuple([atom(key), mergeValues(secondOf(known), secondOf(pair))]))
  }
  return [...earlier.filter((pair) => !replaced.has(pairKey(pair) ?? '')), ...added]
}

const secondOf = (pair: Value): Value => (pair.kind === 'tuple' ? (pair.items[1] ?? absent) : absent)

/** A keyword list after a merge with one that we do not know: any key may have another value now. */
const clouded = (known: ListValue, why: string): ListValue => ({
  kind: 'list',
  items: known.items.map((pair) => tuple([atom(pairKey(pair) ?? ''), unknownValue(why)])),
  tail: unknownValue(why, 'list'),
})

/** The applications' config after a choice. An application without config is one with an empty config. */
export function joinConfigs(choice: Choice, configs: readonly Value[], why: string): Value {
  return joinKeywords(choice, configs, why, list([]))
}

/** A keyword list after a choice: what is the same on all its branches stays, what is not is a `oneOf`, key by key. */
function joinKeywords(choice: Choice, configs: readonly Value[], why: string, missing: Value): Value {
  const [first] = configs
  if (!first || configs.every((one) => one === first)) return first ?? list([])
  const lists = configs.map((one) =>
    isKeywordLike(one) && one.tail === undefined && !hasDoubles(one) ? one : undefined,
  )
  if (lists.includes(undefined)) return oneOf(choice, configs, why)
  const keys = new Set(lists.flatMap((one) => one?.items.map((pair) => pairKey(pair) ?? '') ?? []))
  return list(
    [...keys].map((key) => {
      const values = lists.map((one) => {
        const pair = one?.items.find((item) => pairKey(item) === key)
        return pair ? secondOf(pair) : missing
      })
      return tuple([atom(key), joinKeywords(choice, isModule(key) ? values.map(orEmpty) : values, why, absent)])
    }),
  )
}

/** What is configured under a module counts key by key: without config is as with an empty one. */
const isModule = (key: string): boolean => key.startsWith('Elixir.')

const orEmpty = (value: Value): Value => (value.kind === 'absent' ? list([]) : value)

const hasDoubles = (value: ListValue): boolean => new Set(value.items.map(pairKey)).size !== value.items.length

/**
 * The value at `path` (`['my_app', 'Elixir.MyAppWeb.Endpoint', 'url', 'host']`, names of atoms): undefined where it is
 * surely not set; a `oneOf` with `absent` where it may not be.
 */
export function configAt(config: Value, path: readonly string[]): Value | undefined {
  const found = lookUp(config, path, 0)
  return found.kind === 'absent' ? undefined : found
}

/** The value at what is left of `path` from the name at `depth` on. */
function lookUp(config: Value, path: readonly string[], depth: number): Value {
  const key = path[depth]
  if (key === undefined || config.kind === 'unknown') return config
  if (config.kind === 'oneOf') return mapAlternatives(config, (one) => lookUp(one, path, depth))
  if (config.kind === 'map') {
    const entry = config.entries.find(([name]) => name.kind === 'atom' && name.name === key)
    return entry ? lookUp(entry[1], path, depth + 1) : absent
  }
  if (config.kind !== 'list') return absent
  const value = keywordGetValue(config, key)
  if (value) return lookUp(value, path, depth + 1)
  return config.tail?.kind === 'unknown' ? config.tail : absent
}
