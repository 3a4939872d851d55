import { breakIn } from '../../../text/damage.ts'
import { oncePer } from '../../../text/once.ts'
import { type Source, span } from '../../../text/source.ts'
import type { Outline } from './ast.ts'
import { isPlain } from './plain.ts'

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
  if (!isPlain(text, start)) return undefined
  return { name, nameSpan: span(source, at, at + name.length), span: span(source, start, text.trimEnd().length) }
}

const longest = 100_000

/** Where the expressions of a module begin. */
const expressionsOf = oncePer(({ span: { source, start } }: Outline): readonly number[] => {
  const found: number[] = []
  isPlain(source.text, start, found)
  return found
})

/** Whether an expression of a module begins so, such as with `use` or `@`; `begin` is sticky. */
export const beginsWith = (outline: Outline, begin: RegExp): boolean =>
  expressionsOf(outline).some((at) => {
    begin.lastIndex = at
    return begin.test(outline.span.source.text)
  })

/** The texts of the expressions of a module but those of its functions. */
export const outsideOf = oncePer((outline: Outline): string =>
  expressionsOf(outline)
    .map((at, index, all) => outline.span.source.text.slice(at, all[index + 1] ?? outline.span.end))
    .filter((text) => !/^defp?\b/.test(text))
    .join(''),
)
