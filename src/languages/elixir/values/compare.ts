import type { ListValue, MapValue, Value } from './value.ts'

const ranks: Readonly<Record<Value['kind'], number>> = {
  integer: 0,
  float: 0,
  atom: 1,
  opaque: 2,
  function: 3,
  tuple: 6,
  map: 7,
  regex: 7,
  list: 8,
  binary: 9,
  bytes: 9,
  unknown: 10,
  oneOf: 11,
  absent: 12,
}

/**
 * Elixir's term order: negative, zero or positive. With `strict` the integer 1 comes before the float 1.0, as for keys
 * of maps; without, they are equal. Unknown values come last, in an order that means nothing.
 */
export function compareValues(one: Value, other: Value, strict = false): number {
  if (one === other) return 0
  const rank = ranks[one.kind] - ranks[other.kind]
  if (rank !== 0) return rank
  if (one.kind === 'integer' || one.kind === 'float') {
    if (other.kind !== 'integer' && other.kind !== 'float') return 0
    if (one.value < other.value) return -1
    if (one.value > other.value) return 1
    return strict && one.kind !== other.kind ? (one.kind === 'integer' ? -1 : 1) : 0
  }
  if (one.kind === 'atom' && other.kind === 'atom') return compareText(one.name, other.name)
  if (one.kind === 'binary' && other.kind === 'binary') return compareText(one.text, other.text)
  if (one.kind === 'tuple' && other.kind === 'tuple')
    return one.items.length - other.items.length || compareItems(one.items, other.items, strict)
  if (one.kind === 'list' && other.kind === 'list') return compareLists(one, other, strict)
  if (one.kind === 'map' && other.kind === 'map') return compareMaps(one, other, strict)
  if (one.kind === 'regex' && other.kind === 'regex')
    return compareText(one.source, other.source) || compareText(one.options, other.options)
  if (one.kind === 'map' || one.kind === 'regex') return one.kind === 'map' ? -1 : 1
  return compareOthers(one, other)
}

/** `==` where not strict, `===` where strict. Ask `isOpen` first: two unknown values are equal only if they are one. */
export const equalValues = (one: Value, other: Value, strict = true): boolean => compareValues(one, other, strict) === 0

/** The order of texts by code points, which is that of their UTF-8 bytes. */
function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) {
    const a = one.charCodeAt(at)
    const b = other.charCodeAt(at)
    if (a !== b) return aboveSurrogates(a) - aboveSurrogates(b)
  }
  return one.length - other.length
}

const aboveSurrogates = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

function compareItems(one: readonly Value[], other: readonly Value[], strict: boolean): number {
  for (const [index, item] of one.entries()) {
    const matching = other[index]
    if (matching === undefined) return 1
    const order = compareValues(item, matching, strict)
    if (order !== 0) return order
  }
  return 0
}

function compareLists(one: ListValue, other: ListValue, strict: boolean): number {
  const shared = Math.min(one.items.length, other.items.length)
  const order = compareItems(one.items.slice(0, shared), other.items.slice(0, shared), strict)
  if (order !== 0) return order
  const [rest, remaining] = [restOf(one, shared), restOf(other, shared)]
  if (rest.kind === 'list' && remaining.kind === 'list') return rest.items.length - remaining.items.length
  return compareValues(rest, remaining, strict)
}

/** What follows the first items: further items, the tail of an improper list, or the empty list. */
function restOf(value: ListValue, from: number): Value {
  if (from < value.items.length) return { ...value, items: value.items.slice(from) }
  return value.tail ?? { kind: 'list', items: [] }
}

function compareMaps(one: MapValue, other: MapValue, strict: boolean): number {
  if (one.entries.length !== other.entries.length) return one.entries.length - other.entries.length
  const keys = (map: MapValue) => map.entries.map(([key]) => key)
  const values = (map: MapValue) => map.entries.map(([, value]) => value)
  return compareItems(keys(one), keys(other), true) || compareItems(values(one), values(other), strict)
}

const identities = new WeakMap<Value, number>()
let identified = 0
function identityOf(value: Value): number {
  const known = identities.get(value) ?? ++identified
  identities.set(value, known)
  return known
}

function compareOthers(one: Value, other: Value): number {
  if (one.kind === 'bytes' || other.kind === 'bytes') return compareBytes(one, other)
  if (one.kind === 'opaque' && other.kind === 'opaque') return compareText(one.text, other.text)
  if (one.kind === 'absent') return 0
  if (one.kind === 'function' && other.kind === 'function' && one.external && other.external)
    return compareText(one.name, other.name)
  if (one.kind === 'oneOf' && other.kind === 'oneOf' && one.choice.key === other.choice.key)
    return one.values.length - other.values.length || compareItems(one.values, other.values, true)
  if (one.kind === 'unknown' && other.kind === 'unknown' && one.id !== undefined && one.id.key === other.id?.key)
    return 0
  return identityOf(one) - identityOf(other)
}

function compareBytes(one: Value, other: Value): number {
  const a = toBytes(one)
  const b = toBytes(other)
  for (const [index, byte] of a.entries()) {
    const matching = b[index]
    if (matching === undefined) return 1
    if (byte !== matching) return byte - matching
  }
  return a.length - b.length
}

function toBytes(value: Value): Uint8Array {
  if (value.kind === 'bytes') return value.bytes
  return new TextEncoder().encode(value.kind === 'binary' ? value.text : '')
}
