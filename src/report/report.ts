import type { Said, Shown } from '../masking/shown.ts'
import type { Rule } from '../rules/rule.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { byPlace } from '../text/order.ts'
import type { Stats } from './stats.ts'

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
  /** Where the time went, where it was asked for. */
  readonly stats?: Stats | undefined
}

/** Turns a report into the text of one format: lines, unless it is empty or the format knows none. */
export type Reporter = (report: Report) => string

/** Every rule of the tool, then those that are reported without being one, such as unreadable files. */
export function knownRules(rules: readonly RuleFacts[], diagnostics: readonly Diagnostic[]): readonly RuleFacts[] {
  const extra = new Map<string, RuleFacts>()
  for (const { rule: id, gotcha, severity } of byPlace(diagnostics)) {
    if (rules.some((rule) => rule.id === id) || extra.has(id)) continue
    const summary = id.replaceAll('-', ' ')
    extra.set(id, { id, gotcha, severity, summary, incident: '', remedy: '', why: '', links: [] })
  }
  return [...rules, ...extra.values()]
}
