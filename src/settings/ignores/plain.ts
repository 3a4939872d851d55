import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import { unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { type Commented, commentAt, commentsOutside } from './comment.ts'
import { shellComments } from './shell-comments.ts'

/** The comments of an env file, and its assignments. */
export function commentsOfEnvFile(source: Source): Commented {
  const { entries } = parseEnvFile(source, { lookup: () => unset() })
  return {
    comments: commentsOutside(
      source,
      entries.map(({ span }) => span),
    ),
    ends: new Map(entries.map(({ span: { start, end } }) => [start, end])),
  }
}

/** The comments of a .dockerignore or .gitignore: lines that begin with `#`. */
export function commentsOfPatterns(source: Source): Commented {
  const starts = [...source.text.matchAll(/^\ufeff?#/gm)].map(({ 0: found, index }) => index + found.length - 1)
  return { comments: starts.map((start) => commentAt(source, start)), ends: new Map() }
}

/** The comments of a shell script, and its lines with those that continue them. */
export function commentsOfShell(source: Source): Commented {
  const ends = new Map<number, number>()
  let first: number | undefined
  for (const { 0: line, index } of source.text.matchAll(/[^\r\n]+/g)) {
    first ??= index + line.length - line.trimStart().length
    ends.set(first, index + line.length)
    if (!/(?:^|[^\\])(?:\\\\)*\\$/.test(line.slice(-200))) first = undefined
  }
  return { comments: shellComments(source.text).map((start) => commentAt(source, start)), ends }
}
