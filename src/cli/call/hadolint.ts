import { type Severity, severities } from '../../text/diagnostic.ts'
import type { Call, Flag } from './flags.ts'

/** What hadolint calls severities; `style` is the least of its own. */
const levels = [...severities, 'style'] as const

const named = { error: 'an error', warning: 'a warning', info: 'information', style: 'information' } as const

/** Flags that are those of hadolint by name, so that a step of a CI job can be swapped by its name. */
export const severityFlags: readonly Flag[] = [
  ...levels.map(
    (level): Flag => ({
      name: level,
      value: 'ID',
      many: true,
      summary: `what this rule finds is ${named[level]}`,
    }),
  ),
  {
    name: 'failure-threshold',
    short: 't',
    value: 'SEVERITY',
    choices: [...levels, 'ignore', 'none'],
    summary: 'as --fail-on, with the words of hadolint',
  },
  { name: 'no-fail', summary: 'as --fail-on never' },
]

/** The severity of a word of hadolint. */
const severityOf = (word: string): Severity => severities.find((one) => one === word) ?? 'info'

/** The rules that a flag names, without those of hadolint and of ShellCheck in it: what is asked of them asks nothing of us. */
export const ownIn = (call: Pick<Call, 'all'>, flag: string): readonly string[] =>
  call.all(flag).filter((id) => !/^(DL|SC)\d{4}$/.test(id))

/** What a call gives rules for a severity; of several the last flag of the gravest one counts. */
export const severitiesIn = (call: Pick<Call, 'all'>): ReadonlyMap<string, Severity> =>
  new Map(levels.toReversed().flatMap((level) => ownIn(call, level).map((id) => [id, severityOf(level)] as const)))

/** The threshold that a call sets by `--no-fail`, `--fail-on` or `--failure-threshold`, in this order. */
export function thresholdIn(call: Pick<Call, 'has' | 'one'>): Severity | 'never' | undefined {
  if (call.has('no-fail')) return 'never'
  const own = call.one('fail-on')
  if (own !== undefined) return own === 'never' ? own : severities.find((one) => one === own)
  // `none`, as hadolint means it, is the least: everything fails.
  const word = call.one('failure-threshold')
  return word === undefined ? undefined : severityOf(word)
}
