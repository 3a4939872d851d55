import { equalValues } from './compare.ts'
import { type Choice, type Identity, whetherNil, whetherTrue } from './identity.ts'
import { isOpen } from './map.ts'
import { boolean, nil, type OneOfValue, type UnknownValue, unknownValue, type Value } from './value.ts'

/** The outcomes of choices, by their keys. */
type Decided = ReadonlyMap<string, number>

/** One of `values` by the outcome of `choice`; the value itself where all are equal. */
export function oneOf(choice: Choice, values: readonly Value[], why: string): Value {
  const own = values.map((value, index) =>
    value.kind === 'oneOf' && value.choice.key === choice.key ? (value.values[index] ?? value) : value,
  )
  const [first] = own
  if (first && own.every((value) => sameValue(value, first))) return first
  return { kind: 'oneOf', choice, values: own, why }
}

const sameValue = (one: Value, other: Value): boolean => one === other || equalValues(one, other)

/** The value as a branch has it that has `decided`; a `oneOf` where its choice is open. */
export function resolve(decided: Decided, value: Value): Value {
  let result = value
  while (result.kind === 'oneOf') {
    const outcome = decided.get(result.choice.key)
    const next = outcome === undefined ? undefined : result.values[outcome]
    if (next === undefined) return result
    result = next
  }
  return result.kind === 'unknown' ? narrow(decided, result) : result
}

/** What is left to not know of an unknown value once its truth is taken for given. */
function narrow(decided: Decided, value: UnknownValue): Value {
  const { id } = value
  const outcome = id && decided.get(whetherTrue(id).key)
  if (id === undefined || outcome === undefined) return value
  if (value.type === 'boolean') return boolean(outcome === 0, value.trail)
  if (outcome === 0) return value.type === 'any' || value.type === 'atom' ? { ...value, type: 'term' } : value
  return { kind: 'oneOf', choice: whetherNil(id), values: [nil, boolean(false)], why: value.why }
}

const answers = new WeakMap<Decided, WeakMap<Value, Value>>()

/** As `resolve`, at every depth. Parts that are shared stay shared. */
export function resolveAll(decided: Decided, value: Value): Value {
  const outer = resolve(decided, value)
  if (decided.size === 0 || !isOpen(outer)) return outer
  const known = answers.get(decided) ?? new WeakMap<Value, Value>()
  answers.set(decided, known)
  const answer = known.get(outer) ?? resolveInside(decided, outer)
  known.set(outer, answer)
  return answer
}

function resolveInside(decided: Decided, outer: Value): Value {
  const all = (items: readonly Value[]): readonly Value[] => items.map((item) => resolveAll(decided, item))
  if (outer.kind === 'tuple') return { ...outer, items: all(outer.items) }
  if (outer.kind === 'list') {
    const items = all(outer.items)
    return outer.tail ? { ...outer, items, tail: resolveAll(decided, outer.tail) } : { ...outer, items }
  }
  if (outer.kind === 'map')
    return { ...outer, entries: outer.entries.map(([key, item]) => [key, resolveAll(decided, item)]) }
  return outer
}

/** The first `oneOf` (or, without one, unknown) anywhere in `value`. */
export function findOpen(value: Value): OneOfValue | UnknownValue | undefined {
  if (value.kind === 'oneOf' || value.kind === 'unknown') return value
  if (value.kind === 'absent' || !isOpen(value)) return undefined
  const items =
    value.kind === 'map' ? value.entries.flat() : value.kind === 'list' || value.kind === 'tuple' ? value.items : []
  const all = value.kind === 'list' && value.tail ? [...items, value.tail] : items
  let unknown: UnknownValue | undefined
  for (const item of all) {
    const found = findOpen(item)
    if (found?.kind === 'oneOf') return found
    unknown ??= found
  }
  return unknown
}

/** What `value` may be: itself, or every different alternative of a `oneOf`, at its top. `absent` may be one of them. */
export function alternatives(value: Value): readonly Value[] {
  if (value.kind !== 'oneOf') return [value]
  const found: Value[] = []
  for (const one of value.values.flatMap(alternatives))
    if (!found.some((known) => sameValue(known, one))) found.push(one)
  return found
}

/** How many leaves a `oneOf` has. */
export const alternativesCount = (value: Value): number =>
  value.kind === 'oneOf' ? value.values.reduce((sum, one) => sum + alternativesCount(one), 0) : 1

/** `value` with every alternative of a `oneOf` replaced. */
export function mapAlternatives(value: Value, change: (one: Value) => Value): Value {
  if (value.kind !== 'oneOf') return change(value)
  return oneOf(
    value.choice,
    value.values.map((one) => mapAlternatives(one, change)),
    value.why,
  )
}

/** An unknown value in place of one that cannot be followed, with the reason of the first unknown thing in `from`. */
export function unknownFrom(from: readonly Value[], type: UnknownValue['type'], id?: Identity): UnknownValue {
  const open = from.map(findOpen).find((found) => found !== undefined)
  const trail = from.flatMap((value) => value.trail ?? []).slice(0, 12)
  const made = unknownValue(open?.why ?? 'it depends on what is not known', type, trail, id)
  return open?.kind === 'unknown' && open.bound ? { ...made, bound: true } : made
}
