import { type Source, type Span, span } from '../../text/source.ts'
import type { Escape, Extent } from './parts.ts'

/** A text put together from pieces of a source, each of which remembers where it came from. */
export interface Joined {
  readonly source: Source
  /** What is read of the source. */
  readonly whole: string
  readonly text: string
  /** `at` is an index into `text`, `start` the offset in the source where that piece begins; none is empty. */
  readonly pieces: readonly { readonly at: number; readonly start: number }[]
}

/** The lines of an instruction without continuations, comments and blank lines, and where the next line begins. */
export interface LogicalLine {
  readonly joined: Joined
  readonly next: number
}

/** Go's unicode.IsSpace in the brackets of a regular expression, without the line feed. */
export const blank = '\\t\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const leadingBlanks = new RegExp(`^[\\n${blank}]*`)
const blankCharacter = new RegExp(`^[\\n${blank}]$`)

/** Whether Go's unicode.IsSpace holds: JavaScript's `\s` differs in U+0085 and U+FEFF. */
export const isBlank = (character: string): boolean => blankCharacter.test(character)

/** How many blanks `text` begins with. */
const indentOf = (text: string): number => leadingBlanks.exec(text)?.[0].length ?? 0

/** Where the line that holds `offset` ends: before its line break, and after it. */
export function lineEnds(text: string, offset: number): { readonly end: number; readonly next: number } {
  const found = text.indexOf('\n', offset)
  const next = found < 0 ? text.length : found + 1
  let end = next
  while (end > offset && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return { end, next }
}

/** The index at which the escape character that continues `line` stands. BuildKit takes a doubled one for text. */
function continuationAt(line: string, escaping: Escape): number | undefined {
  let end = line.length
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--
  return line[end - 1] === escaping && line[end - 2] !== escaping ? end - 1 : undefined
}

/**
 * The logical line that `instruction` begins with, joined as BuildKit's parser does (frontend/dockerfile/parser): without
 * continuations, without blank lines and without the lines of `comments`. What is left of it are heredocs. `text` is what
 * is read of the source.
 */
export function joinLines(
  source: Source,
  text: string,
  { instruction, comments }: { readonly instruction: Extent; readonly comments: readonly Extent[] },
  escaping: Escape,
): LogicalLine {
  const parts: string[] = []
  const pieces: { at: number; start: number }[] = []
  let length = 0
  let comment = 0
  let start = instruction.start
  while (start < instruction.end) {
    const { end, next } = lineEnds(text, start)
    while ((comments[comment]?.start ?? end) < start) comment++
    const isLeftOut = (comments[comment]?.start ?? end) < end || indentOf(text.slice(start, end)) === end - start
    const continued = continuationAt(text.slice(start, end), escaping)
    const part = text.slice(start, continued === undefined ? end : start + continued)
    if (!isLeftOut && part !== '') {
      pieces.push({ at: length, start })
      parts.push(part)
      length += part.length
    }
    start = next
    if (!isLeftOut && continued === undefined) break
  }
  return { joined: { source, whole: text, text: parts.join(''), pieces }, next: start }
}

/** The index of the piece that holds `index`, or the last before it. */
function pieceAt(joined: Joined, index: number): number {
  let low = 0
  let high = joined.pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((joined.pieces[middle]?.at ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return low
}

/** The offset in the source of the character at `index`. */
export function offsetIn(joined: Joined, index: number): number {
  const piece = joined.pieces[pieceAt(joined, index)]
  return piece ? piece.start + index - piece.at : 0
}

/** Where `[from, to)` of the joined text stands in the source. */
export function spanIn(joined: Joined, from: number, to: number): Span {
  if (to > from) return span(joined.source, offsetIn(joined, from), offsetIn(joined, to - 1) + 1)
  const at = from > 0 ? offsetIn(joined, from - 1) + 1 : offsetIn(joined, 0)
  return span(joined.source, at, at)
}

/** What was left out between the pieces of `[from, to)`: continuations, comments and blank lines. */
export function gapsIn(
  joined: Joined,
  from: number,
  to: number,
): readonly { readonly span: Span; readonly at: number }[] {
  const gaps: { span: Span; at: number }[] = []
  for (let index = pieceAt(joined, from) + 1; index < joined.pieces.length; index++) {
    const piece = joined.pieces[index]
    const before = joined.pieces[index - 1]
    if (!piece || !before || piece.at >= to) break
    gaps.push({ span: span(joined.source, before.start + piece.at - before.at, piece.start), at: piece.at })
  }
  return gaps
}

/** `[from, to)` without the blanks at both ends. */
export function trimmed(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  let start = from
  let end = to
  while (start < end && isBlank(text[start] ?? '')) start++
  while (end > start && isBlank(text[end - 1] ?? '')) end--
  return { from: start, to: end }
}
