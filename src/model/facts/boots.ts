import { gitLeavesOut } from '../../files/git-ignored.ts'
import { variablesIn } from '../../languages/elixir/values/identity.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import type { Label } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import type { Boot, BootRead } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { type Endpoint, hasInit, mayListen } from '../boot/endpoint.ts'
import { isOf, trailOf } from '../boot/trail.ts'
import { oneShotOf } from '../outcome/one-shot.ts'
import type { Project } from '../project/project.ts'

/** A deployment whose config is known to its end. */
export interface Booted {
  readonly deployment: Deployment
  readonly boot: Boot
  /** The service, or what stands for it, as the subject of a sentence. */
  readonly who: string
  /** The endpoints that listen, or may. */
  readonly endpoints: readonly Endpoint[]
  /**
   * `likely` where something out of view may repair what is wrong: a config provider, or a start that cannot be followed and
   * may set other variables. Every finding about a boot says so: doubt makes a warning of an error, and hides nothing.
   */
  readonly doubt: { readonly certainty?: 'likely' }
}

/**
 * The deployments whose scripts run to their end, or would but for a stop, and that nothing out of view configures: for what
 * is missing in a config, which a config provider may well bring.
 */
export const bootsOf = oncePer((project: Project): readonly Booted[] =>
  allBootsOf(project).filter(({ boot }) => boot.doubt === undefined),
)

/**
 * The same with those that something out of view may configure as well, and once more for endpoints with an `init/2` that
 * cannot be followed: for what is wrong with a value that is written.
 */
export const doubtfulBootsOf = oncePer((project: Project): readonly Booted[] =>
  allBootsOf(project).flatMap((booted) => {
    const { boot } = booted
    if (boot.tool) return []
    const changed = boot.endpoints.filter(hasInit)
    return changed.length > 0 ? [booted, { ...booted, endpoints: changed, doubt: likely }] : [booted]
  }),
)

/** The same with the releases of other tools than Mix, which read their config in another way. */
export const allBootsOf = oncePer((project: Project): readonly Booted[] =>
  project.deployments.flatMap((deployment) => {
    const boot = deployment.boot && behindStops(deployment.boot)
    // A call in a node that runs already reads no config of its own.
    if (boot === undefined || oneShotOf(deployment)?.isRemote) return []
    const endpoints = endpointsMeant(deployment, boot, project)
    const doubt = { ...doubtAbout(boot), ...doubtOf(deployment), ...(lacksOwnScript(boot, project) ? likely : {}) }
    return [{ deployment, boot, who: subjectOf(deployment), endpoints, doubt }]
  }),
)

/** Whether a config script is imported that git ignores, so that whoever builds has it, and what it sets. */
export const lacksOwnScript = ({ lost }: Boot, { tree }: Project): boolean =>
  lost.some(({ inTree, isWritten, isFolderCopied }) => !isWritten && isFolderCopied && gitLeavesOut(tree, inTree))

/**
 * The boot, as far as its scripts come to their end or would but for what surely stops them, of which other rules tell;
 * undefined where there is no config that is followed so far.
 */
export const behindStops = oncePer((boot: Boot): Boot | undefined => (boot.settled ? boot : boot.past()))

/**
 * The endpoints that listen, or may; where none does, those that nobody has turned off: of them `server-off` tells, if the
 * release is meant to listen.
 */
function endpointsMeant(deployment: Deployment, boot: Boot, project: Project): readonly Endpoint[] {
  const { runs, server, release } = deployment
  if (endsSoon(deployment, project)) return []
  const some = boot.endpoints.filter(mayListen)
  // A start that cannot be followed is most likely that of the release.
  const isMeant = typeof runs === 'string' ? runs === 'release' && server !== undefined : release !== undefined
  if (some.length > 0 || !isMeant || isWorker(deployment, project)) return some
  return boot.endpoints.filter((endpoint) => !hasInit(endpoint) && endpoint.at('server') === undefined)
}

/**
 * Whether a container only calls a function of the release, which starts no endpoint, and ends: not where something asks it,
 * or nothing else starts the app, since then what should is lost.
 */
function endsSoon(deployment: Deployment, { deployments }: Project): boolean {
  const { service } = deployment
  if (!oneShotOf(deployment)) return false
  return service
    ? service.ports.length === 0 && (service.health === undefined || service.health.disabled)
    : deployments.some(({ server }) => server !== undefined)
}

/** A service that serves nothing on purpose: it publishes no port, and another one of the same image listens. */
export function isWorker(deployment: Deployment, { deployments }: Project): boolean {
  const { service, dockerfile } = deployment
  if (service === undefined || service.ports.length > 0) return false
  return deployments.some(
    (other) =>
      other !== deployment &&
      other.dockerfile === dockerfile &&
      other.boot?.endpoints.some((one) => one.listens !== 'no'),
  )
}

/** What becomes of an error where the start cannot be followed, or an image out of view may say for what environment it is. */
export const doubtOf = ({ runs, ships, server }: Deployment): Booted['doubt'] =>
  typeof runs !== 'string' || (isEnvOpen(server) && ships?.env('MIX_ENV').kind === 'unknown') ? likely : {}

/** Whether Mix starts the app, and no script says for what environment. */
const isEnvOpen = (server: Deployment['server']): boolean =>
  server?.command.kind === 'mix' && server.command.mixEnv.kind === 'unknown'

/** What becomes of a finding about a boot that something out of view may change. */
export const doubtAbout = ({ doubt }: Boot): Booted['doubt'] => (doubt === undefined ? {} : likely)

/** What may repair a fault of a config when the release starts. */
export const mayRepair = ({ app }: Deployment, { doubt }: Boot): readonly Label[] =>
  doubt !== undefined && app?.ownProviders
    ? [{ span: app.ownProviders, text: 'a config provider may give another one when the release starts' }]
    : []

/** What becomes of an error that something out of view may repair. */
export const likely = { certainty: 'likely' } as const

/** "the service `web`", or what a bare image runs. */
export const subjectOf = ({ service, runs }: Deployment): string =>
  service ? service.subject : runs === 'mix' ? 'the app' : 'the release'

/** The reads at the start, each name once: the first place. Mix evaluates all of the config then. */
export function startReads({ runs }: Deployment, boot: Boot): readonly BootRead[] {
  const first = new Map<string, BootRead>()
  for (const read of boot.reads) {
    if ((read.during === 'boot' || runs === 'mix') && !first.has(read.name)) first.set(read.name, read)
  }
  return [...first.values()]
}

/** The reads at the start of variables that nothing in view sets, and that somebody out of view may. */
export const openReads = ({ boot, deployment }: Booted): readonly BootRead[] =>
  startReads(deployment, boot).filter(
    ({ name, value }) =>
      value.kind === 'unknown' &&
      !value.isSet &&
      // What is passed on without a value is not set where nobody has it.
      !deployment.service?.declared.some((one) => one.name === name && one.valueSpan !== undefined),
  )

/** The variables that the start reads and that this container does not get, surely or as far as is in view. */
export const ungivenReads = (booted: Booted): readonly BootRead[] => [
  ...startReads(booted.deployment, booted.boot).filter(({ value }) => value.kind === 'unset'),
  ...openReads(booted),
]

/** The reads among `reads` that have a part in a value, or in the choice of it; not those that turn on more than this. */
export function readsIn(value: Value | undefined, reads: readonly BootRead[]): readonly BootRead[] {
  if (value === undefined || reads.length === 0) return []
  const names = new Set<string>()
  const visit = (one: Value, depth: number) => {
    const id = one.kind === 'oneOf' ? one.choice : one.kind === 'unknown' ? one.id : undefined
    for (const name of id ? variablesIn(id) : []) names.add(name)
    const inside = one.kind === 'oneOf' ? one.values : one.kind === 'list' || one.kind === 'tuple' ? one.items : []
    if (depth < 9) for (const item of inside) visit(item, depth + 1)
  }
  visit(value, 0)
  const trail = trailOf(value).filter(({ decides }) => decides !== 'around')
  return reads.filter((read) => names.has(read.name) || trail.some((label) => isOf(label, read)))
}

const boots = new WeakMap<Boot, Map<string, Boot | undefined>>()

/** The boot as it would be with `name` set to `value`, or not set; evaluated once. */
export function given(boot: Boot, name: string, value: string | undefined): Boot | undefined {
  const known = boots.get(boot) ?? new Map<string, Boot | undefined>()
  boots.set(boot, known)
  const key = value === undefined ? name : `${name}=${value}`
  if (!known.has(key)) known.set(key, boot.given(name, value))
  return known.get(key)
}

/** As `given`; undefined where the scripts would not run to their end. */
export function settledWith(boot: Boot, name: string, value: string | undefined): Boot | undefined {
  const other = given(boot, name, value)
  return other?.settled ? other : undefined
}

/** A value that most code takes for a secret. */
export const trialSecret = 'docker-gotchas '.repeat(6)

/** The boot as it would be without the variable; undefined where the scripts would not run to their end. */
export const without = (boot: Boot, name: string): Boot | undefined => settledWith(boot, name, undefined)

/** The same endpoint in another boot. */
export const endpointIn = (boot: Boot | undefined, { name }: Endpoint): Endpoint | undefined =>
  boot?.endpoints.find((endpoint) => endpoint.name === name)

/** The reads at the start of variables that Compose takes from whoever starts it, and that are empty where nobody has them. */
export const handedReads = ({ boot, deployment }: Booted): readonly BootRead[] =>
  startReads(deployment, boot).filter(
    ({ name, value }) =>
      value.kind === 'unknown' &&
      deployment.service?.declared.some((one) => one.name === name && /^["']?\$(\w+|\{\w+\})["']?$/.test(one.written)),
  )
