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

export interface YamlList {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
  readonly span: Span
}

export interface YamlEntry {
  readonly key: string
  readonly keySpan: Span
  readonly value: YamlNode
  /** Where files before this one write the same key. */
  readonly earlier: readonly Label[]
}

export interface YamlMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, YamlEntry>
  readonly span: Span
}

/** A value of a compose file. Nodes are never changed: merges and transformations give new ones. */
export type YamlNode = ScalarNode | YamlList | YamlMap

/** Whether the node is an empty value of YAML. */
export const isNull = (node: YamlNode | undefined): boolean => node?.kind === 'scalar' && node.type === 'null'

/** Whether the node is a text. */
export const isString = (node: YamlNode | undefined): node is ScalarNode =>
  node?.kind === 'scalar' && node.type === 'string'

/** A text that is written nowhere as such, attributed to `at`. */
export function textNode(text: string, at: Span, more: Partial<ScalarNode> = {}): ScalarNode {
  return { kind: 'scalar', type: 'string', text, span: at, inner: at, trail: [], ...more }
}

/** A value that Compose supplies, attributed to `at`. */
export const scalarNode = (type: ScalarType, text: string, at: Span): ScalarNode => textNode(text, at, { type })

/** A mapping of our own making, at `at`. */
export const mapNode = (entries: Iterable<YamlEntry>, at: Span): YamlMap => ({
  kind: 'map',
  entries: new Map([...entries].map((entry) => [entry.key, entry])),
  span: at,
})

/** An entry of a mapping. */
export const entryOf = (key: string, value: YamlNode, keySpan: Span = value.span): YamlEntry => ({
  key,
  keySpan,
  value,
  earlier: [],
})

/** `map` with `key` set to `value`, in its place where it has one. */
export function withEntry(map: YamlMap, key: string, value: YamlNode): YamlMap {
  const entries = new Map(map.entries)
  const before = entries.get(key)
  entries.set(key, before ? { ...before, value } : entryOf(key, value))
  return { ...map, entries }
}

/** `map` without what stands under `key`. */
export function withoutEntry(map: YamlMap, key: string): YamlMap {
  if (!map.entries.has(key)) return map
  const entries = new Map(map.entries)
  entries.delete(key)
  return { ...map, entries }
}

/** What stands under `key`. */
export const valueAt = (map: YamlMap, key: string): YamlNode | undefined => map.entries.get(key)?.value

/** The mapping under `key`; undefined where there is none or it is something else. */
export function mapAt(map: YamlMap, key: string): YamlMap | undefined {
  const value = valueAt(map, key)
  return value?.kind === 'map' ? value : undefined
}

/** The empty place right behind `at`. */
export const emptyAt = (at: Span): Span => span(at.source, at.end, at.end)

/** Whether both hold the same, wherever they stand. */
export function sameValue(one: YamlNode, other: YamlNode): boolean {
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

const sameItem = (one: YamlNode, other: YamlNode | undefined): boolean => other !== undefined && sameValue(one, other)
