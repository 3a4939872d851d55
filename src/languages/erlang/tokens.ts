import { type Source, type Span, span } from '../../text/source.ts'
import { leadingEscape, unescaped } from './escapes.ts'
import { quotedAt } from './quoted.ts'
import type { TermToken } from './token.ts'

const blank = /[\s\0-\x20\x80-\xa0]+|%[^\n]*/y
const patterns: readonly (readonly [TermToken['kind'], RegExp])[] = [
  ['float', /\d[\d_]*\.\d[\d_]*(?:[eE][+-]?\d+)?/y],
  ['integer', /\d[\d_]*(?:#[\da-zA-Z][\da-zA-Z_]*)?/y],
  ['atom', /[a-zß-öø-ÿ][\w@À-ÖØ-öø-ÿ]*/y],
  ['variable', /[A-Z_À-ÖØ-Þ][\w@À-ÖØ-öø-ÿ]*/y],
  ['stop', /\.(?=[\s%]|$)/y],
  ['mark', /<<|>>|=>|:=|\|\||[[\]{}()<>,|#:/.+*=;!?-]/y],
]

/** The token at or after `offset` of `source` (Erlang Reference Manual, "Character Set and Source File Encoding"). */
export function tokenAt(source: Source, offset: number): TermToken {
  const { text } = source
  let start = offset
  for (blank.lastIndex = start; blank.test(text); ) start = blank.lastIndex
  const first = text[start]
  if (first === undefined) return { kind: 'end', text: '', start, end: start }
  if (first === '"' || first === "'" || first === '~') {
    const quoted = quotedAt(text, start)
    if (quoted) return { ...quoted, start }
  }
  if (first === '$') return characterAt(text, start)
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (pattern.test(text)) return { kind, text: text.slice(start, pattern.lastIndex), start, end: pattern.lastIndex }
  }
  return { kind: 'bad', text: first, start, end: start + 1 }
}

function characterAt(text: string, start: number): TermToken {
  const rest = text.slice(start + 1, start + 16)
  const written = leadingEscape.exec(rest)?.[0] ?? Array.from(rest)[0]
  if (written === undefined) return { kind: 'bad', text: '$', start, end: start + 1 }
  return { kind: 'character', text: unescaped(written), start, end: start + 1 + written.length }
}

/** Where a token stands. */
export const spanOfToken = (source: Source, { start, end }: TermToken): Span => span(source, start, end)
