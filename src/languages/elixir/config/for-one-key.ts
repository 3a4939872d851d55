import type { TrailLabel } from '../../../text/known.ts'
import type { ConfigWrite } from '../evaluate/machine.ts'
import { alternatives } from '../values/one-of.ts'
import type { Value } from '../values/value.ts'

/**
 * The config in which a place that turns on a block for one key alone has chosen the value of that key: `if VERBOSE do`
 * around the level and nothing else asks for this level.
 */
export function decidedForOneKey(config: Value, writes: readonly ConfigWrite[]): Value {
  const keys = new Map<string, Set<string>>()
  for (const { path, value } of writes)
    for (const label of alternatives(value).flatMap(({ trail }) => trail ?? []))
      if (label.decides === 'around') keys.set(keyOf(label), (keys.get(keyOf(label)) ?? new Set()).add(path.join('.')))
  if (keys.size === 0) return config
  const alone = (label: TrailLabel): TrailLabel =>
    label.decides === 'around' && keys.get(keyOf(label))?.size === 1 ? { ...label, decides: 'chose' } : label
  const visit = (value: Value): Value => {
    const own = value.trail ? { ...value, trail: value.trail.map(alone) } : value
    if (own.kind === 'list' || own.kind === 'tuple') return { ...own, items: own.items.map(visit) }
    if (own.kind === 'oneOf') return { ...own, values: own.values.map(visit) }
    return own
  }
  return visit(config)
}

const keyOf = ({ span }: TrailLabel): string => `${span.source.path}:${span.start}`
