import type { Label, Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'

/**
 * What is worth saying of a variable: `missing` where the app certainly stops without it, `expected` where it stops
 * without it and somebody out of view may give it, `absent` where the app reads it and goes on without it, `default` where it
 * takes another text instead, `unread` where it is given and nothing in view reads it.
 */
export type VariableMark = 'missing' | 'expected' | 'absent' | 'default' | 'unread'

/** One variable as the app's own code sees it when it starts. */
export interface EnvVariable {
  readonly name: string
  /** The trail leads from the first place that had a part in the value to the last. */
  readonly value: Known<string>
  /** The places that read it. */
  readonly reads: readonly Label[]
  readonly mark: VariableMark | undefined
  /** What the app takes where the variable is not set, of one whose mark is `default`. */
  readonly default?: string | undefined
  /** The name that an `unread` one was most likely meant to be. */
  readonly meant: string | undefined
}

/** What one container gets. */
export interface ContainerEnvironment {
  /** The service, or the Dockerfile of a bare image. */
  readonly name: string
  readonly span: Span
  /** What Compose gives the container, in the order of the files; null where a name is passed through and not set. */
  readonly resolved: ReadonlyMap<string, string | null>
  /** What the app sees, by name, sorted: the image's ENV, env files, `environment`, and what the start adds. */
  readonly effective: ReadonlyMap<string, EnvVariable>
}

/** The containers of a stack and why they could not be as they are. */
export interface StackEnvironment {
  readonly containers: readonly ContainerEnvironment[]
  /** Why Compose or the app would stop. */
  readonly errors: readonly Problem[]
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[]
}
