import { unescaped } from './escapes.ts'
import type { TermToken } from './token.ts'

type QuotedTerm = Pick<TermToken, 'kind' | 'text' | 'end'>

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
const opening = /~?([bBsS]?)("{3,})[^\S\n]*\n/y
const sigil = /~([bBsS]?)([([{<"'/|`#])/y

/** The string, quoted atom or sigil at `start` (Erlang Reference Manual, "Data Types"); undefined where there is none. */
export function quotedAt(text: string, start: number): QuotedTerm | undefined {
  opening.lastIndex = start
  const triple = opening.exec(text)
  const isSigil = text[start] === '~'
  if (triple && (isSigil || triple[1] === '')) return tripleQuoted(text, opening.lastIndex, triple, isSigil)
  if (!isSigil) {
    const mark = text[start] ?? ''
    const inner = upTo(text, start + 1, mark, true)
    if (inner === undefined) return { kind: 'bad', text: mark, end: text.length }
    return { kind: mark === '"' ? 'string' : 'atom', text: unescaped(inner), end: start + inner.length + 2 }
  }
  sigil.lastIndex = start
  const [, letter = '', mark = ''] = sigil.exec(text) ?? []
  if (mark === '') return undefined
  const isRaw = /[BS]/.test(letter)
  const inner = upTo(text, sigil.lastIndex, closers[mark] ?? mark, !isRaw)
  if (inner === undefined) return { kind: 'bad', text: '~', end: text.length }
  const end = start + 1 + letter.length + 1 + inner.length + 1
  return { kind: /s/i.test(letter) ? 'string' : 'sigil', text: isRaw ? inner : unescaped(inner), end }
}

/** The text from `start` to before `mark`. */
function upTo(text: string, start: number, mark: string, escapes: boolean): string | undefined {
  let at = start
  for (; at < text.length; at++) {
    if (escapes && text[at] === '\\') at++
    else if (text[at] === mark) return text.slice(start, at)
  }
  return undefined
}

/** `"""` and its lines, without the indentation of the closing marks. */
function tripleQuoted(
  text: string,
  first: number,
  [, letter = '', marks = '']: RegExpExecArray,
  isSigil: boolean,
): QuotedTerm {
  const closing = new RegExp(`^([^\\S\\n]*)${marks}`, 'gm')
  closing.lastIndex = first
  const close = closing.exec(text)
  if (close === null) return { kind: 'bad', text: marks, end: text.length }
  const indent = close[1] ?? ''
  const lines = text.slice(first, Math.max(first, close.index - 1)).split('\n')
  const inner = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart())).join('\n')
  const isRaw = !/[bs]/.test(letter)
  const end = close.index + close[0].length
  return { kind: isSigil && !/s/i.test(letter) ? 'sigil' : 'string', text: isRaw ? inner : unescaped(inner), end }
}
