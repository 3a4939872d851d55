import { type Severity, severities } from '../../text/diagnostic.ts'
import { type DockerFlags, readDockerFlags, valuesOf } from './flags.ts'

/** What `--fail-on` says among the flags of docker, and the words without it. */
export interface FailOn {
  readonly severity: Severity | 'never'
  readonly args: readonly string[]
}

const choices = [...severities, 'never'] as const

/** Takes `--fail-on SEVERITY` out of a call of docker; undefined where it is no severity. */
export function takeFailOn(args: readonly string[], flags: DockerFlags, whole = false): FailOn | undefined {
  const call = readDockerFlags(args, { valued: [...flags.valued, 'fail-on'] }, whole)
  const ours = call.flags.filter(({ name }) => name === 'fail-on')
  const asked = valuesOf(call, 'fail-on').at(-1) ?? 'error'
  const severity = choices.find((choice) => choice === asked)
  return severity && { severity, args: args.filter((_, at) => !ours.some(({ from, to }) => from <= at && at < to)) }
}

/** What is wrong with a call for which `takeFailOn` gives nothing. */
export const failOnIsWrong = `\`--fail-on\` is one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`
