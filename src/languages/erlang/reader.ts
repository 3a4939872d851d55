import type { Problem } from '../../text/diagnostic.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import type { TermToken } from './token.ts'
import { spanOfToken, tokenAt } from './tokens.ts'

/** Where the reading of terms stands. After the first problem the rest of the term is unknown. */
export interface TermReader {
  readonly source: Source
  token: TermToken
  /** Lists, tuples and maps around this place. */
  depth: number
  /** Values that have a place; the trails of very many numbers would only cost memory. */
  placed: number
  problem: Problem | undefined
}

/** Reads from the start of `source`. */
export const newReader = (source: Source): TermReader => ({
  source,
  token: tokenAt(source, 0),
  depth: 0,
  placed: 0,
  problem: undefined,
})

/** Takes the token, and goes to the next one. */
export function take(reader: TermReader): TermToken {
  const { token } = reader
  reader.token = tokenAt(reader.source, token.end)
  return token
}

/** Whether the token is the mark `text`. */
export const isMark = ({ token }: TermReader, text: string): boolean => token.kind === 'mark' && token.text === text

/** Takes the mark `text` where it stands. */
export function takeMark(reader: TermReader, text: string): boolean {
  if (!isMark(reader, text)) return false
  take(reader)
  return true
}

/** Notes the first problem, at the token where `at` is absent. */
export function fail(reader: TermReader, message: string, at: Span = spanOfToken(reader.source, reader.token)): void {
  const { source } = reader
  const place = at.start === at.end && at.start > 0 ? span(source, at.start - 1, at.start) : at
  reader.problem ??= { span: place, message }
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<<': '>>' }

/** Goes past the bracket that closes the one at the token, however deep it is. */
export function skipBracket(reader: TermReader): void {
  const open: string[] = []
  do {
    const { kind, text } = reader.token
    if (kind === 'end') return
    const closer = kind === 'mark' ? closers[text] : undefined
    if (closer !== undefined) open.push(closer)
    else if (kind === 'mark' && open.at(-1) === text) open.pop()
    take(reader)
  } while (open.length > 0)
}
