import { blank } from './lines.ts'
import type { Escape } from './types.ts'

/** A place where dockerfile-ast reads otherwise than BuildKit: it is shown a text of the same length that both read alike. */
export type Correction = (text: string, escaping: Escape) => string

const leading = new RegExp(`(^|\\n)([${blank}]+)`, 'g')
const inLine = (escaping: Escape) =>
  escaping === '`' ? /`(?![ \t]*\r*(?:\n|$))|(?<=`)`/g : /\\(?![ \t]*\r*(?:\n|$))|(?<=\\)\\/g

/** What dockerfile-ast is shown in place of what stands there, by what BuildKit's parser does. */
export const corrections: Readonly<Record<string, Correction>> = {
  'an escape character continues a line only where it is its last character, and not doubled': (text, escaping) =>
    text.replace(inLine(escaping), 'x'),
  'a carriage return inside of a line is a blank': (text) =>
    text.replace(/\r+[^\r\n]?/g, (found) =>
      found.endsWith('\r') ? found : ' '.repeat(found.length - 1) + found.at(-1),
    ),
  'lines are indented by whatever Unicode calls blank': (text) =>
    text.replace(leading, (_, start: string, blanks: string) => start + ' '.repeat(blanks.length)),
  'a vertical tab and a form feed end a keyword': (text) => text.replace(/[\v\f]/g, ' '),
}

/** `text` after all corrections. */
export const corrected = (text: string, escaping: Escape): string =>
  Object.values(corrections).reduce((read, correct) => correct(read, escaping), text)
