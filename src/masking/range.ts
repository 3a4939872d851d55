/** A half-open range of offsets in a text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The same places as ranges in order that neither touch nor overlap. */
export function joined(ranges: readonly Range[]): readonly Range[] {
  const kept: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = kept.at(-1)
    if (start >= end) continue
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else kept.push({ start, end })
  }
  return kept
}
