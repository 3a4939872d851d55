import type fc from 'fast-check'
import type { Source } from '../../src/text/source.ts'

/** A language whose texts are made up, and read by all that reads it. */
export interface Language {
  readonly name: string
  /** Where its texts stand in a project: of a made-up one the first, of a real one any. */
  readonly paths: readonly [string, ...string[]]
  /** Texts that are of the language, or nearly. */
  readonly texts: fc.Arbitrary<string>
  /** Words of the language, for mutations. */
  readonly words: readonly string[]
  /** All that the readers make of a text: it is searched for places. */
  readonly read: (source: Source) => readonly unknown[]
}
