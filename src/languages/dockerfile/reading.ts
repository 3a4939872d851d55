/** How a word is read. By default quotes and escapes are taken away and unset variables are empty. */
export interface LexOptions {
  readonly escape: string
  readonly rawQuotes?: boolean
  readonly rawEscapes?: boolean
  /** Leaves variables that are not set as they are written. */
  readonly keepUnset?: boolean
  /** Quotes are ordinary characters, as in the body of a heredoc. */
  readonly plainQuotes?: boolean
}

/** A word while it is read. */
export interface WordReading extends LexOptions {
  readonly text: string
  at: number
  rawEscapes: boolean
  depth: number
  /** Of the word that is being collected; shared by nested readings, which empty it, as in BuildKit. */
  collected: string
  error: string | undefined
  readonly get: (name: string) => string | undefined
}

/** Stands for a value that nobody knows, inside of results; what is computed from it is this again. */
export const unknownMark = '\u{f5afe}'

/** The character at the reading's place, or '' at the end. */
export function peek(reading: WordReading): string {
  const code = reading.text.codePointAt(reading.at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** The character at the reading's place, which moves past it. */
export function next(reading: WordReading): string {
  const character = peek(reading)
  reading.at += character.length
  return character
}

/** Notes what is wrong; `undefined` is what readers give then. */
export function fail(reading: WordReading, error: string): undefined {
  reading.error ??= error
  return undefined
}

/** A result and its split into words. */
export interface ReadWord {
  readonly result: string
  readonly words: readonly string[]
}

/** Reads a part of a word up to `stop`, inside of which substitutions may stand. */
export type ReadUntil = (
  reading: WordReading,
  stop: string,
  rawEscapes: boolean,
  pattern: boolean,
) => ReadWord | undefined
