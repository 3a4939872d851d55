import { type Known, type Unknown, unknown } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'

/** A word of a command after expansion: its text, or why that is not known. */
export type Arg =
  | { readonly text: string; readonly span: Span }
  | { readonly text?: undefined; readonly unknown: Unknown; readonly span: Span }

/** A word as it is expanded. */
export const argOf = (value: Known<string>, at: Span): Arg =>
  value.kind === 'known'
    ? { text: value.value, span: at }
    : { text: undefined, unknown: value.kind === 'unknown' ? value : unknown('nothing sets it'), span: at }

/** A command as it is written, as far as it is known. */
export const textOfArgs = (argv: readonly Arg[]): string => argv.map((arg) => arg.text ?? '…').join(' ')

/** From the first of the words to the last that stands in the same file. */
export function spanOver(argv: readonly Arg[], first: Span): Span {
  const last = argv.findLast((arg) => arg.span.source === first.source)?.span ?? first
  return { source: first.source, start: first.start, end: Math.max(first.end, last.end) }
}
