import type { Image } from '../model/image/image.ts'
import type { Project } from '../model/project/project.ts'
import type { Finding, Fix, Gotcha, Severity } from '../text/diagnostic.ts'
import type { BaseName } from './bases.ts'

/** A healthy project and the same with a mistake, in the notation of `text/example.ts`. */
export interface Example {
  readonly title: string
  /** What `good` changes; without it, `good` is a whole project. */
  readonly on?: BaseName
  /** Clean under every rule; the base itself where it is absent. */
  readonly good?: string
  /** What is changed in `good`. Reported at the carets, by this rule alone. */
  readonly bad: string
  /** Whether the rule's fixes turn what is bad into what is good, byte for byte. */
  readonly fixed?: boolean
}

/** A rule: what it says about itself, the examples that document and test it, and its check. */
export interface Rule {
  /** Names the mistake, so that "ignore `secret-in-layer`" reads right. */
  readonly id: string
  readonly gotcha: Gotcha
  /** What a finding has unless it says otherwise. */
  readonly severity: Severity
  /** Whether it is new and may still change: its findings are shown and fail no run, unless the user asks for that. */
  readonly preview?: true
  /** The safety of what it offers for a repair, the best where that differs; absent where it offers nothing. */
  readonly fix?: Fix['safety']
  /** Why a finding has none although the rule offers them, in one clause; a finding may have one of its own. */
  readonly noFix?: string
  /** One line for lists. */
  readonly summary: string
  /**
   * Whether its errors say that there is no image, or that nothing of it starts, so that `boot` says it as well; `false` where
   * only those do that say so themselves, absent where none does.
   */
  readonly stops?: boolean
  /** What happens in production, in one sentence; a finding may have a sentence of its own. */
  readonly incident: string
  /** What to do, in one imperative sentence without a full stop; a finding may have one of its own. */
  readonly remedy: string
  /** Why it happens, as Markdown. */
  readonly why: string
  readonly links: readonly string[]
  readonly examples: readonly [Example, ...Example[]]
  /** Pure: yields findings; does not print, throw, read files or keep state. */
  check(project: Project): Iterable<Finding>
  /** Whether `check` is asked of built images as well: what it looks at is all in an image. */
  readonly ofImages?: true
  /** What it finds in a built image besides. As pure as `check`. */
  checkImage?(image: Image): Iterable<Finding>
}

/** Checks the shape of a rule where it is written. */
export const defineRule = (rule: Rule): Rule => rule
