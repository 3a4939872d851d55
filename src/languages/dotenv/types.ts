import type { Problem, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'

/** What a variable holds outside of the env file. */
export type EnvLookup = (name: string) => Known<string>

/** One assignment of an env file. */
export interface EnvFileEntry {
  readonly name: string
  /** The value, expanded; `unset`: a bare name that nobody sets. */
  readonly value: Known<string>
  /** A bare name: the value is that of the environment. */
  readonly inherited: boolean
  readonly exported: boolean
  readonly quote: '' | "'" | '"'
  /** From the first character of the statement to its last. */
  readonly span: Span
  readonly nameSpan: Span
  /** The value as it is written, without quotes; empty behind the name where there is none. */
  readonly valueSpan: Span
}

/** `${NAME…}` or `$NAME` in a value. */
export interface EnvFileVariable {
  readonly name: string
  readonly span: Span
  readonly operator: string
  readonly argument: string
  readonly value: Known<string>
}

export interface EnvFile {
  /** In the order of the file; of equal names the last one counts. */
  readonly entries: readonly EnvFileEntry[]
  /** At most one: reading stops where Compose stops. */
  readonly problems: readonly SyntaxProblem[]
  /** Variables that stand in values and are set nowhere. */
  readonly warnings: readonly Problem[]
  readonly variables: readonly EnvFileVariable[]
}
