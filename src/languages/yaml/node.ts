import type { Label } from '../../text/diagnostic.ts'
import { type Span, span } from '../../text/source.ts'

/** The types that Go's YAML library gives to scalars; `float32` and `bool` also come from casts of texts. */
export type ScalarType = 'string' | 'int' | 'uint' | 'float' | 'float32' | 'bool' | 'null' | 'time'

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly type: ScalarType
  /** The value as Go prints it; with `gap` (see text/known.ts) where it is not known. */
  readonly text: string
  /** Why it is not fully known; undefined where it is. */
  readonly unknown?: string | undefined
  /** As it is written, quotes included; empty behind the key where nothing is. */
  readonly span: Span
  /** Where the text stands without quotes. */
  readonly inner: Span
  readonly trail: readonly Label[]
  /** Of an entry such as `KEY=value` that was written as a key and a value: where both stand. */
  readonly pair?: { readonly keySpan: Span; readonly valueSpan: Span; readonly hasValue: boolean }
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly span: Span
}

export interface Entry {
  readonly key: string
  readonly keySpan: Span
  readonly value: Node
  /** Where files before this one write the same key. */
  readonly earlier: readonly Label[]
}

export interface MapNode {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  readonly span: Span
}

/** A value of a compose file. Nodes are never changed: merges and transformations give new ones. */
export type Node = ScalarNode | ListNode | MapNode

/** Whether the node is an empty value of YAML. */
export const isNull = (node: Node | undefined): boolean => node?.kind === 'scalar' && node.type === 'null'

/** Whether the node is a text. */
export const isString = (node: Node | undefined): node is ScalarNode =>
  node?.kind === 'scalar' && node.type === 'string'

/** A text that is written nowhere as such, attributed to `at`. */
export function textNode(text: string, at: Span, more: Partial<ScalarNode> = {}): ScalarNode {
  return { kind: 'scalar', type: 'string', text, span: at, inner: at, trail: [], ...more }
}

/** A value that Compose supplies, attributed to `at`. */
export const scalarNode = (type: ScalarType, text: string, at: Span): ScalarNode => textNode(text, at, { type })

/** A mapping of our own making, at `at`. */
export const mapNode = (entries: Iterable<Entry>, at: Span): MapNode => ({
  kind: 'map',
  entries: new Map([...entries].map((entry) => [entry.key, entry])),
  span: at,
})

/** An entry of a mapping. */
export const entryOf = (key: string, value: Node, keySpan: Span = value.span): Entry => ({
  key,
  keySpan,
  value,
  earlier: [],
})

/** `map` with `key` set to `value`, in its place where it has one. */
export function withEntry(map: MapNode, key: string, value: Node): MapNode {
  const entries = new Map(map.entries)
  const before = entries.get(key)
  entries.set(key, before ? { ...before, value } : entryOf(key, value))
  return { ...map, entries }
}

/** `map` without what stands under `key`. */
export function withoutEntry(map: MapNode, key: string): MapNode {
  if (!map.entries.has(key)) return map
  const entries = new Map(map.entries)
  entries.delete(key)
  return { ...map, entries }
}

/** What stands under `key`. */
export const valueAt = (map: MapNode, key: string): Node | undefined => map.entries.get(key)?.value

/** The mapping under `key`; undefined where there is none or it is something else. */
export function mapAt(map: MapNode, key: string): MapNode | undefined {
  const value = valueAt(map, key)
  return value?.kind === 'map' ? value : undefined
}

/** The empty place right behind `at`. */
export const emptyAt = (at: Span): Span => span(at.source, at.end, at.end)

/** Whether both hold the same, wherever they stand. */
export function sameValue(one: Node, other: Node): boolean {
  if (one === other) return true
  if (one.kind === 'scalar')
    return (
      other.kind === 'scalar' && one.type === other.type && one.text === other.text && one.unknown === other.unknown
    )
  if (one.kind === 'list') {
    if (other.kind !== 'list' || one.items.length !== other.items.length) return false
    return one.items.every((item, index) => sameItem(item, other.items[index]))
  }
  if (other.kind !== 'map' || one.entries.size !== other.entries.size) return false
  return [...one.entries].every(([key, entry]) => sameItem(entry.value, other.entries.get(key)?.value))
}

const sameItem = (one: Node, other: Node | undefined): boolean => other !== undefined && sameValue(one, other)
