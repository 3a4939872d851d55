import { breakIn } from '../../../text/damage.ts'
import { type Source, span } from '../../../text/source.ts'
import type { Outline } from './ast.ts'
import { plainExpressions } from './plain.ts'

const head = /^(?:[ \t]*(?:#.*)?\r?\n)*defmodule ([A-Z]\w*(?:\.[A-Z]\w*)*) do[ \t]*\r?\n/

/**
 * The one module of a file of code, by its text alone. Undefined where another one, or an escape that may be no character,
 * stands in it, be it in a text, and where it is not surely well-formed.
 */
export function outlineOf(source: Source): Outline | undefined {
  const { path, text } = source
  if (!path.endsWith('.ex') || text.length > longest) return undefined
  const [whole, name] = head.exec(text) ?? []
  if (whole === undefined || name === undefined || name.startsWith('Elixir.') || breakIn(source)) return undefined
  const at = whole.lastIndexOf(name)
  const start = at - 'defmodule '.length
  if (text.includes('defmodule', at) || !/\nend\s*$/.test(text) || /\\[xu]/.test(text)) return undefined
  const expressions = plainExpressions(text, start)
  if (expressions === undefined) return undefined
  const end = text.trimEnd().length
  return { name, nameSpan: span(source, at, at + name.length), span: span(source, start, end), expressions }
}

const longest = 100_000

/** Whether an expression of a module begins with a word or a mark, such as `use` or `@`. */
export const beginsWith = ({ span: { source }, expressions }: Outline, begin: string): boolean =>
  expressions.some((at) => source.text.startsWith(begin, at))
