import type { Said, Shown } from '../masking/shown.ts'
import type { Rule } from '../rules/rule.ts'

/** What a reporter may say about a rule; every `Rule` is one. */
export type RuleFacts = Omit<Rule, 'examples' | 'check'>

/**
 * All that is printed, as plain data: a reporter is a function `(report: Report) => string`. The paths of the sources
 * are those that the user reads: relative to the working directory, with `/`.
 */
export interface Report extends Shown<Said> {
  readonly rules: readonly RuleFacts[]
  /** The version of docker-gotchas. */
  readonly version: string
  /** Whether to use the colours of a terminal. */
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** Turns a report into the text of one format, which ends with a line break unless it is empty. */
export type Reporter = (report: Report) => string
