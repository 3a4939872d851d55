import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { type Source, type Span, span, wholeOf } from '../../text/source.ts'
import type { Comment, Commented } from './comment.ts'
import { commentsOf } from './comments.ts'
import { type IgnoreDirective, readDirective } from './directive.ts'

/** A comment of ours and what it is about: a finding that begins there is meant. */
export interface Ignore extends IgnoreDirective {
  readonly comment: Span
  readonly reach: Span
}

/** What the comments of a file ignore. */
export interface FileIgnores {
  readonly ignores: readonly Ignore[]
  /** Comments that mean to ignore something and say it wrongly. */
  readonly malformed: readonly Span[]
  /** `global ignore=` that does not stand at the top of its file, and so counts for nothing. */
  readonly late: readonly Span[]
}

const none: FileIgnores = { ignores: [], malformed: [], late: [] }

/** Reads the ignores of a file. Most files have none, which costs no parsing. */
export function ignoresOf(source: Source, elixir: ElixirFile | undefined): FileIgnores {
  if (!source.text.includes('docker-gotchas')) return none
  const commented = commentsOf(source, elixir)
  const below = codeBelow(source, commented)
  const top = topOf(source)
  const ignores: Ignore[] = []
  const malformed: Span[] = []
  const late: Span[] = []
  for (const comment of commented.comments) {
    const directive = readDirective(comment.span)
    if (directive === undefined) continue
    if (directive.kind === 'malformed') malformed.push(comment.span)
    else if (!directive.global)
      ignores.push({ ...directive, comment: comment.span, reach: reachOf(comment, commented, below) })
    else if (comment.span.start < top) ignores.push({ ...directive, comment: comment.span, reach: wholeOf(source) })
    else late.push(comment.span)
  }
  return { ignores, malformed, late }
}

function reachOf(comment: Comment, { ends }: Commented, below: ReadonlyMap<Comment, number>): Span {
  const { source } = comment.span
  if (comment.behind) return comment.behind
  const start = below.get(comment) ?? source.text.length
  return span(source, start, ends.get(start) ?? endOfLine(source.text, start))
}

/** Where the first line below each comment that has its line for itself begins which is neither blank nor a comment. */
function codeBelow(source: Source, { comments }: Commented): ReadonlyMap<Comment, number> {
  const next = new Map<Comment, number>()
  const above = new Map<number, number>()
  for (const comment of comments.toReversed()) {
    if (comment.behind) continue
    const { start, end } = comment.span
    const rest = /\S/g
    rest.lastIndex = end
    const first = rest.exec(source.text)?.index ?? source.text.length
    const code = above.get(first) ?? first
    next.set(comment, code)
    above.set(start, code)
  }
  return next
}

/** Where the first line begins that is neither blank, nor a comment, nor a mark of YAML. */
function topOf({ text }: Source): number {
  const found = text.search(/^[\ufeff \t]*(?!---[ \t]*$|%)[^\s\ufeff#]/m)
  return found === -1 ? text.length : found
}

function endOfLine(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/)
  return found === -1 ? text.length : from + found
}
