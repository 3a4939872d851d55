import type { ComposeService, EnvironmentEntry } from '../../languages/compose/service-types.ts'
import type { Label, Problem } from '../../text/diagnostic.ts'
import { type Known, unknown } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { sameSpan } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { environmentAtBoot } from '../boot/environment.ts'
import { type AppRead, readsOf } from '../boot/reads.ts'
import { contractOf } from '../outcome/contract.ts'
import { isReadElsewhere, releaseVariables } from './known-names.ts'
import type { Names } from './mentions.ts'
import { namesOfStart } from './start-names.ts'
import type { EnvVariable, VariableMark } from './variable.ts'

/** What one container is known by: its service, what is known of its image and app, or both. */
export interface Member {
  readonly name: string
  readonly service: ComposeService | undefined
  readonly deployment: Deployment | undefined
}

/**
 * The variables as the app sees them, by name, sorted. `mentioned` are the names that the code, the scripts and the commands could
 * read.
 */
export function effectiveOf({ service, deployment }: Member, mentioned: Names): ReadonlyMap<string, EnvVariable> {
  const entries = new Map(service?.environment.map((entry) => [entry.name, entry]))
  const reads = deployment ? readsOf(deployment) : new Map<string, AppRead>()
  const atBoot = deployment && environmentAtBoot(deployment)
  const inContainer = new Set([...(deployment?.environment.names ?? []), ...entries.keys()])
  const fromStart = deployment ? [...namesOfStart(deployment).keys()].filter((name) => !inContainer.has(name)) : []
  const added =
    deployment && atBoot ? fromStart.filter((name) => isSet(atBoot(name), deployment.environment.get(name))) : []
  const given = new Set([...inContainer, ...added])
  const unfed = [...reads].filter(([name, { atStart }]) => atStart && !given.has(name)).map(([name]) => name)
  const isApp = deployment?.boot !== undefined
  const defaults = new Map(deployment ? contractOf(deployment).map((one) => [one.name, one.default]) : [])
  const variables = [...new Set([...given, ...unfed])].sort().map((name): EnvVariable => {
    const entry = entries.get(name)
    const value = atBoot ? traced(atBoot(name), entry, deployment, name) : givenBy(entry)
    const places = reads.get(name)
    const isGiven = given.has(name) && value.kind !== 'unset'
    const open = isApp ? markOf(name, value, places, isGiven, mentioned) : undefined
    const instead = open === 'absent' ? defaults.get(name) : undefined
    const mark = instead === undefined ? open : 'default'
    const meant =
      mark === 'unread' ? nearest(name, [...unfed, ...reads.keys(), ...releaseVariables], typos(name)) : undefined
    return { name, value, reads: places?.places ?? [], mark, default: instead, meant }
  })
  return new Map(variables.map((variable) => [variable.name, variable]))
}

/** Whether the start gives a variable a value: one that it has not got from the container. */
const isSet = (value: Known<string>, before: Known<string>): boolean =>
  value.kind !== 'unset' && (value.kind === 'known' || before.kind !== 'unknown' || value.why !== before.why)

/** Edits that a typo may be. `DB_HOST` is none of `DB_PORT`. */
export const typos = (name: string): number => (name.length < 8 ? 1 : 2)

const givenBy = (entry: EnvironmentEntry | undefined): Known<string> => entry?.value ?? unknown('nothing here gives it')

function markOf(
  name: string,
  value: Known<string>,
  read: AppRead | undefined,
  isGiven: boolean,
  mentioned: Names,
): VariableMark | undefined {
  if (isGiven) {
    return read === undefined && !mentioned.has(name) && !isReadElsewhere(name) ? 'unread' : undefined
  }
  if (!read?.atStart || value.kind === 'known') return undefined
  if (!read.required) return 'absent'
  return value.kind === 'unset' ? 'missing' : 'expected'
}

/** `value` with the places that had a part in it and that its own trail leaves out: an ENV of the image that is overridden. */
function traced(
  value: Known<string>,
  entry: EnvironmentEntry | undefined,
  deployment: Deployment | undefined,
  name: string,
): Known<string> {
  const image = deployment?.ships?.env(name)
  if (entry === undefined || entry.value.kind === 'unset' || image?.kind !== 'known') return value
  const hidden: Label[] = image.trail
    .filter(({ span }) => !value.trail.some((label) => sameSpan(label.span, span)))
    .map(({ span }) => ({ span, text: 'the value of the image is overridden' }))
  return { ...value, trail: [...hidden.slice(-1), ...value.trail] }
}

/** Why the app of a container would stop: variables that it needs and that surely nobody gives. */
export const missingIn = (name: string, effective: ReadonlyMap<string, EnvVariable>): readonly Problem[] =>
  [...effective.values()].flatMap((variable): readonly Problem[] => {
    const [first, ...more] = variable.reads
    if (variable.mark !== 'missing' || first === undefined) return []
    return [
      {
        span: first.span,
        message: `the app stops without \`${variable.name}\`, and nobody gives it to \`${name}\``,
        related: [...more, ...variable.value.trail],
      },
    ]
  })
