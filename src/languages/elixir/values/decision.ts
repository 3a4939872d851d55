import { type Decides, deciding, type TrailLabel } from '../../../text/known.ts'
import { sameSpan } from '../../../text/source.ts'
import { boolean, longestTrail, type Value } from './value.ts'

/**
 * The places of what is set that decide by `values`, where what they decide is a choice of somebody who sets variables:
 * a text that stands in the script decides nothing. `asks`: what is set is what was asked for.
 */
export function decidingBy(values: readonly Value[], asks: boolean): readonly TrailLabel[] {
  const found: TrailLabel[] = []
  const visit = (value: Value, depth: number) => {
    const trail = value.trail ?? []
    // Who sets what is not known has the choice.
    const isKnown = value.kind !== 'unknown' && value.kind !== 'oneOf'
    if (trail.some(({ reads }) => reads !== undefined))
      for (const label of trail) found.push(deciding(label, asks && isKnown))
    if (depth > 0 && (value.kind === 'tuple' || value.kind === 'list'))
      for (const item of value.items.slice(0, 8)) visit(item, depth - 1)
  }
  for (const value of values) visit(value, 2)
  return each(found)
}

/** The answer to a question about `values`; `asks` is the one that says that what is set is what was asked for. */
export const answered = (answer: boolean, values: readonly Value[], asks = true): Value =>
  boolean(answer, decidingBy(values, answer === asks))

const weights: Readonly<Record<Decides, number>> = { chose: 2, around: 1, left: 0 }

/** Each place once, as the most that it did. */
function each(labels: readonly TrailLabel[]): readonly TrailLabel[] {
  const found: TrailLabel[] = []
  for (const label of labels) {
    const at = found.findIndex(({ span }) => sameSpan(span, label.span))
    const other = found[at]
    if (other === undefined) found.push(label)
    else if (weightOf(label) > weightOf(other)) found[at] = label
  }
  return found
}

const weightOf = ({ decides }: TrailLabel): number => (decides === undefined ? 3 : weights[decides])

/** A value that these places decided, and all that is in it. */
export function decidedBy(value: Value, labels: readonly TrailLabel[], depth = 5): Value {
  if (labels.length === 0 || value.kind === 'function' || value.kind === 'absent') return value
  if (value.kind === 'oneOf') return { ...value, values: value.values.map((one) => decidedBy(one, labels, depth)) }
  const before = value.trail ?? []
  // What is read itself is so in any block.
  const isGiven = before.some(({ reads, decides }) => reads !== undefined && decides === undefined)
  const added = isGiven ? labels.filter(({ decides }) => decides !== 'around') : labels
  const own = { ...value, trail: each([...before, ...added]).slice(0, longestTrail) }
  if (depth === 0) return own
  const inside = labels.map(ofBlock)
  if (own.kind === 'list' || own.kind === 'tuple')
    return { ...own, items: own.items.map((item) => decidedBy(item, inside, depth - 1)) }
  if (own.kind === 'map')
    return { ...own, entries: own.entries.map(([key, item]) => [key, decidedBy(item, inside, depth - 1)]) }
  return own
}

/** The same place for a part of what it decided. */
export const ofBlock = (label: TrailLabel): TrailLabel =>
  label.decides === 'chose' ? { ...label, decides: 'around' } : label
