import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { positionAt, type Source } from '../../text/source.ts'
import { lineStart } from './comment.ts'
import { ignoresOf } from './reach.ts'

/** A line with a comment that ignores a finding. */
export interface SuggestedIgnore {
  /** What the line is to be: the comment alone, or the line that is there with the comment behind it. */
  readonly text: string
  /** `above` its line, `behind` it, or at the `top` of the file, where it is about all of it. */
  readonly where: 'above' | 'behind' | 'top'
  /** The line, from 1, above or behind which it stands. */
  readonly line: number
}

/** The comment that ignores a finding where it stands; tried out, so that it does. Undefined where the file takes none. */
export function ignoreFor(
  { rule, span: { source, start } }: Diagnostic,
  parse: (source: Source) => ElixirFile | undefined,
): SuggestedIgnore | undefined {
  const at = lineStart(source, start)
  const { line } = positionAt(source, start)
  const indent = /^[ \t]*/.exec(source.text.slice(at))?.[0] ?? ''
  const found = source.text.slice(at).search(/[\r\n]/)
  const end = found === -1 ? source.text.length : at + found
  const comment = `# docker-gotchas ignore=${rule} -- the reason`
  const hits = (text: string, inserted: string, place: number) => {
    const changed = { ...source, text: source.text.slice(0, place) + inserted + source.text.slice(place) }
    const moved = place <= start ? start + inserted.length : start
    const { ignores } = ignoresOf(changed, parse(changed))
    const isHit = ignores.some(({ reach, ids }) => reach.start <= moved && moved <= reach.end && ids[0]?.id === rule)
    return isHit ? text : undefined
  }
  const above = hits(`${indent}${comment}`, `${indent}${comment}\n`, at)
  if (above !== undefined) return { text: above, where: 'above', line }
  const behind = hits(`${source.text.slice(at, end)}  ${comment}`, `  ${comment}`, end)
  if (behind !== undefined) return { text: behind, where: 'behind', line }
  const global = comment.replace('ignore=', 'global ignore=')
  const top = hits(global, `${global}\n`, 0)
  return top === undefined ? undefined : { text: top, where: 'top', line: 1 }
}
