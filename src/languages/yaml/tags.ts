import type { Problem } from '../../text/diagnostic.ts'
import type { RawList, RawMap, RawNode } from './events.ts'

/** The keys on the way to a value; `*` stands for any key. */
export type Path = readonly string[]

/** A document without what `!reset` removes. */
export interface Tagged {
  readonly node: RawNode | undefined
  readonly resets: readonly Path[]
  readonly problems: readonly Problem[]
}

interface TagWalk {
  readonly resets: Path[]
  readonly problems: Problem[]
  readonly resolved: Map<RawNode, { readonly node: RawNode; readonly below: readonly Path[] }>
  readonly aliased: Map<RawNode, { readonly at: Set<string>; readonly above: Set<string> }>
  visits: number
}

const mostVisits = 100_000

/** Finds `!reset` and `!override`, duplicate keys and aliases that hold themselves, in compose-go's order and bounds. */
export function resolveTags(raw: RawNode): Tagged {
  const walk: TagWalk = { resets: [], problems: [], resolved: new Map(), aliased: new Map(), visits: 0 }
  const node = visit(walk, raw, [])
  if (walk.visits > mostVisits) {
    return {
      node: undefined,
      resets: [],
      problems: [{ span: raw.span, message: `the file has more than ${mostVisits} values`, bound: true }],
    }
  }
  return { node, resets: walk.resets, problems: walk.problems }
}

function visit(walk: TagWalk, raw: RawNode, path: Path): RawNode | undefined {
  walk.visits += 1
  if (walk.visits > mostVisits) return raw
  const target = raw.kind === 'alias' ? raw.target : raw
  if (target === undefined) return raw
  if (target.kind !== 'alias' && (target.tag === '!reset' || target.tag === '!override')) {
    walk.resets.push(path)
    return target.tag === '!reset' ? undefined : target
  }
  if (raw.kind === 'alias' && !noteAlias(walk, raw, target, path)) return raw
  if (target.kind !== 'map' && target.kind !== 'list') return target
  const cached = walk.resolved.get(target)
  if (cached) {
    for (const below of cached.below) walk.resets.push([...path, ...below])
    return cached.node
  }
  const before = walk.resets.length
  walk.resolved.set(target, { node: target, below: [] })
  const node = target.kind === 'map' ? visitMap(walk, target, path) : visitList(walk, target, path)
  walk.resolved.set(target, { node, below: walk.resets.slice(before).map((reset) => reset.slice(path.length)) })
  return node
}

function visitList(walk: TagWalk, list: RawList, path: Path): RawNode {
  const items = list.items.flatMap((item, index) => {
    const resolved = visit(walk, item, [...path, String(index)])
    if (resolved === undefined) return []
    return [item.kind === 'alias' ? item : resolved]
  })
  list.items.splice(0, list.items.length, ...items)
  return list
}

function visitMap(walk: TagWalk, map: RawMap, path: Path): RawNode {
  const seen = new Map<string, RawNode>()
  const pairs: (readonly [RawNode, RawNode])[] = []
  for (const [key, value] of map.pairs) {
    const name = key.kind === 'scalar' ? key.text : key.kind === 'alias' ? key.name : ''
    const first = seen.get(name)
    if (first !== undefined) {
      const related = [{ span: first.span, text: 'it is written here first' }]
      walk.problems.push({ span: key.span, message: `the key \`${name}\` is written twice`, related })
    }
    seen.set(name, key)
    const resolved = visit(walk, value, name === '<<' && path.length > 0 ? path : [...path, name])
    if (resolved !== undefined) pairs.push([key, value.kind === 'alias' && name !== '<<' ? value : resolved])
  }
  map.pairs.splice(0, map.pairs.length, ...pairs)
  return map
}

/** compose-go takes an alias that is used inside of another use of itself for a cycle. */
function noteAlias(walk: TagWalk, alias: RawNode, target: RawNode, path: Path): boolean {
  const uses = walk.aliased.get(target) ?? { at: new Set<string>(), above: new Set<string>() }
  walk.aliased.set(target, uses)
  const own = path.join('\0')
  if (uses.at.has(own)) return true
  const parents = path.slice(0, -1).map((_, index) => path.slice(0, index + 1).join('\0'))
  if (uses.above.has(own) || parents.some((parent) => uses.at.has(parent))) {
    walk.problems.push({ span: alias.span, message: 'the anchor is used inside of itself' })
    return false
  }
  uses.at.add(own)
  for (const parent of parents) uses.above.add(parent)
  return true
}
