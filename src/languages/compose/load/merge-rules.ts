import {
  entryOf,
  isNull,
  isString,
  mapNode,
  scalarNode,
  textNode,
  valueAt,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts'
import { complain } from '../problems.ts'
import { type Merging, mergeMaps, type Special, withoutDuplicates } from './merge-nodes.ts'
import { forContainers } from './pattern.ts'
import { listFrom, toItems } from './sequence.ts'
import { uniqueByKey } from './unique.ts'

const replaced: Special = (_, __, over) => over

const pairs: Special = ({ gathered }, base, over) =>
  uniqueByKey(gathered, listFrom([...toItems(base), ...toItems(over)], over))

const sequence: Special = (_, base, over) => listFrom(withoutDuplicates(toItems(base), toItems(over)), over)

const build: Special = (state, base, over) => mergeMaps(state, asBuild(base), asBuild(over))

const asBuild = (node: YamlNode): YamlMap => {
  if (node.kind === 'map') return node
  return mapNode(isString(node) ? [entryOf('context', node)] : [], node.span)
}

const asMapping =
  (defaults: boolean): Special =>
  (state, base, over) =>
    mergeMaps(state, toMapping(state, base, defaults), toMapping(state, over, defaults))

function toMapping(state: Merging, node: YamlNode, defaults: boolean): YamlMap {
  if (node.kind === 'map') return node
  const items = node.kind === 'list' ? node.items : isNull(node) ? [] : [node]
  const entries = items.flatMap((item): readonly YamlEntry[] => {
    if (!isString(item)) {
      complain(state.gathered, item.span, 'a name is expected here')
      return []
    }
    return [entryOf(item.text, defaults ? dependencyNode(item) : scalarNode('null', '', item.span), item.span)]
  })
  return mapNode(entries, node.span)
}

/** What the short form of `depends_on` stands for. */
export const dependencyNode = (name: YamlNode): YamlMap =>
  mapNode(
    [
      entryOf('condition', textNode('service_started', name.span)),
      entryOf('required', scalarNode('bool', 'true', name.span)),
    ],
    name.span,
  )

const logging: Special = (state, base, over) => {
  if (base.kind !== 'map' || over.kind !== 'map') {
    complain(state.gathered, over.span, '`logging` must be a mapping')
    return base
  }
  const [before, after] = [valueAt(base, 'driver'), valueAt(over, 'driver')]
  const same = before?.kind === 'scalar' && after?.kind === 'scalar' && before.text === after.text
  return same || before === undefined || after === undefined ? mergeMaps(state, base, over) : over
}

const ulimit: Special = (state, base, over) =>
  base.kind === 'map' && over.kind === 'map' ? mergeMaps(state, base, over) : over

const ipam: Special = (state, base, over) => {
  if (base.kind !== 'list' || over.kind !== 'list') {
    complain(state.gathered, over.span, 'a list is expected here')
    return base
  }
  const pools = new Map<string, YamlMap>()
  for (const original of base.items) {
    for (const item of over.items) {
      const [right, left] = [toMapping(state, original, false), toMapping(state, item, false)]
      const apart = subnet(left) !== subnet(right)
      if (apart && !pools.has(subnet(left))) pools.set(subnet(left), left)
      else {
        const merged = mergeMaps(state, right, left)
        pools.set(subnet(merged), merged)
      }
    }
  }
  return listFrom([...pools.values()], over)
}

const subnet = (pool: YamlMap): string => {
  const node = valueAt(pool, 'subnet')
  return node?.kind === 'scalar' ? node.text : ''
}

/** compose-go's special rules of merging, by key. */
export const mergeSpecials: readonly (readonly [string, Special])[] = [
  ['networks.*.ipam.config', ipam],
  ...['networks', 'volumes', 'secrets', 'configs'].map((kind) => [`${kind}.*.labels`, pairs] as const),
  ['services.*.deploy.labels', pairs],
  ...forContainers<Special>({
    annotations: pairs,
    build,
    'build.args': pairs,
    'build.additional_contexts': pairs,
    'build.extra_hosts': sequence,
    'build.labels': pairs,
    command: replaced,
    depends_on: asMapping(true),
    dns: sequence,
    dns_opt: sequence,
    dns_search: sequence,
    entrypoint: replaced,
    env_file: sequence,
    label_file: sequence,
    environment: pairs,
    extra_hosts: sequence,
    'healthcheck.test': replaced,
    labels: pairs,
    'volumes.*.volume.labels': pairs,
    logging,
    models: asMapping(false),
    networks: asMapping(false),
    sysctls: pairs,
    tmpfs: sequence,
    'ulimits.*': ulimit,
  }),
]
