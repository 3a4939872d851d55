import { breakIn } from '../../../text/damage.ts'
import { type Source, span } from '../../../text/source.ts'
import type { Outline } from './ast.ts'

const head = /^(?:[ \t]*(?:#.*)?\r?\n)*defmodule ([A-Z]\w*(?:\.[A-Z]\w*)*) do[ \t]*\r?\n/

/**
 * The one module of a file of code, by its text alone, if the file is well-formed. Undefined where another one, or an
 * escape that may be no character, stands in it, be it in a text.
 */
export function outlineOf(source: Source): Outline | undefined {
  const { path, text } = source
  if (!path.endsWith('.ex') || text.length > longest) return undefined
  const [whole, name] = head.exec(text) ?? []
  if (whole === undefined || name === undefined || name.startsWith('Elixir.') || breakIn(source)) return undefined
  const at = whole.lastIndexOf(name)
  const start = at - 'defmodule '.length
  if (text.includes('defmodule', at) || !/\nend\s*$/.test(text) || /\\[xu]/.test(text)) return undefined
  return { name, nameSpan: span(source, at, at + name.length), span: span(source, start, text.trimEnd().length) }
}

const longest = 100_000
