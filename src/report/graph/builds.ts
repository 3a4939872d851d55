import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { worldOf } from '../../model/follow/frame.ts'
import type { Project } from '../../model/project/project.ts'
import { contextAt } from '../../model/stage-files/context.ts'
import { ignoreFor, likelyContext } from '../../model/stage-files/find-context.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import { buildOf } from '../../model/stages/image.ts'

/** A build that is drawn, and the containers that run a stage of it. */
export interface DrawnBuild {
  readonly build: Build
  readonly deployments: readonly Deployment[]
}

/**
 * The builds of a project, each once however many services run it: those that are deployed, and the Dockerfiles that
 * the user named. Where there is none of these, every Dockerfile.
 */
export function drawnBuilds(project: Project, named: readonly string[]): readonly DrawnBuild[] {
  const deployed = new Map<string, { build: Build; deployments: Deployment[] }>()
  for (const deployment of project.deployments) {
    const { build } = deployment
    if (build === undefined) continue
    const key = keyOf(build)
    const same = deployed.get(key)
    if (same) same.deployments.push(deployment)
    else deployed.set(key, { build, deployments: [deployment] })
  }
  const drawn = [...deployed.values()]
  const missing = project.dockerfiles.filter((one) => drawn.every(({ build }) => build.dockerfile !== one))
  const wanted = drawn.length === 0 ? missing : missing.filter(({ source }) => named.includes(source.path))
  return [...drawn, ...wanted.map((dockerfile) => ({ build: plainBuild(dockerfile, project), deployments: [] }))]
}

/** Builds of one Dockerfile with the same context and the same arguments are the same. */
function keyOf(build: Build): string {
  const args = [...build.args].map(([name, value]) => [name, value.kind === 'known' && value.value])
  return JSON.stringify([build.dockerfile.source.path, build.context.root, args])
}

/** The stage of `drawn` that a deployment runs: services that share a build have each their own copy of it. */
export const stageOf = ({ build }: DrawnBuild, { ships }: Deployment): BuiltStage | undefined =>
  ships && build.stages[ships.stage.index]

function plainBuild(dockerfile: Dockerfile, { tree, apps }: Project): Build {
  const root = likelyContext(dockerfile, tree)
  const context = contextAt(tree, root, ignoreFor(dockerfile.source.path, root, tree))
  return buildOf(dockerfile, context, new Map(), worldOf(tree, apps))
}
