import type { Label } from '../../text/diagnostic.ts'
import { type Known, known, longestValue, tooLong, unknown } from '../../text/known.ts'
import { lex } from './lexer.ts'
import type { Escape } from './parts.ts'
import { unknownMark } from './reading.ts'

/** What a word becomes. `result` is undefined and `error` set where Docker refuses it. */
export interface Expansion {
  readonly result?: string
  /** `result` split at blanks outside of quotes, as EXPOSE does. */
  readonly words: readonly string[]
  readonly error?: string
  /** Variables that are used and set, by name, sorted. */
  readonly matched: readonly string[]
  /** Variables that are used and not set. */
  readonly unmatched: readonly string[]
}

/** Gives the value of a variable; undefined where it is not set. */
export type TextLookup = (name: string) => string | undefined

/** Gives what is known of a variable. */
export type KnownLookup = (name: string) => Known<string>

/**
 * Expands the variables of `word` and takes its quotes and escapes away, as BuildKit 0.34 does for the arguments of
 * most instructions (frontend/dockerfile/shell). `heredoc` leaves quotes alone, as in the files of `COPY <<EOF`.
 */
export function expandWord(word: string, lookup: TextLookup, escaping: Escape = '\\', heredoc = false): Expansion {
  const matched = new Set<string>()
  const unmatched = new Set<string>()
  const get = (name: string) => {
    const value = lookup(name)
    ;(value === undefined ? unmatched : matched).add(name)
    return value
  }
  const { read, error } = lex(word, get, { escape: escaping, plainQuotes: heredoc })
  const names = { matched: [...matched].sort(), unmatched: [...unmatched].sort() }
  return read ? { result: read.result, words: read.words, ...names } : { words: [], error: error ?? '', ...names }
}

const trailLimit = 32

/**
 * What is known of `word` after expansion. It is unknown where a variable that is needed for it is unknown, or where
 * Docker refuses the word. Its trail is that of the variables that it uses, in order; of a very long one the end.
 */
export function expandKnown(
  word: string,
  lookup: KnownLookup,
  escaping: Escape = '\\',
  heredoc = false,
): Known<string> {
  const trail = new Set<Label>()
  const reasons: string[] = []
  let length = word.length
  const { result, error } = expandWord(
    word,
    (name) => {
      const found = lookup(name)
      if (found.kind === 'known') length += found.value.length
      const value = length > longestValue ? tooLong(found.trail) : found
      for (const label of value.trail) trail.add(label)
      if (value.kind === 'known') return value.value
      if (value.kind === 'unset') return undefined
      reasons.push(value.why)
      return unknownMark
    },
    escaping,
    heredoc,
  )
  const labels = [...trail].slice(-trailLimit)
  if (result === undefined) return unknown(`Docker refuses the word: ${error}`, labels)
  const why = reasons[0]
  return why !== undefined && result.includes(unknownMark) ? unknown(why, labels) : known(result, labels)
}
