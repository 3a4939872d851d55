import type { Tree } from '../files/tree.ts'
import { placeName } from '../text/source.ts'
import { type Deployment, deploymentOf } from './boot/deployment.ts'
import { contextAt, filesOfContext } from './build/context.ts'
import { ignoreFor, ignoreIn } from './build/find-context.ts'
import type { World } from './build/frame.ts'
import { type Build, buildOf, type NamedContexts } from './build/image.ts'
import { mixThere } from './build/mix-there.ts'
import type { Given } from './given.ts'
import type { Code } from './phoenix/code.ts'
import type { Service } from './service.ts'
import type { Shipping } from './shipping.ts'
import type { LeftOut, Target } from './targets.ts'

/** What the targets of a project run in. */
export interface Surroundings {
  readonly world: World
  readonly code: Code
  readonly given: Given | undefined
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
  for (const choice of choices) {
    if (choice.kind === 'left-out') {
      leftOut.push(choice)
      continue
    }
    const made = deploymentFor(choice, around)
    const isOther = made === undefined || (!development && !runsElixir(made.deployment))
    if (isOther) continue
    const reason = development ? undefined : reasonAgainst(made.deployment)
    if (reason !== undefined) {
      leftOut.push({ kind: 'left-out', what: placeName(made.deployment.span), reason })
      continue
    }
    builds.push(made.build)
    deployments.push(made.deployment)
  }
  return { builds, deployments, leftOut }
}

function deploymentFor({ dockerfile, context: folder, stage, args, service }: Target, around: Surroundings) {
  const { tree } = around.world
  const context = contextAt(tree, folder, ignoreFor(dockerfile.source.path, folder, tree))
  const build = buildOf(dockerfile, context, args, around.world, namedContexts(service?.build, tree))
  const ships = build.stages.find((built) => built.stage === stage)
  if (ships === undefined) return undefined
  return { build, deployment: deploymentOf({ ...around, context, dockerfile, build, ships, args, service }) }
}

/** What the additional contexts of a service hold. */
function namedContexts(build: Service['build'], tree: Tree): NamedContexts {
  return new Map(
    [...(build?.contexts ?? [])].map(([name, { folder, span: at }]) => {
      if (folder === undefined) return [name, undefined]
      const context = contextAt(tree, folder, ignoreIn(folder, tree))
      return [name, filesOfContext(context, at)]
    }),
  )
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
function reasonAgainst({ server, dockerfile, ships }: Deployment): string | undefined {
  const command = server?.command
  if (command?.kind !== 'mix' || !/^(dev|test)$/.test(command.mixEnv ?? '')) return undefined
  if (dockerfile && ships && mixThere(dockerfile, ships) === 'no') return undefined
  return `it runs \`mix ${command.task}\` with MIX_ENV=${command.mixEnv}`
}
