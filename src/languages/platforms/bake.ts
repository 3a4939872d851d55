import { posix } from 'node:path'
import type { Source } from '../../text/source.ts'
import { pairsOf } from '../compose/service/environment.ts'
import { scalarsOf, traced, tracedAt } from '../compose/service/values.ts'
import { type HclBlock, readHcl } from '../hcl/read.ts'
import { loadYaml } from '../yaml/load.ts'
import { mapAt, valueAt, type YamlMap, type YamlNode } from '../yaml/node.ts'
import type { CalledBuild, PlatformFile } from './types.ts'

/** The builds that files of Docker Bake call for (Docker, "Bake file reference"): those of the group `default`. */
export const readBake = (sources: readonly Source[]): readonly PlatformFile[] =>
  sources.map((source) => ({
    platform: 'bake',
    path: source.path,
    calls: [],
    builds: buildsIn(source.path.endsWith('.json') ? blocksOfJson(source) : readHcl(source), source),
    damage: undefined,
    leftOut: [],
  }))

function blocksOfJson(source: Source): readonly HclBlock[] {
  const root = loadYaml(source).documents[0]?.root
  if (root?.kind !== 'map') return []
  return ['target', 'group'].flatMap((type) =>
    [...(mapAt(root, type)?.entries.values() ?? [])].flatMap(({ key, value }) =>
      value.kind === 'map' ? [{ type, label: key, body: value }] : [],
    ),
  )
}

function buildsIn(blocks: readonly HclBlock[], source: Source): readonly CalledBuild[] {
  const targets = new Map(
    blocks.flatMap(({ type, label, body }) => (type === 'target' && label ? [[label, body]] : [])),
  )
  const groups = new Map(blocks.flatMap(({ type, label, body }) => (type === 'group' && label ? [[label, body]] : [])))
  return [...wantedOf('default', groups, targets, new Set())].flatMap((name) => {
    const chain = inherited(name, targets, new Set())
    return chain.some((body) => valueAt(body, 'matrix') !== undefined) ? [] : buildOf(name, chain, source)
  })
}

/** The targets of a group, and of the groups in it; all targets where there is neither a group nor a target of the name. */
function wantedOf(
  name: string,
  groups: ReadonlyMap<string, YamlMap>,
  targets: ReadonlyMap<string, YamlMap>,
  seen: Set<string>,
): ReadonlySet<string> {
  if (seen.has(name)) return new Set()
  seen.add(name)
  const group = groups.get(name)
  if (group === undefined) return new Set(targets.has(name) ? [name] : seen.size === 1 ? targets.keys() : [])
  return new Set(scalarsOf(valueAt(group, 'targets')).flatMap(({ text }) => [...wantedOf(text, groups, targets, seen)]))
}

/** A target and those that it inherits from, the nearest first: the last of `inherits` goes before the others. */
function inherited(name: string, targets: ReadonlyMap<string, YamlMap>, seen: Set<string>): readonly YamlMap[] {
  const body = targets.get(name)
  if (body === undefined || seen.has(name)) return []
  seen.add(name)
  const parents = scalarsOf(valueAt(body, 'inherits')).toReversed()
  return [body, ...parents.flatMap(({ text }) => inherited(text, targets, seen))]
}

function buildOf(name: string, chain: readonly YamlMap[], source: Source): readonly CalledBuild[] {
  const [own] = chain
  if (own === undefined) return []
  const first = (key: string): YamlNode | undefined => chain.map((body) => valueAt(body, key)).find((one) => one)
  const text = (key: string) => chain.map((body) => tracedAt(body, key)).find((one) => one !== undefined)
  const [context, dockerfile] = [text('context'), text('dockerfile')]
  if (context?.value.kind === 'unknown' || dockerfile?.value.kind === 'unknown') return []
  const below = context?.value.kind === 'known' ? context.value.value : '.'
  const folder = posix.join(posix.dirname(source.path), below).replace(/\/$/, '')
  if (/^(https?:|git@|target:)|^\//.test(below) || folder.startsWith('..')) return []
  const root = folder === '.' ? '' : folder
  const path = dockerfile?.value.kind === 'known' ? dockerfile.value.value : 'Dockerfile'
  const args = [...chain].reverse().flatMap((body) => pairsOf(mapAt(body, 'args')))
  return [
    {
      subject: `the target \`${name}\` of ${source.path}`,
      context: { folder: root, span: context?.span ?? own.span },
      dockerfile: { path: posix.join(root, path), span: dockerfile?.span ?? context?.span ?? own.span },
      target: text('target'),
      args: [...new Map(args.map((one) => [one.name, one])).values()],
      platforms: scalarsOf(first('platforms')).map(traced),
      isPushed: true,
      tags: scalarsOf(first('tags')).flatMap((tag) => (tag.unknown === undefined ? [tag.text] : [])),
      span: own.span,
    },
  ]
}
