import type { Rule } from '../rules/rule.ts'
import { type Diagnostic, type Severity, severities } from '../text/diagnostic.ts'
import { noSettings, type Settings } from './settings.ts'

/** What is asked for: by a call, and by settings where the call says nothing. */
export interface Asked {
  /** Ids of the rules to ask; all where absent. They are asked also where the settings turn them off. */
  readonly rules?: readonly string[]
  /** Ids of rules not to ask. */
  readonly ignore?: readonly string[]
  /** Whether previews count as other rules do. */
  readonly preview?: boolean
  /** Severities of rules, which go before those of settings. */
  readonly severities?: ReadonlyMap<string, Severity>
  readonly settings?: Settings
}

/** What `strict` makes of rules. */
const strict: ReadonlyMap<string, Severity> = new Map([['migrations-never-run', 'warning']])

/** Whether the findings of an id are wanted. */
export function isAsked(id: string, { rules, ignore, settings = noSettings }: Asked): boolean {
  if (ignore?.includes(id)) return false
  return rules ? rules.includes(id) : settings.rules.get(id) !== 'off'
}

/** The findings of an id with the severity that the call or the settings give them. */
export function withSeverity(diagnostic: Diagnostic, { severities, settings = noSettings }: Asked): Diagnostic {
  const told = severities?.get(diagnostic.rule)
  if (told !== undefined) return { ...diagnostic, severity: told }
  const own = settings.rules.get(diagnostic.rule)
  const severity = (own === 'off' ? undefined : own) ?? (isStrict(settings) ? strict.get(diagnostic.rule) : undefined)
  return severity === undefined ? diagnostic : { ...diagnostic, severity }
}

/** Whether the findings of a rule are shown as those of a preview. */
export const isPreview = (rule: Rule, { preview = false, settings = noSettings }: Asked): boolean =>
  rule.preview === true && !preview && !isStrict(settings)

/** The least severity that fails a run; undefined where nothing does. */
export function thresholdOf(settings: Settings, asked: string | undefined): Severity | undefined {
  const threshold = asked ?? settings.failOn ?? (isStrict(settings) ? 'info' : 'warning')
  return severities.find((severity) => severity === threshold)
}

/** Whether a finding fails a run. */
export const fails = ({ severity, preview }: Diagnostic, threshold: Severity | undefined): boolean =>
  threshold !== undefined && !preview && severities.indexOf(severity) <= severities.indexOf(threshold)

const isStrict = ({ preset }: Settings): boolean => preset === 'strict'
