import type { TrailLabel } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { isNull, sameValue, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import { matchAt, type PatternNode, stepInto } from './pattern.ts'

/** How two values of one key become one, where it is not by the general rule. */
export type Special = (state: Merging, base: YamlNode, over: YamlNode) => YamlNode

/** State of one merge. */
export interface Merging {
  readonly gathered: Gathered
  readonly places: readonly PatternNode<Special>[]
}

/** `base` with `over` laid over it, at the places of `state`. */
export function mergeNodes(state: Merging, base: YamlNode, over: YamlNode): YamlNode {
  const special = matchAt(state.places)
  if (special) return special(state, base, over)
  if (isNull(over)) return base
  if (base.kind === 'scalar') return replace(base, over)
  if (base.kind !== over.kind) {
    complain(state.gathered, over.span, 'a value of another kind cannot override what stands before it', [
      { span: base.span, text: 'it overrides this' },
    ])
    return base
  }
  if (base.kind === 'list' && over.kind === 'list') return { ...over, items: withoutDuplicates(base.items, over.items) }
  return base.kind === 'map' && over.kind === 'map' ? mergeMaps(state, base, over) : over
}

/** Both mappings key by key. */
export function mergeMaps(state: Merging, base: YamlMap, over: YamlMap): YamlMap {
  const entries = new Map<string, YamlEntry>(base.entries)
  for (const [key, entry] of over.entries) {
    const before = entries.get(key)
    if (before === undefined) entries.set(key, entry)
    else {
      const value = mergeNodes({ ...state, places: stepInto(state.places, key) }, before.value, entry.value)
      const earlier: readonly TrailLabel[] = [
        ...before.earlier,
        { span: before.keySpan, text: `\`${key}\` is first written here`, overridden: true },
        ...entry.earlier,
      ]
      entries.set(
        key,
        isNull(entry.value) && value === before.value ? before : { ...entry, value, earlier: earlier.slice(-20) },
      )
    }
  }
  return { kind: 'map', entries, span: over.span }
}

const overriddenAt = (span: Span): TrailLabel => ({ span, text: 'this value is overridden', overridden: true })

function replace(base: YamlNode, over: YamlNode): YamlNode {
  if (base.kind !== 'scalar' || over.kind !== 'scalar' || base.type === 'null') return over
  return { ...over, trail: [overriddenAt(base.span), ...over.trail].slice(0, 30) }
}

/** The items of both lists, those of `over` only where they are not in `base` already. */
export function withoutDuplicates(base: readonly YamlNode[], over: readonly YamlNode[]): readonly YamlNode[] {
  const merged = [...base]
  const texts = new Set(base.map(plainKey))
  for (const item of over) {
    const key = plainKey(item)
    if (key === undefined ? merged.some((one) => sameValue(one, item)) : texts.has(key)) continue
    merged.push(item)
    texts.add(key)
  }
  return merged
}

const plainKey = (node: YamlNode): string | undefined =>
  node.kind === 'scalar' ? `${node.type}\0${node.unknown ?? ''}\0${node.text}` : undefined
