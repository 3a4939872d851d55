import { type Severity, severities } from '../../text/diagnostic.ts'

/** What `--fail-on` says among the flags of docker, and those without it. */
export interface FailOn {
  readonly severity: Severity | 'never'
  readonly args: readonly string[]
}

const choices = [...severities, 'never'] as const

/** Takes `--fail-on SEVERITY` out of the flags of docker; undefined where it is no severity. */
export function takeFailOn(args: readonly string[]): FailOn | undefined {
  const at = args.findIndex((arg) => /^--fail-on(=|$)/.test(arg))
  if (at === -1) return { severity: 'error', args }
  const inline = /^--fail-on=(.*)$/.exec(args[at] ?? '')?.[1]
  const severity = choices.find((choice) => choice === (inline ?? args[at + 1]))
  const rest = args.toSpliced(at, inline === undefined ? 2 : 1)
  return severity && { severity, args: rest }
}

/** What is wrong with a call for which `takeFailOn` gives nothing. */
export const failOnIsWrong = `\`--fail-on\` is one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`
