import { type Known, known, unknown, unset } from '../../text/known.ts'
import type { Container } from '../container/container.ts'
import { onlyIn } from '../shipping/given.ts'
import type { Lookup } from '../stage-files/step.ts'

/** The variables of `lookup`, and over them those of an experiment; undefined for one that is not set. */
export const withGiven =
  (lookup: Lookup, given: ReadonlyMap<string, string | undefined>): Lookup =>
  (name) => {
    if (!given.has(name)) return lookup(name)
    const value = given.get(name)
    return value === undefined ? unset() : known(value)
  }

/** The variables of `lookup`, where anything that nobody in view sets may be set. */
export const undecided =
  (lookup: Lookup): Lookup =>
  (name) => {
    const value = lookup(name)
    return value.kind === 'unset' ? unknown('nobody here sets it', value.trail) : value
  }

/** Variables with a value, as texts. */
export const knownIn = (variables: ReadonlyMap<string, Known<string>>): ReadonlyMap<string, string> =>
  new Map([...variables].flatMap(([name, value]) => (value.kind === 'known' ? [[name, value.value] as const] : [])))

/** The environment of the step that assembles the release. What neither ENV nor ARG gives is not there. */
export function buildEnvironment({ release, dockerfile, given: caller }: Container): (name: string) => Known<string> {
  if (caller?.only) return onlyIn(caller.atBuild)
  const declared = new Set(
    dockerfile?.instructions.flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG' ? instruction.pairs.map((pair) => pair.name) : [],
    ),
  )
  return (name) => {
    const own = caller?.atBuild.get(name)
    if (own) return own
    const value = release?.step.env(name)
    if (value === undefined) return unset()
    return value.kind === 'unknown' && !declared.has(name) ? unset(value.trail) : value
  }
}
