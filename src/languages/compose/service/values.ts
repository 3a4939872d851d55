import type { Label } from '../../../text/diagnostic.ts'
import { gap, type Known, known, knownInPart } from '../../../text/known.ts'
import { type Span, span } from '../../../text/source.ts'
import { type ScalarNode, valueAt, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import type { TracedText } from '../service-types.ts'

/** What is known of a scalar's text. */
export function toKnown(node: ScalarNode, text: string = node.text, more: readonly Label[] = []): Known<string> {
  const trail = [...node.trail, ...more]
  return node.unknown !== undefined && text.includes(gap) ? knownInPart(text, node.unknown, trail) : known(text, trail)
}

/** The text of a scalar with its place. */
export const traced = (node: ScalarNode): TracedText => ({ value: toKnown(node), span: node.span })

/** The scalar under `key`. */
export const scalarAt = (map: YamlMap, key: string): ScalarNode | undefined => {
  const node = valueAt(map, key)
  return node?.kind === 'scalar' && node.type !== 'null' ? node : undefined
}

/** The text under `key` with its place. */
export const tracedAt = (map: YamlMap, key: string): TracedText | undefined => {
  const node = scalarAt(map, key)
  return node && (node.text !== '' || node.unknown !== undefined) ? traced(node) : undefined
}

/** The text under `key`; undefined where it is empty, absent or not known. */
export const textAt = (map: YamlMap, key: string): string | undefined => {
  const node = scalarAt(map, key)
  return node === undefined || node.text === '' || (node.unknown !== undefined && node.text.includes(gap))
    ? undefined
    : node.text
}

/** The number under `key`. */
export const numberAt = (map: YamlMap, key: string): number | undefined => {
  const text = textAt(map, key)
  return text === undefined || Number.isNaN(Number(text)) ? undefined : Math.trunc(Number(text))
}

/** Whether the text under `key` is one of those that stand for true. */
export const flagAt = (map: YamlMap, key: string): boolean => /^(true|y|yes|on)$/i.test(textAt(map, key) ?? '')

/** The items of the sequence under `key`; empty where there is none. */
export const itemsAt = (map: YamlMap, key: string): readonly YamlNode[] => {
  const node = valueAt(map, key)
  return node?.kind === 'list' ? node.items : []
}

/** The mappings among the items of the sequence under `key`. */
export const mapsAt = (map: YamlMap, key: string): readonly YamlMap[] =>
  itemsAt(map, key).filter((item) => item.kind === 'map')

/** The scalars of a sequence, or the scalar itself. */
export const scalarsOf = (node: YamlNode | undefined): readonly ScalarNode[] => {
  if (node?.kind === 'list') return node.items.filter((item) => item.kind === 'scalar')
  return node?.kind === 'scalar' && node.type !== 'null' ? [node] : []
}

/** Where the parts before and behind the first `=` of an entry of a list stand. */
export function placesOfPair(node: ScalarNode): { readonly nameSpan: Span; readonly valueSpan: Span } {
  if (node.pair)
    return { nameSpan: node.pair.keySpan, valueSpan: node.pair.hasValue ? node.pair.valueSpan : node.pair.keySpan }
  const { source, start, end } = node.inner
  const equals = source.text.slice(start, end).indexOf('=')
  if (equals === -1) return { nameSpan: node.inner, valueSpan: node.inner }
  return { nameSpan: span(source, start, start + equals), valueSpan: span(source, start + equals + 1, end) }
}
