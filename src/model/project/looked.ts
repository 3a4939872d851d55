import type { Deployment } from '../boot/deployment.ts'
import { unfollowedOf } from '../outcome/unfollowed.ts'
import type { Project } from './project.ts'
import type { LeftOut } from './targets.ts'

/** A container that was checked: a service, an image that is started alone, or a saved image. */
export interface CheckedContainer {
  /** The name of the service. */
  readonly service?: string
  /** The compose file of the service. */
  readonly compose?: string
  /** What the image is built from; absent where the image is not built here. */
  readonly dockerfile?: string
  /** The name of the stage that is the image, where it has one. */
  readonly stage?: string
  /** The name of a saved image. */
  readonly image?: string
  /** What of it could not be followed, as parts of a sentence: `how it starts`, `its config`; there only where something is. */
  readonly unfollowed?: readonly string[]
}

/** What of a project was checked: the ground on which it is called clean. */
export interface Looked {
  /** In the order of the files. */
  readonly checked: readonly CheckedContainer[]
  /** What runs the app, or may, and was not checked. */
  readonly leftOut: readonly LeftOut[]
  /** Why nothing was checked; undefined where something was. */
  readonly nothing: string | undefined
  /** Which part of the projects was looked at, where it is one. */
  readonly shard?: LookedShard
}

/** A part of the projects: the `index`th of `of`, from 1. */
export interface LookedShard {
  readonly index: number
  readonly of: number
  /** How many projects are in it; where there is none, there is nothing to check. */
  readonly projects: number
}

/** What of a project is checked. */
export function lookedOf(project: Project): Looked {
  const checked = [...project.deployments.map(checkedDeployment), ...imagesElsewhere(project)]
  return {
    checked,
    leftOut: project.leftOut.filter(({ isOther }) => !isOther),
    nothing: checked.length > 0 ? undefined : whyNothing(project),
  }
}

function checkedDeployment(deployment: Deployment): CheckedContainer {
  const { service, dockerfile, ships } = deployment
  const unfollowed = unfollowedOf(deployment)
  return {
    ...(service ? { service: service.name, compose: service.span.source.path } : {}),
    ...(dockerfile ? { dockerfile: dockerfile.source.path } : {}),
    ...(ships?.stage.name === undefined ? {} : { stage: ships.stage.name }),
    ...(unfollowed.length > 0 ? { unfollowed } : {}),
  }
}

/** The services that are given what a Phoenix app asks for, and whose image is built elsewhere. */
const imagesElsewhere = ({ services, deployments }: Project): readonly CheckedContainer[] =>
  services
    .filter((service) => deployments.every((deployment) => deployment.service !== service))
    .filter(({ build, looksLikeApp, development }) => build === undefined && looksLikeApp && development === undefined)
    .map(({ name, span }) => ({ service: name, compose: span.source.path }))

function whyNothing({ leftOut, dockerfiles, services, apps }: Project): string {
  if (leftOut.some(({ isOther }) => !isOther)) return 'all that may run the app is left out'
  const [other] = leftOut
  if (other) return `${other.what} has nothing to do with Elixir`
  if (services.length > 0)
    return 'no service is built from a Dockerfile here, and none is given what a Phoenix app needs'
  if (dockerfiles.length > 0) return 'no Dockerfile here has a stage that is an image'
  return `there is no Dockerfile and no compose file${apps.length > 0 ? ' beside mix.exs' : ''}`
}

/** `web (compose.yaml) from Dockerfile:final, but not how it starts`. */
export const checkedText = (container: CheckedContainer): string =>
  [containerName(container), ...(container.unfollowed ? [`but not ${container.unfollowed.join(' or ')}`] : [])].join(
    ', ',
  )

/** `web (compose.yaml) from Dockerfile:final`. */
export function containerName({ service, compose, dockerfile, stage, image }: CheckedContainer): string {
  const built = dockerfile === undefined ? undefined : `${dockerfile}${stage === undefined ? '' : `:${stage}`}`
  if (image !== undefined) return image
  if (service === undefined) return built ?? 'an image'
  const started = compose === undefined ? service : `${service} (${compose})`
  return built === undefined ? `${started}, whose image is not built here` : `${started} from ${built}`
}

/** That nothing was checked, why, and what to do about it; undefined where something was, or need not be. */
export const uncheckedText = ({ nothing, shard }: Looked): string | undefined =>
  nothing === undefined || shard
    ? undefined
    : `nothing was checked: ${nothing} (\`--allow-empty\` makes the exit code 0)`
