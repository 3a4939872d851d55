import type { Project } from '../model/project.ts'
import type { Finding, Gotcha, Severity } from '../text/diagnostic.ts'

/** A mistake in its smallest setting and the same project mended, in the notation of `text/example.ts`. */
export interface Example {
  readonly title: string
  /** Reported at the carets, by this rule alone. */
  readonly bad: string
  /** Clean under every rule. */
  readonly good: string
  /** Whether the rule's fixes turn `bad` into `good`, byte for byte. */
  readonly fixed?: boolean
}

/** A rule: what it says about itself, the examples that document and test it, and its check. */
export interface Rule {
  /** Names the mistake, so that "ignore `secret-in-layer`" reads right. */
  readonly id: string
  readonly gotcha: Gotcha
  /** What a finding has unless it says otherwise. */
  readonly severity: Severity
  /** One line for lists. */
  readonly summary: string
  /** What happens in production, in one sentence. */
  readonly incident: string
  /** Why it happens, as Markdown. */
  readonly why: string
  readonly links: readonly string[]
  readonly examples: readonly [Example, ...Example[]]
  /** Pure: yields findings; does not print, throw, read files or keep state. */
  check(project: Project): Iterable<Finding>
}

/** Checks the shape of a rule where it is written. */
export const defineRule = (rule: Rule): Rule => rule
