import { positionAt, type Source, type Span, span } from '../../text/source.ts'

/** The comments of a file, and how far what stands below them reaches. */
export interface Commented {
  readonly comments: readonly Comment[]
  /** Where what begins at an offset ends: an instruction, a key with its block, an expression; else its line does. */
  readonly ends: ReadonlyMap<number, number>
}

export interface Comment {
  /** From the `#` to the end of the line. */
  readonly span: Span
  /** What a comment behind some code is about; undefined for one that has its line for itself. */
  readonly behind: Span | undefined
}

/** The comment at `start`; it is about the line where something stands before it. */
export function commentAt(source: Source, start: number): Comment {
  const line = lineStart(source, start)
  const found = source.text.slice(start).search(/[\r\n]/)
  const end = found === -1 ? source.text.length : start + found
  const isAlone = source.text.slice(line, start).replace('\ufeff', '').trim() === ''
  return { span: span(source, start, end), behind: isAlone ? undefined : span(source, line, start) }
}

/** Where the line of an offset begins. */
export const lineStart = (source: Source, at: number): number => at + 1 - positionAt(source, at).column

const hash = /(?:^|[ \t\ufeff])#/gm

/** The comments of a text in which `#` at the beginning of a word is one, unless it stands in one of `taken` (sorted). */
export function commentsOutside(source: Source, taken: readonly Span[]): readonly Comment[] {
  const comments: Comment[] = []
  let index = 0
  let until = 0
  for (const found of source.text.matchAll(hash)) {
    const at = found.index + found[0].length - 1
    if (at < until) continue
    while ((taken[index]?.end ?? Number.POSITIVE_INFINITY) <= at) index += 1
    const next = taken[index]
    if (next && next.start <= at) continue
    const comment = commentAt(source, at)
    until = comment.span.end
    comments.push(comment)
  }
  return comments
}
