import { gap } from '../../../text/known.ts'
import {
  entryOf,
  isString,
  mapNode,
  type ScalarNode,
  scalarNode,
  textNode,
  withEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import { parsePort } from '../specs/port-spec.ts'
import { parseVolume } from '../specs/volume-spec.ts'
import { dependencyNode } from './merge-rules.ts'
import { forContainers, matchAt, type PatternNode, patternTree, stepInto } from './pattern.ts'

/** Gives the long form of a short one; `descend` goes on with what is inside. */
type Transform = (gathered: Gathered, node: YamlNode, descend: (node: YamlNode) => YamlNode) => YamlNode | undefined

const asKey =
  (key: string): Transform =>
  (_, node, descend) =>
    isString(node) ? mapNode([entryOf(key, node)], node.span) : descend(node)

const listed: Transform = (_, node) => (isString(node) ? { kind: 'list', items: [node], span: node.span } : node)

const named: Transform = (_, node) => {
  if (node.kind !== 'list') return node
  const entries = node.items.flatMap((item) =>
    isString(item) ? [entryOf(item.text, scalarNode('null', '', item.span), item.span)] : [],
  )
  return mapNode(entries, node.span)
}

const dependsOn: Transform = (_, node) => {
  if (node.kind === 'list')
    return mapNode(
      node.items.flatMap((item) => (isString(item) ? [entryOf(item.text, dependencyNode(item), item.span)] : [])),
      node.span,
    )
  if (node.kind !== 'map') return node
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: withDefaults(entry.value, dependencyNode(textNode(key, entry.keySpan))) })
  return { ...node, entries }
}

function withDefaults(node: YamlNode, defaults: YamlMap): YamlNode {
  if (node.kind !== 'map') return node
  return [...defaults.entries].reduce<YamlMap>(
    (map, [key, entry]) => (map.entries.has(key) ? map : withEntry(map, key, entry.value)),
    node,
  )
}

const envFile: Transform = (_, node) => {
  const items = isString(node) ? [node] : node.kind === 'list' ? node.items : []
  return { kind: 'list', items: items.map(envFileEntry), span: node.span }
}

function envFileEntry(node: YamlNode): YamlNode {
  const map = isString(node) ? mapNode([entryOf('path', node)], node.span) : node
  return withDefaults(map, mapNode([entryOf('required', scalarNode('bool', 'true', node.span))], node.span))
}

const ports: Transform = (gathered, node) => {
  if (node.kind !== 'list') return node
  return { ...node, items: node.items.flatMap((item) => (item.kind === 'scalar' ? portsOf(gathered, item) : [item])) }
}

function portsOf(gathered: Gathered, node: ScalarNode): readonly YamlNode[] {
  if (node.type !== 'string' && node.type !== 'int') {
    complain(gathered, node.span, 'a port is a text or a whole number')
    return []
  }
  const parsed = parsePort(node.text)
  if (typeof parsed === 'string') {
    complain(gathered, node.span, parsed)
    return []
  }
  const { unknown } = node
  if (parsed.some(({ target }) => target.kind === 'known' && target.value === 0))
    complain(gathered, node.span, 'a container has no port 0')
  return parsed.map(({ hostIp, published, target, protocol }) => {
    const entries = [
      entryOf('mode', textNode('ingress', node.span)),
      ...(hostIp === '' ? [] : [entryOf('host_ip', textNode(hostIp, node.span))]),
      entryOf(
        'target',
        target.kind === 'known'
          ? scalarNode('int', String(target.value), node.span)
          : textNode('', node.span, { unknown }),
      ),
      ...(published === ''
        ? []
        : [entryOf('published', textNode(published, node.span, { trail: node.trail, ...gapped(published, unknown) }))]),
      entryOf('protocol', textNode(protocol, node.span)),
    ]
    return mapNode(entries, node.span)
  })
}

const gapped = (text: string, unknown: string | undefined): Partial<ScalarNode> =>
  text.includes(gap) ? { unknown } : {}

const volume: Transform = (gathered, node, descend) => {
  if (!isString(node)) return descend(node)
  const spec = parseVolume(node.text)
  if (typeof spec === 'string') return complain(gathered, node.span, spec)
  const text = (key: string, value: string) =>
    value === '' ? [] : [entryOf(key, textNode(value, node.span, gapped(value, node.unknown)))]
  const flags = spec.readOnly ? [entryOf('read_only', scalarNode('bool', 'true', node.span))] : []
  return mapNode(
    [...text('type', spec.type), ...text('source', spec.source), ...text('target', spec.target), ...flags],
    node.span,
  )
}

const device: Transform = (gathered, node) => {
  if (!isString(node)) return node
  const parts = node.text.split(':')
  if (parts.length > 3) return complain(gathered, node.span, 'a device has at most three parts')
  const [source = '', target = ''] = parts
  return mapNode(
    [entryOf('source', textNode(source, node.span)), entryOf('target', textNode(target || source, node.span))],
    node.span,
  )
}

const contexts: Transform = (gathered, node) => {
  if (node.kind !== 'list') return node
  const entries = node.items.flatMap((item) => {
    if (!isString(item)) return []
    const equals = item.text.indexOf('=')
    if (equals === -1) return complain(gathered, item.span, '`name=context` is expected here') ?? []
    const value: YamlNode = { ...item, text: item.text.slice(equals + 1) }
    return [entryOf(item.text.slice(0, equals), value, item.pair?.keySpan ?? item.span)]
  })
  return mapNode(entries, node.span)
}

const ssh: Transform = (gathered, node) => {
  for (const item of node.kind === 'list' ? node.items : []) {
    if (isString(item) && !item.text.includes('=') && item.text !== 'default')
      complain(gathered, item.span, 'an SSH key is `default` or `id=path`')
  }
  return node
}

const ulimit: Transform = (gathered, node) => {
  if (node.kind === 'map' || (node.kind === 'scalar' && (node.type === 'int' || node.unknown !== undefined)))
    return node
  return complain(gathered, node.span, 'a limit is a whole number or a mapping')
}

const external: Transform = (_, node, descend) => {
  const resource = descend(node)
  if (resource.kind !== 'map') return resource
  const written = resource.entries.get('external')?.value
  if (written?.kind !== 'map') return resource
  const name = written.entries.get('name')?.value
  const marked = withEntry(resource, 'external', scalarNode('bool', 'true', written.span))
  return name === undefined || marked.entries.has('name') ? marked : withEntry(marked, 'name', name)
}

const containerTransforms: Readonly<Record<string, Transform>> = {
  env_file: envFile,
  label_file: listed,
  networks: named,
  models: named,
  'volumes.*': volume,
  dns: listed,
  'devices.*': device,
  'secrets.*': asKey('source'),
  'configs.*': asKey('source'),
  'ulimits.*': ulimit,
}

const tree = patternTree<Transform>([
  ...forContainers({
    ...containerTransforms,
    'build.secrets.*': asKey('source'),
    'build.additional_contexts': contexts,
    depends_on: dependsOn,
    extends: asKey('service'),
    ports,
    build: asKey('context'),
    'build.ssh': ssh,
    'build.ulimits.*': ulimit,
  }),
  ...Object.entries(containerTransforms).map(([key, value]) => [`services.*.pre_start.*.${key}`, value] as const),
  ['jobs.*.triggers.schedule.*', asKey('cron')],
  ['services.*.develop.watch.*.ignore', listed],
  ['services.*.develop.watch.*.include', listed],
  ...['volumes', 'networks', 'secrets', 'configs'].map((kind) => [`${kind}.*`, external] as const),
])

/** `root` with every short form written out, as Compose keeps it for the next merge. */
export const canonical = (gathered: Gathered, root: YamlNode): YamlNode => transform(gathered, root, [tree]) ?? root

function transform(
  gathered: Gathered,
  node: YamlNode,
  places: readonly PatternNode<Transform>[],
): YamlNode | undefined {
  if (places.length === 0) return node
  const descend = (inner: YamlNode): YamlNode => children(gathered, inner, places)
  const special = matchAt(places)
  return special ? special(gathered, node, descend) : descend(node)
}

function children(gathered: Gathered, node: YamlNode, places: readonly PatternNode<Transform>[]): YamlNode {
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') {
    const inner = stepInto(places, '[]')
    return { ...node, items: node.items.flatMap((item) => transform(gathered, item, inner) ?? []) }
  }
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of node.entries) {
    const value = transform(gathered, entry.value, stepInto(places, key))
    if (value !== undefined) entries.set(key, value === entry.value ? entry : { ...entry, value })
  }
  return { ...node, entries }
}
