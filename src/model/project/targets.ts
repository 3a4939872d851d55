import { ownFiles } from '../../files/folders.ts'
import type { Tree } from '../../files/tree.ts'
import { type BuildArgs, noBuildArgs } from '../../languages/dockerfile/globals.ts'
import type { Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import { placeName } from '../../text/source.ts'
import { buildReference, stageNamed, stageReference } from '../services/build-reference.ts'
import type { Service } from '../services/service.ts'
import { developmentWordOf, shippingStage } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { likelyContext } from '../stage-files/find-context.ts'

/** Which containers of a project are looked at. */
export type WantedTargets =
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
  /** What was taken where others could have been, in sentences. */
  readonly choices: readonly string[]
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

/** What the file of a platform starts that is not looked at. */
export const leftOutOf = ({ path, damage, leftOut: named }: PlatformFile): readonly LeftOut[] => [
  ...(damage ? [leftOut(path, `${damage.message} (${placeName(damage.span)})`)] : []),
  ...named.map(({ what, reason }) => leftOut(what, reason)),
]

/** What targets are chosen from. */
export interface Candidates {
  readonly tree: Tree
  readonly services: readonly Service[]
  readonly dockerfiles: readonly Dockerfile[]
  readonly shipping: Shipping | undefined
}

const leftOut = (what: string, reason: string): LeftOut => ({ kind: 'left-out', what, reason, isOther: false })

/** Who deploys what, as far as names and settings say: the services in their order, then the images alone. */
export function chooseTargets(candidates: Candidates, wanted: WantedTargets): readonly (Target | LeftOut)[] {
  if (wanted.of === 'build') return builtBy(wanted.build, candidates)
  const { services, dockerfiles } = candidates
  const built = new Set<Dockerfile>()
  const served = services.flatMap((service): readonly (Target | LeftOut)[] => {
    const files = filesOf(service, candidates)
    if (files.kind === 'none') return []
    if (service.development !== undefined && !wanted.development)
      return files.kind === 'files' ? [leftOut(service.subject, service.development)] : []
    if (files.kind === 'several') return [leftOut(`the image of \`${service.name}\``, severalText(files.paths))]
    built.add(files.dockerfile)
    return targetOf(service, files, candidates)
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
  return dockerfile && stage
    ? [{ kind: 'target', dockerfile, context, stage, args, service: undefined, choices: [] }]
    : []
}

function targetOf(
  service: Service,
  { dockerfile, context, isGuess }: ServiceFiles,
  { tree, shipping }: Candidates,
): readonly Target[] {
  const { build, name } = service
  const args = build?.args ?? noBuildArgs
  const stage = build
    ? stageReference(build, dockerfile, shipping).stage
    : shippingStage(dockerfile.stages, shipping?.target)
  if (stage === undefined) return []
  const { path } = dockerfile.source
  const choices = [
    ...(isGuess ? [`the image of \`${name}\` (${service.stack}) is taken to be built from ${path}`] : []),
    ...(build?.target === undefined ? stageChoice(dockerfile, stage, shipping) : []),
  ]
  const known = context ?? likelyContext(dockerfile, tree)
  return [{ kind: 'target', dockerfile, context: known, stage, args, service, choices }]
}

function imageAlone(dockerfile: Dockerfile, { tree, shipping }: Candidates): readonly (Target | LeftOut)[] {
  const { path } = dockerfile.source
  if (shipping?.purposeOf(path) === 'development') return [leftOut(path, 'the settings say that it is for development')]
  const word = developmentWordOf(path, shipping)
  if (word !== undefined) return [leftOut(path, `\`${word}\` in its name says that it is not for production`)]
  const stage = shippingStage(dockerfile.stages, shipping?.target)
  const context = likelyContext(dockerfile, tree)
  if (stage === undefined) return []
  const choices = stageChoice(dockerfile, stage, shipping)
  return [{ kind: 'target', dockerfile, context, stage, args: noBuildArgs, service: undefined, choices }]
}

/** That another stage than the last one is taken, where neither a target nor the settings say so. */
function stageChoice({ source, stages }: Dockerfile, stage: Stage, shipping: Shipping | undefined): readonly string[] {
  const last = stages.at(-1)
  if (stage === last || stage.name === shipping?.target?.toLowerCase()) return []
  return [`the stage \`${stage.name}\` of ${source.path} is taken for the one that ships, and not \`${last?.name}\``]
}

interface ServiceFiles {
  readonly kind: 'files'
  readonly dockerfile: Dockerfile
  readonly context: string | undefined
  /** Whether the service itself does not say so. */
  readonly isGuess: boolean
}

/** The Dockerfile and the context that a service is built from, or that its image most likely comes from. */
function filesOf(
  service: Service,
  { tree, dockerfiles, shipping }: Candidates,
): ServiceFiles | { readonly kind: 'several'; readonly paths: readonly string[] } | { readonly kind: 'none' } {
  const { build, looksLikeApp, stack } = service
  if (build) {
    const { dockerfile, context } = buildReference({ ...service, build }, tree, dockerfiles, shipping)
    return dockerfile ? { kind: 'files', dockerfile, context, isGuess: false } : { kind: 'none' }
  }
  const shipped = dockerfiles
    .map(({ source }) => source.path)
    .filter((path) => shipping?.purposeOf(path) !== 'development' && developmentWordOf(path, shipping) === undefined)
  const paths = looksLikeApp ? ownFiles(stack, shipped, tree) : []
  const dockerfile = dockerfiles.find(({ source }) => source.path === paths[0])
  if (dockerfile === undefined) return { kind: 'none' }
  return paths.length > 1
    ? { kind: 'several', paths }
    : { kind: 'files', dockerfile, context: undefined, isGuess: true }
}

const severalText = (paths: readonly string[]): string => `it may be built from ${paths.join(' or ')}`
