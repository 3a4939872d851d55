import { type Span, textOf } from '../text/source.ts'

/** The name of what an expression calls, the last of a pipe: `String.to_integer` of `value |> String.to_integer()`; else its first line. */
export function calledAt(at: Span): string {
  const text = textOf(at)
  const last = text.split(/\|>\s*/).at(-1) ?? text
  return /^[\w.:!?@]+/.exec(last)?.[0] ?? /^[\w.:!?@]+/.exec(text)?.[0] ?? text.split('\n')[0] ?? ''
}
