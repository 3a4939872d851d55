import { blank } from '../lines.ts'
import type { Escape } from '../parts.ts'

type Correction = (text: string, escaping: Escape) => string

const indents = new RegExp(`(^|\\n)([${blank}]+)`, 'g')
/** Escape characters that are not the last of their line, or follow another. */
const idle: Readonly<Record<Escape, RegExp>> = {
  '\\': /\\(?![ \t]*\r*(?:\n|$))|(?<=\\)\\/g,
  '`': /`(?![ \t]*\r*(?:\n|$))|(?<=`)`/g,
}
const anyBlank = new RegExp(`[${blank}]`, 'g')
const comments = new RegExp(`(?:^|\\n)[${blank}]*#[${blank}]*`, 'g')
const directive = /((?:^|\n)[ \t]*#[^=\n]*=[ \t]*[^ \t\r\n])([^\n]+)/g

/**
 * Where dockerfile-ast reads otherwise than BuildKit (frontend/dockerfile/parser): each gives a text of the same length
 * that both read as BuildKit reads the first, to show to dockerfile-ast in its place.
 */
export const corrections = {
  /** BuildKit parts lines at line feeds alone. */
  carriageReturns: (text) =>
    text.replace(/\r+[^\r\n]?/g, (found) =>
      found.endsWith('\r') ? found : ' '.repeat(found.length - 1) + found.at(-1),
    ),
  /** BuildKit takes away whatever Unicode calls blank, and a keyword ends at a vertical tab and a form feed too. */
  blanks: (text) =>
    text
      .replace(indents, (_, start: string, blanks: string) => start + ' '.repeat(blanks.length))
      .replace(/[\v\f]/g, ' '),
  /** To BuildKit, all but a single escape character at the end of a line is text. */
  escapes: (text, escaping) => text.replace(idle[escaping], 'x'),
  /** To BuildKit, what stands around the `#` of a directive may be blank in any way, and a form feed around its `=` too. */
  directiveBlanks: (text) => text.replace(comments, (found) => found.replace(anyBlank, ' ')).replaceAll('\f', ' '),
  /** To BuildKit, a directive's value goes on to the end of its line, and blanks behind it end no directives. */
  directiveValues: (text) =>
    text.replace(directive, (_, start: string, more: string) => start + 'x'.repeat(more.length)),
} satisfies Record<string, Correction>

/** What dockerfile-ast is shown of the lines at the top. */
export const correctedTop = (text: string): string =>
  corrections.directiveValues(corrections.directiveBlanks(corrections.carriageReturns(text)))

/** What dockerfile-ast is shown of the rest. */
export const corrected = (text: string, escaping: Escape): string =>
  corrections.blanks(corrections.carriageReturns(corrections.escapes(text, escaping)))
