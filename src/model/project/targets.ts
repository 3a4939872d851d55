import type { Tree } from '../../files/tree.ts'
import { noBuildArgs } from '../../languages/dockerfile/globals.ts'
import type { Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import { buildReference, stageNamed, stageReference } from '../services/build-reference.ts'
import type { Service } from '../services/service.ts'
import { developmentWordOf, shippingStage } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { likelyContext } from '../stage-files/find-context.ts'
import type { BuildArgs } from '../stages/built-stage.ts'

/** Which containers of a project are looked at. */
export type Wanted =
  | {
      readonly of: 'project'
      /** The Dockerfiles that are looked at alone: those that no service is built from, all, or none. */
      readonly images: 'unserved' | 'all' | 'none'
      /** Whether what is for development counts as well. */
      readonly development: boolean
    }
  /** What one call of `docker build` makes. */
  | { readonly of: 'build'; readonly build: BuildChoice }

/** A call of `docker build`. */
export interface BuildChoice {
  /** The paths in the tree. */
  readonly dockerfile: string
  readonly context: string
  /** The last stage where absent. */
  readonly target?: string | undefined
  readonly args: BuildArgs
}

/** A stage that is deployed, alone or as a service. */
export interface Target {
  readonly kind: 'target'
  readonly dockerfile: Dockerfile
  /** The build context, relative to the root of the tree. */
  readonly context: string
  readonly stage: Stage
  readonly args: BuildArgs
  readonly service: Service | undefined
}

/** What is not looked at, and why, in words: `the service \`db\``, `its profile is \`dev\``. */
export interface LeftOut {
  readonly kind: 'left-out'
  readonly what: string
  readonly reason: string
  /** Whether it is no part of the app at all, so that nobody misses it: a proxy, a database. */
  readonly isOther: boolean
}

/** What is left out, in a sentence. */
export const leftOutNote = ({ what, reason }: LeftOut): string => `${what} is left out: ${reason}`

/** What targets are chosen from. */
export interface Candidates {
  readonly tree: Tree
  readonly services: readonly Service[]
  readonly dockerfiles: readonly Dockerfile[]
  readonly shipping: Shipping | undefined
}

const leftOut = (what: string, reason: string): LeftOut => ({ kind: 'left-out', what, reason, isOther: false })

/** Who deploys what, as far as names and settings say: the services in their order, then the images alone. */
export function chooseTargets(candidates: Candidates, wanted: Wanted): readonly (Target | LeftOut)[] {
  if (wanted.of === 'build') return builtBy(wanted.build, candidates)
  const { services, dockerfiles } = candidates
  const built = new Set<Dockerfile>()
  const served = services.flatMap((service): readonly (Target | LeftOut)[] => {
    const { dockerfile, context } = filesOf(service, candidates)
    if (dockerfile === undefined) return []
    if (service.development !== undefined && !wanted.development)
      return [leftOut(`the service \`${service.name}\``, service.development)]
    built.add(dockerfile)
    return targetOf(service, dockerfile, context, candidates)
  })
  const inline = new Set(services.flatMap(({ build }) => build?.inline ?? []))
  const alone = dockerfiles.filter(
    (dockerfile) =>
      !inline.has(dockerfile) && wanted.images !== 'none' && (wanted.images === 'all' || !built.has(dockerfile)),
  )
  return [...served, ...alone.flatMap((dockerfile) => imageAlone(dockerfile, candidates))]
}

function builtBy(
  { dockerfile: path, context, target, args }: BuildChoice,
  { dockerfiles }: Candidates,
): readonly Target[] {
  const dockerfile = dockerfiles.find(({ source }) => source.path === path)
  const stage = target === undefined ? dockerfile?.stages.at(-1) : dockerfile && stageNamed(target, dockerfile.stages)
  return dockerfile && stage ? [{ kind: 'target', dockerfile, context, stage, args, service: undefined }] : []
}

function targetOf(
  service: Service,
  dockerfile: Dockerfile,
  context: string | undefined,
  { tree, shipping }: Candidates,
): readonly Target[] {
  const { build } = service
  const args = build?.args ?? noBuildArgs
  const stage = build
    ? stageReference(build, dockerfile, shipping).stage
    : shippingStage(dockerfile.stages, shipping?.target)
  if (stage === undefined) return []
  return [{ kind: 'target', dockerfile, context: context ?? likelyContext(dockerfile, tree), stage, args, service }]
}

function imageAlone(dockerfile: Dockerfile, { tree, shipping }: Candidates): readonly (Target | LeftOut)[] {
  const { path } = dockerfile.source
  if (shipping?.purposeOf(path) === 'development') return [leftOut(path, 'the settings say that it is for development')]
  const word = developmentWordOf(path, shipping)
  if (word !== undefined) return [leftOut(path, `\`${word}\` in its name says that it is not for production`)]
  const stage = shippingStage(dockerfile.stages, shipping?.target)
  const context = likelyContext(dockerfile, tree)
  return stage ? [{ kind: 'target', dockerfile, context, stage, args: noBuildArgs, service: undefined }] : []
}

/** The Dockerfile and the context that a service is built from, or that its image most likely comes from. */
function filesOf(
  service: Service,
  { tree, dockerfiles, shipping }: Candidates,
): { readonly dockerfile: Dockerfile | undefined; readonly context?: string | undefined } {
  const { build, looksLikeApp } = service
  if (build) return buildReference({ ...service, build }, tree, dockerfiles, shipping)
  const candidates = dockerfiles.filter(
    ({ source: { path: file } }) =>
      shipping?.purposeOf(file) !== 'development' && developmentWordOf(file, shipping) === undefined,
  )
  return { dockerfile: looksLikeApp && candidates.length === 1 ? candidates[0] : undefined }
}
