import { isKeyword, keywordGetValue, pairKey } from '../src/languages/elixir/values/map.ts'
import { toTerm } from '../src/languages/elixir/values/term.ts'
import type { Value } from '../src/languages/elixir/values/value.ts'
import type { Boot } from '../src/model/boot/boot.ts'
import type { Deployment } from '../src/model/boot/deployment.ts'
import { bootOutcome } from '../src/model/outcome/outcome.ts'
import type { Reading } from '../src/model/project/read.ts'

/** What a deployment comes to in one environment. */
export interface Meaning {
  /** What surely stops it. */
  readonly crash: string | undefined
  /** Every value of its config by its path, such as `logger.level`; none where it does not come to its end. */
  readonly config: ReadonlyMap<string, string>
}

/** One variable that has another value than in view; undefined where it is not set. */
export interface Variation {
  readonly name: string
  readonly value: string | undefined
}

const trials = [undefined, '', 'debug', 'warning', '8080', 'true', 'false', 'shop.other-tools.org', 'k'.repeat(64)]

/** The variables that a boot reads at its start, each unset and with values that code tends to ask for. */
export const variationsOf = (boots: readonly Boot[]): readonly Variation[] => {
  const reads = boots.flatMap((boot) => boot.reads.filter(({ during }) => during === 'boot'))
  const names = [...new Set(reads.map(({ name }) => name))].slice(0, mostNames)
  return names.flatMap((name) => trials.map((value) => ({ name, value })))
}

const mostNames = 8

/** The deployments of a project by who they are. */
export const deploymentsOf = ({ project }: Reading): ReadonlyMap<string, Deployment> =>
  new Map(
    project.deployments.map((one) => [one.service?.name ?? one.dockerfile?.source.path ?? 'the release', one] as const),
  )

/** What a deployment comes to where `variation` holds; undefined where it has no config. */
export function meaningOf(deployment: Deployment, variation?: Variation): Meaning | undefined {
  const boot = variation ? deployment.boot?.given(variation.name, variation.value) : deployment.boot
  const outcome = boot && bootOutcome({ ...deployment, boot })
  if (outcome === undefined) return undefined
  const { crash, config } = outcome
  return { crash: crash?.message, config: new Map(config ? leavesOf(config) : []) }
}

function* leavesOf(value: Value, path: readonly string[] = []): Iterable<readonly [string, string]> {
  if (isKeyword(value) && value.items.length > 0 && path.length < 6) {
    for (const item of value.items) {
      const key = pairKey(item) ?? ''
      const inside = keywordGetValue(value, key)
      if (inside) yield* leavesOf(inside, [...path, key.replace(/^Elixir\./, '')])
    }
  } else yield [path.join('.'), textOf(value)]
}

const textOf = (value: Value): string =>
  JSON.stringify(toTerm(value, '1.18.4'), (_, one) => (typeof one === 'bigint' ? `${one}` : one))

/** The paths at which two configs differ. */
export const changedPaths = (one: Meaning, other: Meaning): readonly string[] =>
  [...new Set([...one.config.keys(), ...other.config.keys()])].filter(
    (path) => one.config.get(path) !== other.config.get(path),
  )

/** Whether a config has at a path just what the environment asks for. */
export const isAskedFor = ({ config }: Meaning, path: string, { value }: Variation): boolean => {
  const words = config
    .get(path)
    ?.replace(/[^\w.]/g, '')
    .replace(/^atom/, '')
  return value !== undefined && value !== '' && words?.toLowerCase() === value.toLowerCase()
}
