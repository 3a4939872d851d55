import type { ScalarNode } from '../../yaml/node.ts'
import type { LoadEnvironment } from '../problems.ts'
import { keyOf } from './sequence.ts'

/** `KEY` of a list as `KEY=value` where the environment is known to set it; passed-through entries keep that they are. */
export function knownEntry(item: ScalarNode, environment: LoadEnvironment): ScalarNode {
  if (item.text.includes('=') || item.unknown !== undefined) return item
  const name = keyOf(item)
  const value = environment(name)
  if (value.kind !== 'known') return item
  const place = item.pair ?? { keySpan: item.span, valueSpan: item.span, hasValue: false }
  return {
    ...item,
    text: `${name}=${value.value}`,
    trail: [...item.trail, ...value.trail],
    pair: { ...place, hasValue: false },
  }
}
