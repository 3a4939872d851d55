/** A text and the path it came from, relative to the root of the host, with `/`. */
export interface Source {
  readonly path: string
  readonly text: string
  /** Why nothing behind the text could be read: the file goes on, and not as text. */
  readonly rest?: string
  /** It lies outside of the project: it may be read, and nothing of its text may be shown. */
  readonly outside?: true
}

/** Half-open range of UTF-16 offsets into `source.text`. It always points into a real Source. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** One-based line and column; columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The range `[start, end)` of `source`, clamped to its text. */
export function span(source: Source, start: number, end: number): Span {
  const from = Math.max(0, Math.min(start, source.text.length))
  return { source, start: from, end: Math.max(from, Math.min(end, source.text.length)) }
}

/** The whole of `source`. */
export const wholeOf = (source: Source): Span => span(source, 0, source.text.length)

/** The text that `at` covers. */
export const textOf = (at: Span): string => at.source.text.slice(at.start, at.end)

/** Whether two spans are the same range of the same file. */
export const sameSpan = (one: Span, other: Span): boolean =>
  one.source.path === other.source.path && one.start === other.start && one.end === other.end

/** Whether `one` lies in `other`. */
export const isWithin = (one: Span, other: Span): boolean =>
  one.source.path === other.source.path && one.start >= other.start && one.end <= other.end

const lineStarts = new WeakMap<Source, readonly number[]>()

/** Offsets at which the lines of `source` begin. `\n`, `\r\n` and a lone `\r` end a line. */
export function startsOfLines(source: Source): readonly number[] {
  const known = lineStarts.get(source)
  if (known) return known
  const starts = [0]
  for (const end of source.text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length)
  lineStarts.set(source, starts)
  return starts
}

/** Where `offset` stands in `source`. */
export function positionAt(source: Source, offset: number): Position {
  const starts = startsOfLines(source)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** `compose.yaml:9`, as people name a place to each other. */
export const placeName = (at: Span): string => `${at.source.path}:${positionAt(at.source, at.start).line}`
