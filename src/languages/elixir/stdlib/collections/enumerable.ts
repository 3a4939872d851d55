import { field, isOpen, mapOf, mapPut, structName } from '../../values/map.ts'
import { type CallContext, raise } from '../../values/types.ts'
import { integer, list, type MapValue, tuple, type Value } from '../../values/value.ts'
import { joined, noProtocol, outside, tooMuch, unmodelled } from '../define.ts'

/** The items of a list, map or range; Protocol.UndefinedError for anything else. */
export function enumerate(context: CallContext, value: Value): readonly Value[] {
  const given = outside(context, value)
  const items = given.kind === 'list' ? listItems(context, given) : given.kind === 'map' ? mapItems(given) : undefined
  if (items === undefined) {
    if (given.kind === 'function') return unmodelled('streams of functions are not modelled')
    return noProtocol(context, 'Enumerable', given)
  }
  context.tick(items.length)
  return items
}

function listItems(context: CallContext, value: Value & { kind: 'list' }): readonly Value[] {
  if (value.tail === undefined) return value.items
  outside(context, value.tail)
  return raise('FunctionClauseError', 'no function clause matching in Enum."-map/2-lists^map/1-0-"/2')
}

function mapItems(value: MapValue): readonly Value[] | undefined {
  const name = structName(value)
  if (name === undefined) return value.entries.map(([key, item]) => tuple([key, item]))
  return name === 'Elixir.Range' ? rangeItems(value) : undefined
}

/** First, last and step of a range. */
export function rangeOf(
  value: Value,
): { readonly first: bigint; readonly last: bigint; readonly step: bigint } | undefined {
  if (value.kind !== 'map' || structName(value) !== 'Elixir.Range') return undefined
  const [first, last, step] = ['first', 'last', 'step'].map((name) => field(value, name))
  if (first?.kind !== 'integer' || last?.kind !== 'integer' || step?.kind !== 'integer') return undefined
  return { first: first.value, last: last.value, step: step.value }
}

function rangeItems(value: MapValue): readonly Value[] {
  const range = rangeOf(value)
  if (!range) return unmodelled('the bounds of the range are not known')
  const size = (range.last - range.first) / range.step + 1n
  const isEmpty = range.step > 0n ? range.first > range.last : range.first < range.last
  if (isEmpty) return []
  if (size > 100_000n) return tooMuch('the range is too long to follow')
  return Array.from({ length: Number(size) }, (_, index) => integer(range.first + BigInt(index) * range.step))
}

/** `Enum.into(items, collectable)`. */
export function collectInto(context: CallContext, items: readonly Value[], into: Value): Value {
  const target = outside(context, into)
  if (target.kind === 'list') return list([...listItems(context, target), ...items])
  if (target.kind === 'map' && structName(target) === undefined) return putAll(context, target, items)
  if (target.kind === 'binary' || target.kind === 'bytes') {
    const parts = items.map((item) => outside(context, item))
    const texts = parts.map((part) => (part.kind === 'binary' ? part.text : undefined))
    if (target.kind === 'binary' && !texts.includes(undefined))
      return { kind: 'binary', text: joined([target.text, ...texts.map((text) => text ?? '')]) }
    if (parts.some((part) => part.kind === 'bytes') || target.kind === 'bytes')
      return unmodelled('it joins binaries that are no text')
    return raise('FunctionClauseError', 'no function clause matching in anonymous fn/2 in Collectable.BitString.into/1')
  }
  return noProtocol(context, 'Collectable', target)
}

function putAll(context: CallContext, target: MapValue, items: readonly Value[]): MapValue {
  const pairs = items.map((item) => pairOf(context, item))
  const [only] = pairs
  return only && pairs.length === 1 ? mapPut(target, only[0], only[1]) : mapOf([...target.entries, ...pairs])
}

/** The two parts of a pair, the key fully known; ArgumentError for what is no pair. */
export function pairOf(context: CallContext, item: Value): readonly [Value, Value] {
  const given = outside(context, item)
  const [key, value] = given.kind === 'tuple' && given.items.length === 2 ? given.items : []
  if (!key || !value) return raise('ArgumentError', 'argument error')
  return [knownKey(context, key), value]
}

/** A key of a map, which must be known at every depth. */
export function knownKey(context: CallContext, key: Value): Value {
  const given = outside(context, key)
  return isOpen(given) ? unmodelled('a key of the map is not known') : given
}
