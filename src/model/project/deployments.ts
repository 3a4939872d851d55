import type { Problem } from '../../text/diagnostic.ts'
import { placeName } from '../../text/source.ts'
import { type Deployment, deploymentOf } from '../boot/deployment.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import type { Given } from '../shipping/given.ts'
import { isProduction } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import type { Build } from '../stages/image.ts'
import { mixThere } from '../stages/mix-there.ts'
import { sharedBuilds } from '../stages/shared.ts'
import type { LeftOut, Target } from './targets.ts'

/** What the targets of a project run in. */
export interface Surroundings {
  readonly world: World
  readonly code: Code
  readonly given: Given | undefined
  /** Why nothing is known of what starts the images that no service is built from. */
  readonly unread: Problem | undefined
  readonly shipping: Shipping | undefined
}

/** The deployments of a project. */
export interface Deployments {
  readonly builds: readonly Build[]
  readonly deployments: readonly Deployment[]
  /** What was not looked at, in the order of the choices. */
  readonly leftOut: readonly LeftOut[]
}

/** Builds and starts the targets. Where `development` is false, what turns out not to run the app in production goes. */
export function deploymentsOf(
  choices: readonly (Target | LeftOut)[],
  around: Surroundings,
  development: boolean,
): Deployments {
  const builds: Build[] = []
  const deployments: Deployment[] = []
  const leftOut: LeftOut[] = []
  const built = sharedBuilds(around.world)
  for (const choice of choices) {
    if (choice.kind === 'left-out') {
      leftOut.push(choice)
      continue
    }
    const made = deploymentFor(choice, around, built)
    if (made === undefined) continue
    const isOther = !development && !runsElixir(made.deployment)
    const reason = isOther ? 'it has nothing to do with Elixir' : reasonAgainst(made.deployment, development)
    if (reason !== undefined) {
      leftOut.push({ kind: 'left-out', what: placeName(made.deployment.span), reason, isOther })
      continue
    }
    if (!builds.includes(made.build)) builds.push(made.build)
    deployments.push(made.deployment)
  }
  return { builds, deployments, leftOut }
}

function deploymentFor(
  { dockerfile, context: folder, stage, args, service }: Target,
  around: Surroundings,
  built: ReturnType<typeof sharedBuilds>,
) {
  const build = built(dockerfile, folder, args, service?.build?.contexts)
  const ships = build.stages.find((one) => one.stage === stage)
  if (ships === undefined) return undefined
  const { context } = build
  return { build, deployment: deploymentOf({ ...around, context, dockerfile, build, ships, args, service }) }
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
function reasonAgainst({ server, dockerfile, ships }: Deployment, development: boolean): string | undefined {
  if (development) return undefined
  const command = server?.command
  if (command?.kind !== 'mix' || command.mixEnv.kind !== 'known' || isProduction(command.mixEnv.value)) return undefined
  if (dockerfile && ships && mixThere(dockerfile, ships) === 'no') return undefined
  return `it runs \`mix ${command.task}\` with MIX_ENV=${command.mixEnv.value}`
}
