import type { Problem } from '../../text/diagnostic.ts'
import type { RawList, RawMap, RawNode, RawScalar } from './events.ts'
import { goFloat } from './float.ts'
import { entryOf, type ScalarNode, scalarNode, type YamlEntry, type YamlMap, type YamlNode } from './node.ts'
import { type Resolved, resolvePlain } from './scalar.ts'

/** The state of turning one document into nodes. */
export interface Construction {
  readonly problems: Problem[]
  readonly sizes: Map<RawNode, number>
  readonly made: Map<RawNode, YamlNode>
  readonly active: Set<RawNode>
  count: number
  /** How many of them stand below an alias. */
  aliased: number
  depth: number
  stopped: boolean
}

/** The node that `raw` stands for, with aliases and merge keys resolved. Go's bound on aliases holds. */
export function construct(state: Construction, raw: RawNode): YamlNode {
  if (raw.kind === 'alias') return throughAlias(state, raw)
  const before = state.count
  state.count += 1
  if (raw.kind === 'scalar') return scalar(state, raw)
  if (state.active.has(raw)) {
    state.problems.push({ span: raw.span, message: 'the value of this anchor contains itself' })
    return scalarNode('null', '', raw.span)
  }
  state.active.add(raw)
  const node = raw.kind === 'map' ? map(state, raw) : list(state, raw)
  state.active.delete(raw)
  state.sizes.set(raw, state.count - before)
  state.made.set(raw, node)
  return node
}

function throughAlias(state: Construction, raw: RawNode & { readonly kind: 'alias' }): YamlNode {
  const { target } = raw
  state.count += 1
  if (target === undefined) return scalarNode('null', '', raw.span)
  const made = state.made.get(target)
  const before = state.count
  state.depth += 1
  const node = made ?? construct(state, target)
  state.depth -= 1
  if (made) state.count += state.sizes.get(target) ?? 1
  if (state.depth === 0) state.aliased += state.count - before
  if (state.aliased > 100 && state.count > 1000 && state.aliased / state.count > allowed(state.count))
    state.stopped = true
  return node
}

const low = 400_000
const high = 4_000_000

function allowed(count: number): number {
  if (count <= low) return 0.99
  return count >= high ? 0.1 : 0.99 - 0.89 * ((count - low) / (high - low))
}

function list(state: Construction, raw: RawList): YamlNode {
  const items: YamlNode[] = []
  for (const item of raw.items) {
    if (state.stopped) break
    items.push(construct(state, item))
  }
  return { kind: 'list', items, span: raw.span }
}

function map(state: Construction, raw: RawMap): YamlMap {
  const entries = new Map<string, YamlEntry>()
  const merges: RawNode[] = []
  for (const [key, value] of raw.pairs) {
    if (state.stopped) break
    if (key.kind === 'scalar' && key.plain && key.text === '<<' && key.tag === '') {
      merges.push(value)
      continue
    }
    state.count += 1
    const name = keyName(state, key)
    const entry = entryOf(name, construct(state, value), key.span)
    if (entries.has(name)) duplicate(state, name, key)
    else entries.set(name, entry)
  }
  for (const merge of merges) mergeInto(state, entries, merge, true)
  return { kind: 'map', entries, span: raw.span }
}

/** Below `!override` nobody has looked for keys that are written twice. */
function duplicate(state: Construction, name: string, key: RawNode): void {
  if (!state.problems.some((problem) => problem.span === key.span))
    state.problems.push({ span: key.span, message: `the key \`${name}\` is written twice` })
}

function mergeInto(state: Construction, entries: Map<string, YamlEntry>, raw: RawNode, listAllowed: boolean): void {
  const target = raw.kind === 'alias' ? raw.target : raw
  if (target?.kind === 'list' && listAllowed) {
    state.count += 1
    for (const item of target.items) mergeInto(state, entries, item, false)
    return
  }
  if (target?.kind !== 'map') {
    state.problems.push({ span: raw.span, message: '`<<` needs a mapping, or a list of mappings' })
    return
  }
  const node = construct(state, raw)
  if (node.kind !== 'map') return
  for (const [key, entry] of node.entries) if (!entries.has(key)) entries.set(key, entry)
}

function keyName(state: Construction, key: RawNode): string {
  const target = key.kind === 'alias' ? key.target : key
  if (target?.kind === 'scalar') {
    const node = scalar(state, target)
    if (node.type !== 'string') {
      const shown = target.text === '' ? 'an empty key' : `\`${target.text}\``
      state.problems.push({ span: key.span, message: `${shown} is not a text: as a key it needs quotes` })
    }
    return node.type === 'string' ? node.text : target.text
  }
  state.problems.push({ span: key.span, message: 'a key must be a text' })
  return ''
}

function scalar(state: Construction, raw: RawScalar): ScalarNode {
  const { type, text } = resolveTagged(state, raw)
  return { kind: 'scalar', type, text, span: raw.span, inner: raw.inner, trail: [] }
}

const typeOfTag: Readonly<Record<string, Resolved['type']>> = {
  bool: 'bool',
  int: 'int',
  float: 'float',
  null: 'null',
  timestamp: 'time',
}

function resolveTagged(state: Construction, raw: RawScalar): Resolved {
  const tag = raw.tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1')
  if (tag === '' || tag === '!') return raw.plain ? resolvePlain(raw.text) : { type: 'string', text: raw.text }
  const wanted = tag.startsWith('!!') ? typeOfTag[tag.slice(2)] : undefined
  if (tag === '!!binary') return binary(state, raw)
  if (wanted === undefined) return { type: 'string', text: raw.text }
  const resolved = resolvePlain(raw.text)
  if (resolved.type === wanted || (wanted === 'int' && resolved.type === 'uint')) return resolved
  if (wanted === 'float' && resolved.type === 'int') return { type: 'float', text: goFloat(Number(resolved.text)) }
  state.problems.push({ span: raw.span, message: `this is not what its tag \`${tag}\` says` })
  return { type: 'string', text: raw.text }
}

function binary(state: Construction, raw: RawScalar): Resolved {
  const digits = raw.text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    state.problems.push({ span: raw.span, message: 'this is not base64, as its tag says' })
    return { type: 'string', text: raw.text }
  }
  const bytes = Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
  return { type: 'string', text: new TextDecoder().decode(bytes) }
}
