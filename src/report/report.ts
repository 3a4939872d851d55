import type { Rule } from '../rules/rule.ts'
import type { Diagnostic, Suppressed } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'

/** What a reporter may say about a rule; every `Rule` is one. */
export type RuleFacts = Omit<Rule, 'examples' | 'check'>

/** A rule that threw, and what it threw. */
export interface RuleFailure {
  readonly rule: string
  readonly message: string
}

/**
 * All that is printed, as plain data: a reporter is a function `(report: Report) => string`. The paths of the sources
 * are those that the user reads: relative to the working directory, with `/`.
 */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  /** Findings that comments, settings or a baseline keep quiet; none where absent. */
  readonly suppressed?: readonly Suppressed[]
  /** Paths of the files that had a part in the analysis. */
  readonly read: readonly string[]
  /** What could not be seen, and what was taken for granted. */
  readonly notes: readonly string[]
  readonly failures: readonly RuleFailure[]
  /** Ranges whose text must not leave the tool. */
  readonly secrets: readonly Span[]
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
