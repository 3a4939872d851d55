import { isGithubWorkflow } from '../../files/names.ts'
import { besideCode } from '../../files/tree.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { placeName } from '../../text/source.ts'
import type { Steps } from '../../text/steps.ts'
import { type Deployment, deploymentOf } from '../boot/deployment.ts'
import { awaitsSources } from '../container/awaited-sources.ts'
import type { World } from '../follow/frame.ts'
import { belongingTo } from '../phoenix/belongs.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import { isProduction } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Build } from '../stages/built-stage.ts'
import { mixThere } from '../stages/mix-there.ts'
import { sharedBuilds } from '../stages/shared.ts'
import type { LeftOut, Target } from './targets.ts'

/** What the targets of a project run in. */
export interface ProjectSurroundings {
  readonly world: World
  readonly codeOf: (app: MixApp | undefined) => Code
  readonly given: Given | undefined
  /** Why nothing is known of what starts the image of a Dockerfile that no service is built from. */
  readonly unreadOf: (dockerfile: string) => Problem | undefined
  readonly shipping: Shipping | undefined
}

/** The deployments of a project. */
export interface Deployments {
  readonly builds: readonly Build[]
  /** Those that start the app first, else in the order of the choices. */
  readonly deployments: readonly Deployment[]
  /** What was not looked at, in the order of the choices. */
  readonly leftOut: readonly LeftOut[]
  /** Of that, what runs Mix for development only because nobody sets MIX_ENV. */
  readonly withoutMixEnv: readonly Deployment[]
  /** What was taken where others could have been, in sentences. */
  readonly choices: readonly string[]
}

/** Builds and starts the targets. Where `development` is false, what turns out not to run the app in production goes. */
export function* deploymentsOf(
  choices: readonly (Target | LeftOut)[],
  around: ProjectSurroundings,
  development: boolean,
): Steps<Deployments> {
  const builds: Build[] = []
  const deployments: Deployment[] = []
  const leftOut: LeftOut[] = []
  const withoutMixEnv: Deployment[] = []
  const taken = new Set<string>()
  const built = sharedBuilds(around.world)
  for (const choice of choices) {
    if (choice.kind === 'left-out') {
      leftOut.push(choice)
      continue
    }
    const made = yield* deploymentFor(choice, around, built)
    if (made === undefined) continue
    const isOther = !development && !runsElixir(made.deployment)
    const reason = isOther
      ? 'it has nothing to do with Elixir'
      : reasonAgainst(made.deployment, development, choice.onlyFor)
    if (reason !== undefined) {
      if (isUnset(made.deployment)) withoutMixEnv.push(made.deployment)
      leftOut.push({ kind: 'left-out', what: placeName(made.deployment.span), reason, isOther })
      continue
    }
    if (!builds.includes(made.build)) builds.push(made.build)
    deployments.push(made.deployment)
    for (const text of choice.choices) taken.add(text)
  }
  const [serving, others] = [deployments.filter(startsApp), deployments.filter((one) => !startsApp(one))]
  return { builds, deployments: [...serving, ...others], leftOut, withoutMixEnv, choices: [...taken] }
}

/** Findings name the container that starts the app, before one that only migrates. */
const startsApp = ({ server }: Deployment): boolean => server !== undefined

function* deploymentFor(
  { dockerfile, context: folder, stage, args, service }: Target,
  around: ProjectSurroundings,
  built: ReturnType<typeof sharedBuilds>,
): Steps<{ readonly build: Build; readonly deployment: Deployment } | undefined> {
  const build = built(dockerfile, folder, args, service?.build?.contexts)
  const ships = build.stages.find((one) => one.stage === stage)
  if (ships === undefined) return undefined
  const { context } = build
  const unread = around.unreadOf(dockerfile.source.path)
  yield
  const shipment = { ...around, unread, context, dockerfile, build, ships, args, service }
  return { build, deployment: yield* deploymentOf(shipment) }
}

/** Whether an image has anything to do with Elixir: a project may build its proxy and its database as well. */
function runsElixir({ build, start, release, dockerfile }: Deployment): boolean {
  const steps = [...(build?.steps ?? []), ...start]
  const isElixir = steps.some(({ command }) => command.kind === 'mix' || command.kind === 'release')
  return (
    isElixir || release !== undefined || dockerfile?.stages.some((stage) => /elixir/.test(stage.base.text)) === true
  )
}

/** Why a deployment does not run the app in production; undefined where nothing says so. */
function reasonAgainst(deployment: Deployment, development: boolean, onlyFor: Service | undefined): string | undefined {
  if (development) return undefined
  if (onlyBuilds(deployment)) return 'it starts nothing'
  const { server, service, dockerfile, ships } = deployment
  if (service === undefined && awaitsSources(deployment))
    return 'it runs Mix and holds no code, which is mounted there for development'
  const command = server?.command
  if (command?.kind !== 'mix') return undefined
  const { mixEnv } = command
  if (onlyFor && mixEnv.kind === 'unknown' && !isMixEnvNamed(deployment))
    return `only ${onlyFor.subject} is built from it, which is for development`
  const isDevelopment = (mixEnv.kind === 'known' && !isProduction(mixEnv.value)) || isUnset(deployment)
  if (!isDevelopment) return undefined
  if (dockerfile && ships && mixThere(dockerfile, ships) === 'no') return undefined
  const how = isUnset(deployment)
    ? 'without any MIX_ENV, and so in `dev`'
    : mixEnv.kind === 'known'
      ? `with MIX_ENV=${mixEnv.value}`
      : ''
  return `it runs \`mix ${command.task}\` ${how}`
}

/** Whether a service only builds and tags an image for others: nothing in it says what to start, and nothing is to be started. */
const onlyBuilds = ({ service, ships, start, server }: Deployment): boolean =>
  service?.build !== undefined &&
  service.platform === undefined &&
  ships !== undefined &&
  !(service.command || service.entrypoint || ships.cmd || ships.entrypoint || ships.stage.unread || service.unread) &&
  start.length === 0 &&
  server === undefined &&
  service.ports.length === 0 &&
  service.health === undefined &&
  !service.looksLikeApp &&
  releasesIn(ships.files).length === 0

/** Whether Mix runs the app in an environment that nobody in view has named: Mix takes `dev` (mix help, "MIX_ENV"). */
function isUnset({ server, ships, app, service, world }: Deployment): boolean {
  if (server?.command.kind !== 'mix' || server.env('MIX_ENV').kind === 'known') return false
  const { task, mixEnv } = server.command
  if (service && server.env('MIX_ENV').kind === 'unset') return mixEnv.kind === 'known' && mixEnv.value === 'dev'
  if (mixEnv.kind === 'known' || (app?.preferredEnvs.get(task) ?? app?.defaultEnv ?? 'dev') !== 'dev') return false
  return ships?.env('MIX_ENV').kind === 'unset' && !isMixEnvNamed({ app, world })
}

/** Whether anything but code names MIX_ENV: a page on how the image is started, a script. */
function isMixEnvNamed({ app, world }: Pick<Deployment, 'app' | 'world'>): boolean {
  const isOwn = app ? belongingTo(app, world.apps, world.tree) : () => true
  return besideCode(world.tree).some(
    ({ path, text }) => !path.endsWith('.exs') && !isGithubWorkflow(path) && text.includes('MIX_ENV') && isOwn(path),
  )
}
