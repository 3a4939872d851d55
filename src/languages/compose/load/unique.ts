import type { ScalarNode, YamlEntry, YamlList, YamlMap, YamlNode } from '../../yaml/node.ts'
import { valueAt } from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import { parseVolume } from '../specs/volume-spec.ts'
import { matchAt, type PatternNode, patternTree, stepInto } from './pattern.ts'
import { keyOf } from './sequence.ts'

/** By what two items of a list count as the same; a text that begins with NUL tells what is wrong with the item. */
type Indexer = (item: YamlNode) => string

const wrong = '\0'

const oddItem = `${wrong}an entry of this kind cannot stand`

const byKey: Indexer = (item) => (item.kind === 'scalar' && item.type === 'string' ? keyOf(item) : oddItem)

const textAt = (map: YamlMap, key: string): string | undefined => {
  const node = valueAt(map, key)
  return node?.kind === 'scalar' ? node.text : undefined
}

const byTarget =
  (fromText: (text: string) => string): Indexer =>
  (item) => {
    if (item.kind === 'map') return textAt(item, 'target') ?? `${wrong}a \`target\` is missing`
    return item.kind === 'scalar' && item.type === 'string' ? fromText(item.text) : ''
  }

const byMount =
  (folder: string): Indexer =>
  (item) => {
    if (item.kind === 'map') return textAt(item, 'target') ?? `${folder}/${textAt(item, 'source') ?? ''}`
    return item.kind === 'scalar' && item.type === 'string' ? `${folder}/${item.text}` : oddItem
  }

const byPort: Indexer = (item) => {
  if (item.kind === 'list') return ''
  if (item.kind === 'scalar') return item.type === 'string' || item.type === 'int' ? item.text : ''
  const target = textAt(item, 'target')
  if (target === undefined) return `${wrong}a \`target\` port is missing`
  const part = (key: string, otherwise: string) => textAt(item, key) ?? otherwise
  const published = valueAt(item, 'published')
  const kind = published?.kind === 'scalar' ? published.type : 'none'
  return `${part('host_ip', '0.0.0.0')}:${kind} ${part('published', '')}:${target}/${part('protocol', 'tcp')}`
}

const byExposed: Indexer = (item) =>
  item.kind === 'scalar' && (item.type === 'string' || item.type === 'int') ? item.text : oddItem

const byPath: Indexer = (item) => {
  if (item.kind === 'map') return textAt(item, 'path') ?? `${wrong}a \`path\` is missing`
  return item.kind === 'scalar' && item.type === 'string' ? item.text : ''
}

const service: Readonly<Record<string, Indexer>> = {
  ...Object.fromEntries(
    [
      'annotations build.args build.additional_contexts build.platform build.tags build.labels cap_add cap_drop deploy.labels',
      'dns dns_opt dns_search environment labels links networks.*.aliases networks.*.link_local_ips profiles sysctls tmpfs',
    ]
      .flatMap((row) => row.split(' '))
      .map((key) => [key, byKey]),
  ),
  devices: byTarget((text) => text.split(':')[1] ?? text),
  configs: byMount(''),
  env_file: byPath,
  expose: byExposed,
  ports: byPort,
  secrets: byMount('/run/secrets'),
  volumes: byTarget((text) => {
    const volume = parseVolume(text)
    return typeof volume === 'string' ? `${wrong}${volume}` : volume.target
  }),
}

const tree = patternTree<Indexer>([
  ['networks.*.labels', byKey],
  ['networks.*.ipam.options', byKey],
  ...Object.entries(service).map(([key, indexer]) => [`services.*.${key}`, indexer] as const),
])

/** `node` with one item for each key in the lists that Compose keeps unique: the last one, where the first one stood. */
export const enforceUnicity = (gathered: Gathered, node: YamlNode): YamlNode => walk(gathered, node, [tree])

function walk(gathered: Gathered, node: YamlNode, places: readonly PatternNode<Indexer>[], name = ''): YamlNode {
  if (places.length === 0) return node
  if (node.kind === 'map') {
    const entries = new Map<string, YamlEntry>()
    for (const [key, entry] of node.entries)
      entries.set(key, { ...entry, value: walk(gathered, entry.value, stepInto(places, key), key) })
    return { ...node, entries }
  }
  const indexer = matchAt(places)
  return node.kind === 'list' && indexer ? unique(gathered, node, indexer, name) : node
}

/** A list of `KEY=value` with one entry for each key. */
export const uniqueByKey = (gathered: Gathered, list: YamlList): YamlList => unique(gathered, list, byKey, '')

function unique(gathered: Gathered, list: YamlList, indexer: Indexer, name: string): YamlList {
  const items = new Map<string, YamlNode>()
  for (const item of list.items) {
    const key = indexer(item)
    if (key.startsWith(wrong)) {
      complain(gathered, item.span, name === '' ? key.slice(1) : `${key.slice(1)} in \`${name}\``)
      continue
    }
    const before = items.get(key)
    items.set(key, before?.kind === 'scalar' && item.kind === 'scalar' ? traced(before, item) : item)
  }
  return { ...list, items: [...items.values()] }
}

const traced = (before: ScalarNode, item: ScalarNode): ScalarNode =>
  before.span === item.span
    ? item
    : {
        ...item,
        trail: [
          { span: before.pair?.keySpan ?? before.span, text: 'this entry is overridden', overridden: true as const },
          ...item.trail,
        ].slice(0, 30),
      }
