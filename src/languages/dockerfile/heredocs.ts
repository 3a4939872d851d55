import type { Problem } from '../../text/diagnostic.ts'
import { span } from '../../text/source.ts'
import { lex } from './lexer.ts'
import { type Joined, lineEnds, offsetIn, spanIn } from './lines.ts'
import type { Heredoc } from './parts.ts'

/** What `<<EOF` says of the heredoc that it opens. */
export type HeredocOpening = Pick<Heredoc, 'delimiter' | 'quoted' | 'stripTabs' | 'fd'>

const nothingSet = () => undefined
const countQuotes = (text: string) => text.match(/['"]/g)?.length ?? 0

/** Reads a whole word as the opening of a heredoc. */
export function readHeredocOpening(word: string): HeredocOpening | undefined {
  const match = /^(\d*)<<(-?)\s*(?!\s)([^<]*)$/.exec(word)
  const rest = match?.[3] ?? ''
  if (rest === '') return undefined
  const plain = lex(rest, nothingSet, { escape: '\\', keepUnset: true }).read?.words
  const raw = lex(rest, nothingSet, { escape: '\\', keepUnset: true, rawQuotes: true }).read?.words
  const delimiter = plain?.[0]
  if (delimiter === undefined || plain?.length !== 1 || raw?.length !== 1) return undefined
  const fd = match?.[1] ?? ''
  return {
    delimiter,
    quoted: countQuotes(delimiter) !== countQuotes(raw[0] ?? ''),
    stripTabs: match?.[2] === '-',
    ...(fd === '' ? {} : { fd: Number(fd) }),
  }
}

/** The heredocs that a line of RUN, COPY or ADD opens, whose bodies begin at `offset`, and where the next line begins. */
export function readHeredocs(
  line: Joined,
  offset: number,
): { readonly heredocs: readonly Heredoc[]; readonly next: number; readonly problems: readonly Problem[] } {
  const heredocs: Heredoc[] = []
  const problems: Problem[] = []
  let next = offset
  if (!line.text.includes('<<')) return { heredocs, next, problems }
  const { read } = lex(line.text, nothingSet, { escape: '\\', keepUnset: true, rawQuotes: true, rawEscapes: true })
  let cursor = 0
  for (const word of read?.words ?? []) {
    const found = line.text.indexOf(word, cursor)
    const from = found < 0 ? cursor : found
    const to = found < 0 ? cursor : found + word.length
    cursor = to
    const opening = readHeredocOpening(word)
    if (!opening) continue
    const body = readBody(line, next, opening)
    const at = spanIn(line, from, to)
    heredocs.push({ ...opening, span: at, bodySpan: body.bodySpan, ...(body.endSpan ? { endSpan: body.endSpan } : {}) })
    if (!body.endSpan) problems.push({ span: at, message: `no line \`${opening.delimiter}\` ends this heredoc` })
    next = body.next
  }
  return { heredocs, next, problems }
}

function readBody(
  { source, whole: text }: Joined,
  offset: number,
  opening: HeredocOpening,
): Pick<Heredoc, 'bodySpan' | 'endSpan'> & { readonly next: number } {
  for (let at = offset; at < text.length; ) {
    const { end, next } = lineEnds(text, at)
    let start = at
    while (opening.stripTabs && text[start] === '\t') start++
    if (end - start === opening.delimiter.length && text.startsWith(opening.delimiter, start)) {
      return { bodySpan: span(source, offset, at), endSpan: span(source, start, end), next }
    }
    at = next
  }
  return { bodySpan: span(source, offset, text.length), next: text.length }
}

/** The offset at which a line's own text ends: after its last heredoc, if it has any. */
export function endOf(line: Joined, to: number, heredocs: readonly Heredoc[]): number {
  const last = heredocs.at(-1)
  if (last) return last.endSpan?.end ?? last.bodySpan.end
  return to > 0 ? offsetIn(line, to - 1) + 1 : offsetIn(line, 0)
}
