import type { Edit } from '../../text/diagnostic.ts'
import { positionAt, type Source, type Span, span, startsOfLines, textOf } from '../../text/source.ts'

/** Where the line of an offset begins. */
export const lineStart = (source: Source, at: number): number => at + 1 - positionAt(source, at).column

/** Where the line of an offset ends, before its line break. */
export function lineEnd(source: Source, at: number): number {
  const found = source.text.slice(at).search(/[\r\n]/)
  return found === -1 ? source.text.length : at + found
}

/** Where the line after that of an offset begins, or the text ends. */
export const nextLine = (source: Source, at: number): number =>
  startsOfLines(source)[positionAt(source, at).line] ?? source.text.length

/** The blanks at the beginning of the line of an offset. */
export const indentAt = (source: Source, at: number): string =>
  /^[\t ]*/.exec(source.text.slice(lineStart(source, at)).replace(/^\ufeff/, ''))?.[0] ?? ''

/** Whether nothing but blanks stands around `at` on its lines. */
export const hasOwnLines = ({ source, start, end }: Span): boolean =>
  source.text.slice(lineStart(source, start), start).replace('\ufeff', '').trim() === '' &&
  source.text.slice(end, lineEnd(source, end)).trim() === ''

/** The lines of `at`, with the line break behind them. */
export const linesOf = ({ source, start, end }: Span): Span =>
  span(source, lineStart(source, start), nextLine(source, end))

/** Takes the lines of `at` away; undefined where something else stands on them. */
export const withoutLines = (at: Span): Edit | undefined =>
  hasOwnLines(at) ? { span: linesOf(at), text: '' } : undefined

/** Writes `text` at an offset. */
export const insertedAt = (source: Source, at: number, text: string): Edit => ({ span: span(source, at, at), text })

/** Writes lines above that of an offset. */
export const linesAbove = (source: Source, at: number, lines: string): Edit =>
  insertedAt(source, lineStart(source, at), `${lines}\n`)

/** Writes lines at the end of a text. */
export function linesAtEnd(source: Source, lines: string): Edit {
  const { text } = source
  const isOpen = text !== '' && !text.endsWith('\n')
  return insertedAt(source, text.length, `${isOpen ? '\n' : ''}${lines}\n`)
}

/** A file that is not there yet. */
export const newFile = (path: string, text: string): Edit => ({
  span: { source: { path, text: '' }, start: 0, end: 0 },
  text,
})

/** `at` with the comment lines that stand directly above it. */
export function withCommentsAbove(at: Span, comments: readonly Span[]): Span {
  const { source } = at
  const starts = new Set(comments.map(({ start }) => lineStart(source, start)))
  let from = lineStart(source, at.start)
  while (from > 0) {
    const above = lineStart(source, from - 1)
    if (
      !starts.has(above) ||
      !textOf(span(source, above, from))
        .trimStart()
        .startsWith('#')
    )
      break
    from = above
  }
  return span(source, from, at.end)
}
