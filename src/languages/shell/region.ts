import { type Source, type Span, span } from '../../text/source.ts'

/** A text for the parser and the way from its offsets back to the source. */
export interface Region {
  readonly text: string
  /** The range of the source that `[start, end)` of `text` was taken from. */
  at(start: number, end: number): Span
}

/** The region of `text`, which stands at `start` of `source`. A carriage return at the end of a line is left out. */
export function regionAt(source: Source, start: number, text: string): Region {
  if (!text.includes('\r')) return { text, at: (from, to) => span(source, start + from, start + to) }
  const removed = [...text.matchAll(/\r(?=\n|$)/g)].map((found, index) => found.index - index)
  const original = (offset: number) => start + offset + countUpTo(removed, offset)
  return {
    text: text.replace(/\r(?=\n|$)/g, ''),
    at: (from, to) => span(source, original(from), to > from ? original(to - 1) + 1 : original(from)),
  }
}

/**
 * The region of a text that a string at `at` stands for. Where the source shows the text as it is, alone or in
 * quotes, its offsets lead to the very characters; where escapes stand between, they all lead to `at`.
 */
export function regionIn(text: string, at: Span): Region {
  const written = at.source.text.slice(at.start, at.end)
  if (written === text) return regionAt(at.source, at.start, text)
  if (written.slice(1, -1) === text) return regionAt(at.source, at.start + 1, text)
  return { text: text.replace(/\r(?=\n|$)/g, ''), at: () => at }
}

/** A region whose offsets all lead to `at`. */
export const regionOf = (text: string, at: Span): Region => ({ text, at: () => at })

function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
