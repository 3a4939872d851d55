import type { Seen } from '../src/fix/objection.ts'
import { isKeyword, keywordGetValue, pairKey } from '../src/languages/elixir/values/map.ts'
import { toTerm } from '../src/languages/elixir/values/term.ts'
import type { Value } from '../src/languages/elixir/values/value.ts'
import type { Boot } from '../src/model/boot/boot.ts'
import type { Deployment } from '../src/model/boot/deployment.ts'
import { bootOutcome } from '../src/model/outcome/outcome.ts'
import type { Reading } from '../src/model/project/read.ts'
import type { Diagnostic, Fix } from '../src/text/diagnostic.ts'
import { textOf as spanText } from '../src/text/source.ts'

/** What a deployment comes to in one environment. */
interface Meaning {
  /** What surely stops it. */
  readonly crash: string | undefined
  /** Every value of its config by its path, such as `logger.level`; none where it does not come to its end. */
  readonly config: ReadonlyMap<string, string>
}

/** One variable that has another value than in view; undefined where it is not set. */
interface Variation {
  readonly name: string
  readonly value: string | undefined
}

const trials = [undefined, '', 'debug', 'warning', '8080', 'true', 'false', 'shop.other-tools.org', 'k'.repeat(64)]

/** The variables that a boot reads at its start, each unset and with values that code tends to ask for. */
const variationsOf = (boots: readonly Boot[]): readonly Variation[] => {
  const reads = boots.flatMap((boot) => boot.reads.filter(({ during }) => during === 'boot'))
  const names = [...new Set(reads.map(({ name }) => name))].slice(0, mostNames)
  return names.flatMap((name) => trials.map((value) => ({ name, value })))
}

const mostNames = 8

/** The deployments of a project by who they are. */
const deploymentsOf = ({ project }: Reading): ReadonlyMap<string, Deployment> =>
  new Map(
    project.deployments.map((one) => [one.service?.name ?? one.dockerfile?.source.path ?? 'the release', one] as const),
  )

/** What a deployment comes to where `variation` holds; undefined where it has no config. */
function meaningOf(deployment: Deployment, variation?: Variation): Meaning | undefined {
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
const changedPaths = (one: Meaning, other: Meaning): readonly string[] =>
  [...new Set([...one.config.keys(), ...other.config.keys()])].filter(
    (path) => one.config.get(path) !== other.config.get(path),
  )

/** Whether a config has at a path just what the environment asks for. */
const isAskedFor = ({ config }: Meaning, path: string, { value }: Variation): boolean => {
  const words = config
    .get(path)
    ?.replace(/[^\w.]/g, '')
    .replace(/^atom/, '')
  return value !== undefined && value !== '' && words?.toLowerCase() === value.toLowerCase()
}

/** The keys that the findings of a rule are about, where its fix does not name them; all of them where it brings in a script. */
const about: readonly (readonly [rules: RegExp, keys: RegExp])[] = [
  [/^log-level-|^queries-logged$/, /\.(level|log)$/],
  [/^host-|^url-|^origin-/, /\.url\b|\.check_origin$|\.host$/],
  [/^server-/, /\.server$/],
  [/^runtime-config-/, /./],
  [/^http-missing$/, /\.https?\b/],
  [/^bound-to-/, /\.ip$/],
  [/^assets-|^release-not-shipped$/, /cache_static_manifest/],
  [/^service-unreachable$|^database-|^pooler-/, /Repo\./],
]

/** Whether a finding is about a key: one that its rule is about, or that stands in what its fix writes or takes away. */
function isAbout(path: string, rule: string, { edits }: Fix): boolean {
  const keys = about.find(([rules]) => rules.test(rule))?.[1]
  if (keys) return keys.test(path)
  const key = path.split('.').at(-1) ?? ''
  return edits.some(({ text, span }) => `${text} ${spanText(span)}`.includes(`${key}:`))
}

const isUnknown = (text: string | undefined): boolean => text?.includes('"unknown"') === true

/** Whether a fix takes a value from the environment, or a variable out of it. */
const asks = ({ edits }: Fix): boolean => edits.some(({ text }) => /System\.|\$\{|^$/.test(text))

/** What a fix changes in what a project does, in every environment, beyond what its finding is about. */
export function changedMeaning(before: Seen, after: Seen, { rule }: Diagnostic, fix: Fix): readonly string[] {
  const others = deploymentsOf(after.reading)
  return [...deploymentsOf(before.reading)].flatMap(([name, deployment]) => {
    const other = others.get(name)
    if (!deployment.boot || !other?.boot) return []
    const base = meaningOf(deployment)
    const open = asks(fix) ? (meaningOf(other)?.config ?? new Map<string, string>()) : new Map<string, string>()
    const compare = (variation?: Variation): readonly string[] => {
      const [then, now] = [meaningOf(deployment, variation), meaningOf(other, variation)]
      if (!then || !now) return []
      const where = variation ? ` with ${variation.name}=${variation.value ?? '(unset)'}` : ''
      // A fix that asks for a variable stops where it is not given, or is none that the code takes.
      const demands = (name: string) => fix.edits.some(({ text }) => text.includes(name))
      if (then.crash !== undefined) return []
      if (now.crash !== undefined) {
        const asked = variation?.name ?? now.crash.match(/environment variable "(\w+)"/)?.[1]
        return asked !== undefined && demands(asked) ? [] : [`${name}${where}: ${now.crash}`]
      }
      // A fix that asks for a variable leaves to whoever starts the app what comes of it.
      const isLeftOpen = (path: string) =>
        isUnknown(open.get(path)) && (isUnknown(now.config.get(path)) || (variation && demands(variation.name)))
      if (then.config.size === 0 || now.config.size === 0) return []
      return changedPaths(then, now)
        .filter(
          (path) =>
            !(isAbout(path, rule, fix) || isLeftOpen(path)) ||
            (variation && isAskedFor(then, path, variation) && then.config.get(path) !== base?.config.get(path)),
        )
        .map((path) => `${name}${where}: ${path} was ${then.config.get(path)}, and is ${now.config.get(path)}`)
    }
    return [undefined, ...variationsOf([deployment.boot, other.boot])].flatMap(compare)
  })
}
