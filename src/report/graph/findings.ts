import type { Diagnostic, Fix } from '../../text/diagnostic.ts'
import { positionAt, type Span } from '../../text/source.ts'
import type { GraphFinding } from './graph.ts'
import type { Words } from './words.ts'

/** A part of a graph at which findings may stand. */
export interface Spot {
  readonly span: Span
  /** What is given back for it. */
  readonly part: object
  /** Of spots with the same place, one of each group is taken. */
  readonly group: object | number
}

/** A diagnostic as a graph shows it. */
export const findingOf = (diagnostic: Diagnostic, words: Words): GraphFinding => ({
  rule: diagnostic.rule,
  gotcha: diagnostic.gotcha,
  severity: diagnostic.severity,
  certainty: diagnostic.certainty,
  message: words.said(diagnostic.message),
  why: words.said(diagnostic.why),
  todo: (diagnostic.fixes.length > 0 ? diagnostic.fixes.map(fixText) : [diagnostic.remedy])
    .filter((text) => text !== '')
    .map(words.said),
  ...words.place(diagnostic.span),
  column: positionAt(diagnostic.span.source, diagnostic.span.start).column,
  related: diagnostic.related.map(({ span, text }) => ({ ...words.place(span), text: words.said(text) })),
})

const fixText = ({ title, safety, edits }: Fix): string =>
  edits.length === 0 ? title : `${title} (\`docker-gotchas fix${safety === 'safe' ? '' : ' --unsafe'}\`)`

/**
 * The indices of the diagnostics that stand at each part: at the smallest spot around their place or, where that is in
 * a file that is not drawn, around the first place of their trail that is.
 */
export function placeFindings(
  diagnostics: readonly Diagnostic[],
  spots: readonly Spot[],
): ReadonlyMap<object, number[]> {
  const bySource = new Map<string, Spot[]>()
  for (const spot of spots) {
    const { path } = spot.span.source
    const there = bySource.get(path)
    if (there) there.push(spot)
    else bySource.set(path, [spot])
  }
  const placed = new Map<object, number[]>()
  for (const [index, { span, related }] of diagnostics.entries()) {
    const places = [span, ...related.map((label) => label.span)]
    for (const place of places) {
      const parts = partsAt(place, bySource.get(place.source.path) ?? [])
      for (const part of parts) placed.set(part, [...(placed.get(part) ?? []), index])
      if (parts.length > 0) break
    }
  }
  return placed
}

function partsAt(place: Span, spots: readonly Spot[]): readonly object[] {
  let best: Spot[] = []
  for (const spot of spots) {
    if (!(spot.span.start <= place.start && place.start < spot.span.end)) continue
    const difference = best[0] ? length(spot) - length(best[0]) : -1
    if (difference < 0) best = [spot]
    else if (difference === 0 && best.every(({ group }) => group !== spot.group)) best.push(spot)
  }
  return best.map(({ part }) => part)
}

const length = ({ span }: Spot): number => span.end - span.start
