import { isComposeFile } from '../../files/names.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Project } from '../project/project.ts'
import { buildReference, type MissingReference, stageReference } from '../services/build-reference.ts'
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
}

/** What the builds of the services name that is not there; a service for development counts where nobody else is for production. */
export function missingBuilds({ services, dockerfiles, tree, shipping }: Project): readonly MissingInService[] {
  return services.flatMap((service) => {
    const { build, subject, development } = service
    if (build === undefined || development !== undefined) return []
    const { dockerfile, missing } = buildReference({ ...service, build }, tree, dockerfiles, shipping)
    const stage = dockerfile && stageReference(build, dockerfile, shipping).missing
    return [...missing, ...(stage ? [stage] : [])].map((reference) => ({ service: subject, reference }))
  })
}

/** Whether an image of this name is made in the project: a service is tagged so, or a script does it. */
export function isMadeHere(image: string, { services, tree }: Project): boolean {
  if (services.some((service) => service.image && service.image.name.replace(/:.*/, '') === image)) return true
  const tag = new RegExp(`(-t|--tag|\\btag)[ =]+["']?([\\w./-]*/)?${image.replace(/[^\w]/g, '\\$&')}\\b`)
  return tree.sources.some(({ path, text }) => !isComposeFile(path) && tag.test(text))
}

/** Whether a script of the project speaks of a file of this name: it may make it before the build. */
export const isSpokenOf = (path: string, { tree, dockerfiles }: Project): boolean =>
  tree.sources.some(
    ({ path: file, text }) =>
      /(^|\/)(GNU)?[mM]akefile$|\.mk$|\.sh$|justfile$|\.gitlab-ci\.ya?ml$/.test(file) &&
      dockerfiles.every(({ source }) => source.path !== file) &&
      new RegExp(`(^|[\\s"'=>/])${path.replace(/[^\w]/g, '\\$&')}(?![\\w/])`, 'm').test(text),
  )
