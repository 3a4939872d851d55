import { posix } from 'node:path'
import { isComposeFile, isGithubWorkflow } from '../../files/names.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Project } from '../project/project.ts'
import { buildReference, type MissingReference, stageReference } from '../services/build-reference.ts'
import type { ImageBuild } from '../services/image-build.ts'
import type { Service } from '../services/service.ts'
import { isMissing, nearPath } from '../stage-files/missing.ts'
import type { Dangling } from '../stage-files/types.ts'
import { stagesBehind } from './assets.ts'

/** A reference of a build that leads nowhere, and a deployment that needs it. */
export interface DanglingIn {
  readonly reference: Dangling
  readonly deployment: Deployment
}

/** What leads nowhere in the stages that the deployments are built from. */
export function danglingIn({ deployments }: Project): readonly DanglingIn[] {
  return deployments.flatMap((deployment) =>
    [...(deployment.ships ? stagesBehind(deployment.ships) : [])].flatMap(({ dangling }) =>
      dangling.map((reference) => ({ reference, deployment })),
    ),
  )
}

/** What `build` of a service names that is not there. */
export interface MissingInService {
  /** As the subject of a sentence. */
  readonly service: string
  readonly reference: MissingReference
  readonly isSure: boolean
}

/**
 * What the builds of the services and of workflows name that is not there; a service for development counts where nobody
 * else is for production. A workflow may make a file before it builds.
 */
export function missingBuilds(project: Project): readonly MissingInService[] {
  const { services, imageBuilds, dockerfiles, tree, shipping } = project
  const ofServices = services.flatMap((service) => {
    const { build, subject, development } = service
    if (build === undefined || development !== undefined || isLaidOverAnother(service, tree)) return []
    const { dockerfile, missing } = buildReference({ ...service, build }, tree, dockerfiles, shipping)
    const stage = dockerfile && stageReference(build, dockerfile, shipping).missing
    return [...missing, ...(stage ? [stage] : [])].map((reference) => ({ service: subject, reference, isSure: true }))
  })
  const ofWorkflows = imageBuilds.flatMap(({ subject, build }): readonly MissingInService[] => {
    const dockerfile = dockerfiles.find(({ source }) => source.path === build.dockerfile)
    const missing = dockerfile ? stageReference(build, dockerfile, shipping).missing : lostFile(build, project)
    return missing ? [{ service: subject, reference: missing, isSure: dockerfile !== undefined }] : []
  })
  return [...ofServices, ...ofWorkflows]
}

/** Whether a file lies over one of another folder, from which its paths are counted then (Compose, "Merge"). */
const isLaidOverAnother = ({ span: { source } }: Service, { entries }: Project['tree']): boolean =>
  /override/i.test(posix.basename(source.path)) &&
  !entries.some(
    ({ path }) => path !== source.path && isComposeFile(path) && posix.dirname(path) === posix.dirname(source.path),
  )

/** A Dockerfile that is not there, where one of nearly its name is, or its folder; of another folder a workflow may make all. */
function lostFile({ dockerfile: name, spans }: ImageBuild['build'], { tree }: Project): MissingReference | undefined {
  const isFolder = name.endsWith('/')
  const near = isFolder ? undefined : nearPath(name, tree)
  const folder = isFolder ? name : `${posix.dirname(name)}/`
  const isFolderThere = tree.entries.some(({ path }) => path.startsWith(folder))
  return isMissing(name, tree) && (near !== undefined || isFolderThere)
    ? { kind: 'dockerfile', name, span: spans.dockerfile, near }
    : undefined
}

/** Whether an image of this name is made in the project: a service is tagged so, or a script does it, or gives a context that name. */
export function isMadeHere(image: string, { services, tree }: Project): boolean {
  if (services.some((service) => service.image && service.image.name.replace(/:.*/, '') === image)) return true
  const name = image.replace(/[^\w]/g, '\\$&')
  const tag = new RegExp(`(-t|--tag|\\btag)[ =]+["']?([\\w./-]*/)?${name}\\b`)
  const context = new RegExp(`--build-context[ =]+["']?${name}=|\\bbuild-contexts:(\\s+[^\\n:]*$)*?\\s+${name}=`, 'm')
  return tree.sources.some(({ path, text }) => !isComposeFile(path) && (tag.test(text) || context.test(text)))
}

/** Whether a script of the project speaks of a file of this name, or makes what lies in the folder: it may make it before the build. */
export function isSpokenOf(path: string, project: Project): boolean {
  const name = plain(path)
  const mention = new RegExp(`${before}${name}(?![\\w/])`, 'm')
  const inside = new RegExp(
    `(\\b(mkdir|cp|mv|tar|unzip|rsync|touch)\\b|>|\\s-(o|d|C)\\b|--output)[^\\n]*?${before}${name}/`,
    'm',
  )
  return scriptsBefore(project).some((text) => mention.test(text) || inside.test(text))
}

/** Whether a script or workflow may make what git ignores before the build: it speaks of it or of what lies in it, or makes the assets. */
export function isMadeBefore(path: string, project: Project): boolean {
  const mention = new RegExp(`${before}${plain(path)}(?!\\w)`, 'm')
  const isAsset = /(^|\/)priv\/static(\/|$)/.test(path)
  const workflows = project.tree.sources.filter((source) => isGithubWorkflow(source.path)).map(({ text }) => text)
  return [...scriptsBefore(project), ...workflows].some(
    (text) =>
      mention.test(text) || (isAsset && /assets\.(deploy|build)|phx\.digest|\b(npm|yarn|pnpm|bun) run\b/.test(text)),
  )
}

const before = `(^|[\\s"'=>/])`
const plain = (path: string): string => path.replace(/^(\.?\/)+|\/+$/g, '').replace(/[^\w]/g, '\\$&')

const scriptsBefore = ({ tree, dockerfiles }: Project): readonly string[] =>
  tree.sources.flatMap(({ path, text }) =>
    /(^|\/)(GNU)?[mM]akefile$|\.mk$|\.sh$|justfile$|\.gitlab-ci\.ya?ml$/.test(path) &&
    dockerfiles.every(({ source }) => source.path !== path)
      ? [text]
      : [],
  )
