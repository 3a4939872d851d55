import { posix } from 'node:path'
import { homeOf, isUnder, projectFolder } from '../../files/folders.ts'
import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import { environmentOf as imageEnvironment } from '../../languages/dockerfile/scope.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { plainCheck } from '../../languages/platforms/plain.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { known, unknown, unset } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import { runCommandLine } from '../follow/command-line.ts'
import type { World } from '../follow/frame.ts'
import { releaseCommands } from '../follow/script-file.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { releasedPart } from '../phoenix/released.ts'
import type { Completeness, Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { locate } from '../stage-files/locate.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Lookup, Step } from '../stage-files/step.ts'
import type { Context, Release } from '../stage-files/types.ts'
import type { Build, BuiltStage } from '../stages/built-stage.ts'
import type { Container, Probe } from './container.ts'
import { type Environment, environmentOf } from './environment.ts'
import { meantImage } from './meant-image.ts'
import { probeOf, probeOfPlatform } from './probe.ts'
import { type Execution, run, runShellText, startOf, stepsIn, unknownFrom } from './start.ts'

/** What a container is made of. */
export interface Shipment {
  readonly world: World
  /** The code that the app runs. */
  readonly codeOf: (app: MixApp | undefined) => Code
  readonly context: Context
  readonly dockerfile: Dockerfile
  readonly build: Build
  readonly ships: BuiltStage
  readonly args: BuildArgs
  readonly service: Service | undefined
  /** Why nothing is known of what starts an image alone: a compose file cannot be read to its end. */
  readonly unread?: Problem | undefined
  /** What the caller says of the environment. */
  readonly given?: Given | undefined
  readonly shipping?: Shipping | undefined
}

export const outside: Completeness = { is: false, why: 'whoever starts the container may set it', trail: [] }

const notFollowed = unknown('what the container executes cannot be followed to the start of the app')

/** The container of one stage, alone or as a service. */
export function containerOf(shipment: Shipment): Container {
  const { world, dockerfile, build, service } = shipment
  const environment = builtEnvironment(shipment)
  const unread = service ? undefined : shipment.unread
  const written: Execution = {
    world,
    context: shipment.context,
    ships: shipment.ships,
    service,
    unread,
    env: environment.get,
  }
  const asWritten = startOf(written)
  const meant = meantImage(shipment.ships, build, asWritten)
  const ships = meant ?? shipment.ships
  const execution: Execution = { ...written, ships }
  const start = meant ? startOf(execution) : asWritten
  const server = serverIn(start)
  const release = releaseOf(server, ships)
  const whole = release?.app ?? appOf(shipment)
  const app = release?.app ? appIn(release) : whole
  return {
    world,
    code: shipment.codeOf(whole),
    given: shipment.given,
    service,
    dockerfile,
    build,
    ships,
    start,
    lost: asWritten.filter(({ lost, command }) => lost !== undefined || (meant && command.kind === 'release')),
    server,
    runs: runnerOf(start, release),
    release,
    app,
    environment,
    health: probesOf(execution, shipment.shipping?.health),
    hooks: hooksOf(execution),
    span: service?.span ?? ships.stage.from.span,
  }
}

/** What of the Mix project of a release it starts. */
const appIn = oncePer((release: Release): MixApp | undefined => release.app && releasedPart(release.app, release.name))

function builtEnvironment(shipment: Shipment): Environment {
  const { dockerfile, ships, service, args } = shipment
  const hides = ships.stage.unread ?? (service ? service.closed.unread : shipment.unread)
  const names = [...imageEnvironment(dockerfile, ships.stage, args).keys()]
  const closed = { ...(service?.closed ?? outside), ...(hides ? { is: false, unread: hides } : {}) }
  return startEnvironment(shipment, ships.env, names, closed)
}

/** What a container is started with: what its image has, what its service adds, and over it what the caller gives. */
export function startEnvironment(
  { service, given, shipping }: Pick<Shipment, 'service' | 'given' | 'shipping'>,
  image: Lookup,
  names: readonly string[],
  closed: Completeness,
): Environment {
  const own = given?.atStart(service?.name) ?? new Map()
  if (given?.only) return environmentOf(() => unset(), [], own, { is: true, why: '', trail: [] })
  const hostname = service?.hostname === undefined ? [] : [['HOSTNAME', known(service.hostname)] as const]
  const all = new Map([...hostname, ...(service?.given ?? []), ...own])
  return environmentOf(image, names, all, closed, shipping?.provided)
}

/** What the lifecycle hooks of the service execute. */
export const hooksOf = (execution: Execution): readonly Step[] =>
  stepsIn(execution, (frame) => {
    for (const argv of execution.service?.hooks ?? []) run(argv, frame)
  })

/** Whether a release or Mix runs the app; where nothing is said of the start, a release that lies there. */
export function runnerOf(start: readonly Step[], release: Release | undefined): Container['runs'] {
  const server = serverIn(start)
  if (server?.command.kind === 'mix') return 'mix'
  return server || (start.length === 0 && release) ? 'release' : notFollowed
}

/** The command of a release that is called, or that is most likely meant: a slip in it says nothing of what it starts. */
const meant = ({ command }: { readonly command: string }): string =>
  releaseCommands.test(command) || command.length < 4 ? command : (nearest(command, ['start', 'daemon'], 2) ?? command)

/** The step that starts the app: the last one, but for those in a branch that is not taken. */
export const serverIn = (start: readonly Step[]): Step | undefined =>
  start.findLast((step) => startsApp(step) && !step.isPassedBy) ?? start.findLast(startsApp)

/** Whether a step starts the app and stays. */
export function startsApp(step: Step): boolean {
  const { command } = step
  if (command.kind === 'release') return /^(start|start_iex|daemon|daemon_iex|foreground|console)$/.test(meant(command))
  if (command.kind !== 'mix') return false
  return /^(phx|phoenix)\.server$/.test(command.task) || (command.task === 'run' && command.args.includes('--no-halt'))
}

function releaseOf(server: Step | undefined, ships: BuiltStage) {
  const placed = releasesIn(ships.files)
  const called = server?.command.kind === 'release' ? server.command.path : undefined
  const own = called === undefined ? undefined : locate(ships.files, called).origin
  if (own?.kind === 'made' && own.artifact.kind === 'release') return own.artifact
  return placed[0]?.release
}

/** The app of an image that no release in view is in: that of the Mix project around its Dockerfile, or the one in its context. */
function appOf({ ships, world, dockerfile, context }: Shipment): MixApp | undefined {
  const { origin } = locate(ships.files, posix.join(ships.cwd.path, 'mix.exs'))
  const here = origin.kind === 'context' ? world.apps.find((app) => app.file?.source.path === origin.path) : undefined
  const around = projectFolder(homeOf(dockerfile.source.path), world.tree)
  const inContext = world.apps.filter(({ folder }) => isUnder(folder, context.root))
  const own = inContext.filter(({ folder }) => isUnder(folder, around))
  // An archive in the context may hold the one project that lies around it.
  const mayHold = inContext.length === 0 && origin.kind === 'unknown'
  const apps = own.length > 0 ? own : mayHold ? world.apps : inContext
  return here ?? apps.find((app) => app.umbrella) ?? (apps.length === 1 ? apps[0] : undefined)
}

/** The probes of a container: what the platform asks of it, and what is written as its health check. */
export const probesOf = (execution: Execution, platform: Shipping['health']): readonly Probe[] => [
  ...(execution.service?.checks ?? []).map((check) => probeOfPlatform(execution, check)),
  ...ownProbes(execution, execution.service?.checks.length ? undefined : platform),
]

/** The health check of the service, which replaces that of the image; else what the settings say that the platform asks. */
function ownProbes(execution: Execution, platform: Shipping['health']): readonly Probe[] {
  const { service, ships, unread } = execution
  if (service?.health) {
    const { health } = service
    if (health.disabled || health.argv.length === 0) return []
    const steps = stepsIn(execution, (frame) => {
      const [text] = health.argv
      if (health.shell && text) runShellText(text, frame)
      else run(health.argv, frame)
    })
    return [probeOf(health.span, steps)]
  }
  const damage = unread ?? ships.stage?.unread
  if (damage)
    return [
      probeOf(
        damage.span,
        stepsIn(execution, (frame) => unknownFrom(damage, frame)),
      ),
    ]
  const command = ships.healthcheck?.command
  if (command === undefined || ships.healthcheck === undefined) {
    const port = unknown('the platform knows the port')
    return platform && ships.healthcheck === undefined
      ? [probeOfPlatform(execution, plainCheck({ text: platform.path, inner: platform.span }, port))]
      : []
  }
  const steps = stepsIn(execution, (frame) => runCommandLine(command, ships.shell, frame))
  return [probeOf(ships.healthcheck.span, steps)]
}
