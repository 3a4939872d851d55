import type { Span } from '../../../text/source.ts'
import {
  type ScalarNode,
  sameValue,
  type YamlEntry,
  type YamlList,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import { projectShape } from './project.ts'
import type { MapShape, SchemaShape } from './shape.ts'

/** `root` without what no compose file may hold; each such place is a problem. */
export function validate(gathered: Gathered, root: YamlMap): YamlMap {
  const checked = check(gathered, root, projectShape, root.span, 'the file')
  return checked?.kind === 'map' ? checked : { ...root, entries: new Map() }
}

function check(gathered: Gathered, node: YamlNode, shape: SchemaShape, at: Span, name: string): YamlNode | undefined {
  if (shape.any) return finite(gathered, node, at)
  if (node.kind === 'map' && shape.map) return checkMap(gathered, node, shape.map, at, name)
  if (node.kind === 'list' && shape.list) return checkList(gathered, node, shape.list, name)
  if (node.kind === 'scalar' && (node.unknown !== undefined || fits(node, shape))) return finite(gathered, node, at)
  return complain(
    gathered,
    node.span.start === node.span.end ? at : node.span,
    `${name} must be ${describe(shape)}${unless(node, shape)}`,
  )
}

function finite(gathered: Gathered, node: YamlNode, at: Span): YamlNode | undefined {
  if (node.kind === 'list') return node.items.every((item) => finite(gathered, item, at)) ? node : undefined
  if (node.kind === 'map')
    return [...node.entries.values()].every((entry) => finite(gathered, entry.value, at)) ? node : undefined
  if (node.type.startsWith('float') && /nan|inf/i.test(node.text))
    return complain(gathered, node.span, `\`${node.text}\` is a number that no key can hold`)
  return node
}

function fits(node: ScalarNode, shape: SchemaShape): boolean {
  if (node.type === 'null') return shape.null === true
  if (node.type === 'bool') return shape.boolean === true
  if (node.type === 'string' || node.type === 'time') return fitsText(node.text, shape)
  const value = Number(node.text.replace(/^\+/, ''))
  const { number } = shape
  if (number === undefined) return false
  if (Number.isNaN(value) || !Number.isFinite(value)) return true
  return (!number.whole || Number.isInteger(value)) && value >= (number.from ?? value) && value <= (number.to ?? value)
}

function fitsText(value: string, { text }: SchemaShape): boolean {
  if (text === undefined) return false
  return (text.words?.includes(value) ?? true) && (text.pattern?.test(value) ?? true)
}

function checkList(
  gathered: Gathered,
  node: YamlList,
  { of, unique }: { of: SchemaShape; unique: boolean },
  name: string,
): YamlNode {
  const items: YamlNode[] = []
  const seen = new Set<string>()
  for (const item of node.items) {
    const checked = check(gathered, item, of, item.span, `an entry of ${name}`)
    if (checked === undefined) continue
    const key = checked.kind === 'scalar' ? `${checked.type === 'string' ? 't' : 'n'}${checked.text}` : undefined
    const twice =
      key === undefined ? items.some((one) => one.kind !== 'scalar' && sameValue(one, checked)) : seen.has(key)
    if (unique && twice) complain(gathered, item.span, `${name} cannot hold the same entry twice`)
    else items.push(checked)
    if (key !== undefined) seen.add(key)
  }
  return { ...node, items }
}

function checkMap(gathered: Gathered, node: YamlMap, shape: MapShape, at: Span, name: string): YamlNode | undefined {
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of node.entries) {
    const inner = shapeOfKey(key, shape)
    if (inner === undefined) complain(gathered, entry.keySpan, `\`${key}\` is not a key that ${name} can have`)
    else {
      const value = check(gathered, entry.value, inner, entry.keySpan, `\`${key}\``)
      if (value !== undefined) entries.set(key, { ...entry, value })
    }
  }
  const missing = shape.required.find((key) => !node.entries.has(key))
  if (missing !== undefined) return complain(gathered, at, `\`${missing}\` is missing in ${name}`)
  if (shape.someOf.length > 0 && !shape.someOf.some((key) => node.entries.has(key))) {
    return complain(gathered, at, `${name} needs ${shape.someOf.map((key) => `\`${key}\``).join(' or ')}`)
  }
  return { ...node, entries }
}

function shapeOfKey(key: string, shape: MapShape): SchemaShape | undefined {
  if (Object.hasOwn(shape.fields, key)) return shape.fields[key]
  if (shape.extensible && key.startsWith('x-')) return { any: true }
  if (shape.others === undefined) return undefined
  return shape.names.test(key) ? shape.others : shape.loose ? { any: true } : undefined
}

function describe(shape: SchemaShape): string {
  const kinds = [
    shape.text?.words ? `one of ${shape.text.words.map((word) => `\`${word}\``).join(', ')}` : shape.text && 'a text',
    shape.number && (shape.number.whole ? 'a whole number' : 'a number'),
    shape.boolean && '`true` or `false`',
    shape.list && 'a list',
    shape.map && 'a mapping',
    shape.null && 'empty',
  ]
  return kinds.filter((kind) => typeof kind === 'string').join(' or ')
}

function unless(node: YamlNode, shape: SchemaShape): string {
  if (node.kind !== 'scalar') return ''
  if (node.type === 'null') return ', not empty'
  const range = shape.number?.from !== undefined && node.type === 'int' ? ` from ${shape.number.from} on` : ''
  return shape.text && node.type !== 'string' && !shape.text.words ? `${range}: \`${node.text}\` needs quotes` : range
}
