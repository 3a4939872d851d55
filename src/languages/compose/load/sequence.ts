import { emptyAt, type ScalarNode, textNode, type YamlList, type YamlMap, type YamlNode } from '../../yaml/node.ts'

/** The items that a value stands for where Compose takes a list, a mapping or a single text for the same. */
export function toItems(node: YamlNode | undefined): readonly YamlNode[] {
  if (node?.kind === 'list') return node.items
  if (node?.kind === 'map') return itemsOfMap(node)
  return node?.kind === 'scalar' && node.type === 'string' ? [node] : []
}

function itemsOfMap(map: YamlMap): readonly ScalarNode[] {
  const items = [...map.entries.values()].flatMap(({ key, keySpan, value, earlier }) => {
    const values = value.kind === 'list' ? value.items : [value]
    return values.map((one): ScalarNode => {
      const nothing = one.kind === 'scalar' && one.type === 'null'
      const text = one.kind === 'scalar' ? one.text : ''
      const pair = { keySpan, valueSpan: nothing ? emptyAt(keySpan) : one.span, hasValue: !nothing }
      const known = one.kind === 'scalar' ? { unknown: one.unknown, trail: [...earlier, ...one.trail] } : {}
      return textNode(nothing ? key : `${key}=${text}`, one.span, { pair, ...known })
    })
  })
  return items.toSorted((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
}

/** The text before the first `=`. */
export function keyOf(item: ScalarNode): string {
  const equals = item.text.indexOf('=')
  return equals === -1 ? item.text : item.text.slice(0, equals)
}

/** A list made from something else stands where that stands. */
export const listFrom = (items: readonly YamlNode[], from: YamlNode): YamlList => ({
  kind: 'list',
  items,
  span: from.span,
})
