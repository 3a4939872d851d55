import { isBlank } from './lines.ts'
import type { Escape } from './parts.ts'

/** A part of a joined line: `[from, to)` of its text. */
export interface LineToken {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A flag with the index that each character of its unquoted text comes from. */
export interface FlagToken extends LineToken {
  readonly indices: readonly number[]
}

const separators = '\t\v\f\r '

/** Where the word that begins at `from` ends. */
export function fieldEnd(text: string, from: number, to: number): number {
  let end = from
  while (end < to && !separators.includes(text[end] ?? '')) end++
  return end
}

/** The words of `[from, to)` between blanks, whatever they hold: COPY and FROM know no quotes. */
export function fieldsOf(text: string, from: number, to: number): readonly LineToken[] {
  const fields: LineToken[] = []
  for (let start = from, at = from; at <= to; at++) {
    if (at < to && !separators.includes(text[at] ?? '')) continue
    if (at > start) fields.push({ text: text.slice(start, at), from: start, to: at })
    start = at + 1
  }
  return fields
}

/** The words of ENV, LABEL and ARG: quotes and escapes keep blanks together and stay in the word. */
export function quotedWordsOf(text: string, from: number, to: number, escaping: Escape): readonly LineToken[] {
  const words: LineToken[] = []
  let at = from
  while (at < to) {
    while (at < to && isBlank(text[at] ?? '')) at++
    if (at >= to) break
    const start = at
    let quote = ''
    let end = to
    for (; at < to; at++) {
      const character = text[at] ?? ''
      if (quote === '' && isBlank(character)) break
      if (character === escaping && quote !== "'") {
        if (at + 1 === to) end = at
        at++
      } else if (quote === '' && (character === "'" || character === '"')) quote = character
      else if (character === quote) quote = ''
    }
    end = Math.min(end, at, to)
    if (end > start) words.push({ text: text.slice(start, end), from: start, to: end })
  }
  return words
}

/** The `--…` words that `[from, to)` begins with, unquoted, and where the arguments begin. */
export function flagsOf(
  text: string,
  from: number,
  to: number,
  escaping: Escape,
): { readonly flags: readonly FlagToken[]; readonly end: number } {
  const flags: FlagToken[] = []
  let at = from
  for (;;) {
    while (at < to && separators.includes(text[at] ?? '')) at++
    if (at >= to || !text.startsWith('--', at)) return { flags, end: at }
    const start = at
    const characters: string[] = []
    const indices: number[] = []
    let quote = ''
    for (; at < to; at++) {
      const character = text[at] ?? ''
      if (quote === '' && separators.includes(character)) break
      if (quote === '' ? character === "'" || character === '"' : character === quote) {
        quote = quote === '' ? character : ''
        continue
      }
      if (character === escaping && ++at >= to) break
      characters.push(text[at] ?? '')
      indices.push(at)
    }
    at = Math.min(at, to)
    const word = characters.join('')
    if (word === '--') return { flags, end: at }
    flags.push({ text: word, from: start, to: at, indices })
  }
}

/**
 * The strings of the JSON array that `[from, to)` is; `invalid` where it is an array of other things, which Docker
 * refuses; undefined where it is no JSON array, which Docker then reads in another way.
 */
export function jsonStringsOf(text: string, from: number, to: number): readonly LineToken[] | 'invalid' | undefined {
  let start = from
  while (start < to && isBlank(text[start] ?? '')) start++
  if (text[start] !== '[') return undefined
  const parsed = parseJson(text.slice(start, to))
  if (!Array.isArray(parsed)) return undefined
  const strings: LineToken[] = []
  let at = start + 1
  for (const value of parsed) {
    if (typeof value !== 'string') return 'invalid'
    at = text.indexOf('"', at)
    const open = at
    for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
    strings.push({ text: value, from: open, to: at + 1 })
    at++
  }
  return strings
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
