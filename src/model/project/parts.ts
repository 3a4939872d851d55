import { isUnder, projectFolder, projectFolders } from '../../files/folders.ts'
import type { Tree } from '../../files/tree.ts'
import type { Deployment } from '../boot/deployment.ts'
import { belongingTo } from '../phoenix/belongs.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Project } from './project.ts'

/**
 * A project as one for each Mix project that is deployed, so that what is said of one does not rest on another: each has
 * the services of its own compose projects, and of those that deploy nothing.
 */
export function partsOf(project: Project): readonly Project[] {
  const { tree } = project
  const keyOf = ({ app }: Deployment) => app && projectFolder(app.folder, tree)
  const keys = [...new Set(project.deployments.map(keyOf))]
  if (projectFolders(tree).size < 2 || keys.length === 0) return [project]
  return keys.map((key) => partOf(project, (deployment) => keyOf(deployment) === key))
}

function partOf(project: Project, isIn: (deployment: Deployment) => boolean): Project {
  const { tree, apps, services } = project
  const deployments = project.deployments.filter(isIn)
  const stacksOf = (all: readonly Deployment[]) => new Set(all.flatMap(({ service }) => service?.stack ?? []))
  const [own, deployed] = [stacksOf(deployments), stacksOf(project.deployments)]
  const [first] = deployments
  const app = deployments.find((one) => one.app !== undefined)?.app
  return {
    ...project,
    deployments,
    builds: project.builds.filter((build) => deployments.some((one) => one.build === build)),
    withoutMixEnv: project.withoutMixEnv.filter(isIn),
    services: services.filter(({ stack }) => own.has(stack) || !deployed.has(stack)),
    code: first?.code ?? project.code,
    ...(app ? { apps: appsOf(app, apps, tree), tree: treeOf(app, deployments, apps, tree) } : {}),
  }
}

const appsOf = (app: MixApp, apps: readonly MixApp[], tree: Tree): readonly MixApp[] => {
  const belongs = belongingTo(app, apps, tree)
  return apps.filter(({ folder }) => belongs(folder))
}

/** What of a tree an app may have to do with: what belongs to it, and what its images are built with. */
function treeOf(app: MixApp, deployments: readonly Deployment[], apps: readonly MixApp[], tree: Tree): Tree {
  const belongs = belongingTo(app, apps, tree)
  const contexts = deployments.flatMap(({ build }) => build?.context.root ?? [])
  const isSeen = ({ path }: { readonly path: string }) =>
    belongs(path) || contexts.some((context) => isUnder(path, context))
  return { ...tree, sources: tree.sources.filter(isSeen), entries: tree.entries.filter(isSeen) }
}
