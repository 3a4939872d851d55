import { isUnder, projectFolder, projectFolders } from '../../files/folders.ts'
import type { Tree } from '../../files/tree.ts'
import type { Deployment } from '../boot/deployment.ts'
import { belongingTo } from '../phoenix/belongs.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Project } from './project.ts'

/**
 * A project as one for each Mix project that is deployed, so that what is said of one does not rest on another: each has
 * the services of its own compose projects. Those that deploy nothing are one more.
 */
export function partsOf(project: Project): readonly Project[] {
  const { tree } = project
  const keyOf = ({ app }: Deployment) => app && projectFolder(app.folder, tree)
  const keys = [...new Set(project.deployments.map(keyOf))]
  if (projectFolders(tree).size < 2 || keys.length === 0) return [project]
  const stacks = stacksOf(project.deployments)
  const rest = project.services.filter(({ stack }) => !stacks.has(stack))
  const parts = keys.map((key) => partOf(project, (deployment) => keyOf(deployment) === key))
  return rest.length === 0
    ? parts
    : [...parts, { ...project, deployments: [], builds: [], withoutMixEnv: [], services: rest }]
}

/** The compose projects that deployments belong to. */
const stacksOf = (deployments: readonly Deployment[]): ReadonlySet<string> =>
  new Set(deployments.flatMap(({ service }) => service?.stack ?? []))

function partOf(project: Project, isIn: (deployment: Deployment) => boolean): Project {
  const { tree, apps, services } = project
  const deployments = project.deployments.filter(isIn)
  const stacks = stacksOf(deployments)
  const [first] = deployments
  const app = deployments.find((one) => one.app !== undefined)?.app
  return {
    ...project,
    deployments,
    builds: project.builds.filter((build) => deployments.some((one) => one.build === build)),
    withoutMixEnv: project.withoutMixEnv.filter(isIn),
    services: services.filter(({ stack }) => stacks.has(stack)),
    code: first?.code ?? project.code,
    ...(app ? { apps: appsOf(app, apps, tree), tree: treeOf(app, deployments, apps, tree) } : {}),
  }
}

const appsOf = (app: MixApp, apps: readonly MixApp[], tree: Tree): readonly MixApp[] => {
  const belongs = belongingTo(app, apps, tree)
  return apps.filter(({ folder }) => belongs(folder))
}

/** A tree with the texts that an app may have to do with: what belongs to it, and what its images are built with. */
function treeOf(app: MixApp, deployments: readonly Deployment[], apps: readonly MixApp[], tree: Tree): Tree {
  const belongs = belongingTo(app, apps, tree)
  const contexts = deployments.flatMap(({ build }) => build?.context.root ?? [])
  const isSeen = ({ path }: { readonly path: string }) =>
    belongs(path) || contexts.some((context) => isUnder(path, context))
  return { ...tree, sources: tree.sources.filter(isSeen) }
}
