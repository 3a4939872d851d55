import { positionAt, type Span } from '../../text/source.ts'
import { visible } from './cells.ts'

/** `path:line:column` of the beginning of `span`, as editors and terminals open it. */
export function placeOf(span: Span): string {
  const { line, column } = positionAt(span.source, span.start)
  return `${visible(span.source.path)}:${line}:${column}`
}

/** `1 file`, `2 files`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

const named = 3
const tellsMost = [/(^|\/)Dockerfile$/, /Dockerfile/, /compose[^/]*\.ya?ml$/, /runtime\.exs$/, /mix\.exs$/, /\.exs?$/]

const rankOf = (path: string): number => {
  const rank = tellsMost.findIndex((kind) => kind.test(path))
  return rank === -1 ? tellsMost.length : rank
}

/** `Dockerfile, compose.yaml, config/runtime.exs and 11 more`: the files that tell most come first. */
export function listed(paths: readonly string[]): string {
  const sorted = paths.toSorted((one, other) => rankOf(one) - rankOf(other)).map(visible)
  const shown = sorted.slice(0, sorted.length === named + 1 ? named + 1 : named)
  const rest = sorted.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('')
}
