import { posix } from 'node:path'
import { isUnder, ownFiles } from '../../files/folders.ts'
import type { Tree } from '../../files/tree.ts'
import { type BuildArgs, noBuildArgs } from '../../languages/dockerfile/globals.ts'
import type { Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import { placeName } from '../../text/source.ts'
import { buildReference, stageNamed, stageReference } from '../services/build-reference.ts'
import { buildsOf, type ImageBuild } from '../services/image-build.ts'
import type { Service, ServiceBuild } from '../services/service.ts'
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
  /** The service for development that alone is built from the Dockerfile. */
  readonly onlyFor?: Service | undefined
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
  /** The builds that workflows call for. */
  readonly imageBuilds: readonly ImageBuild[]
}

const leftOut = (what: string, reason: string): LeftOut => ({ kind: 'left-out', what, reason, isOther: false })

/** Who deploys what, as far as names and settings say: the services in their order, then the images alone. */
export function chooseTargets(candidates: Candidates, wanted: WantedTargets): readonly (Target | LeftOut)[] {
  if (wanted.of === 'build') return builtBy(wanted.build, candidates)
  const { services, dockerfiles } = candidates
  const built = new Set<Dockerfile>()
  const apart = new Map<Dockerfile, Service>()
  const developed = new Map<Dockerfile, Service>()
  const served = services.flatMap((service): readonly (Target | LeftOut)[] => {
    const files = filesOf(service, candidates)
    if (files.kind === 'none') return []
    if (service.development !== undefined && !wanted.development) {
      if (files.kind !== 'files') return []
      if (isApart(files, candidates)) apart.set(files.dockerfile, service)
      developed.set(files.dockerfile, service)
      return [leftOut(service.subject, service.development)]
    }
    if (files.kind === 'several') return [leftOut(`the image of \`${service.name}\``, severalText(files.paths))]
    built.add(files.dockerfile)
    return targetOf(service, files, candidates)
  })
  const inline = new Set(services.flatMap(({ build }) => build?.inline ?? []))
  const alone = dockerfiles.filter(
    (dockerfile) =>
      !inline.has(dockerfile) && wanted.images !== 'none' && (wanted.images === 'all' || !built.has(dockerfile)),
  )
  const images = alone.flatMap((dockerfile) => {
    const only = apart.get(dockerfile)
    const onlyFor = developed.get(dockerfile)
    if (only === undefined)
      return imagesAlone(dockerfile, candidates, wanted.development).map((one) =>
        one.kind === 'target' ? { ...one, onlyFor } : one,
      )
    return [leftOut(dockerfile.source.path, `only ${only.subject} is built from it, which is for development`)]
  })
  return [...served, ...images]
}

/** Whether a service is built in a folder of its own, without an app, and another Dockerfile is there for production. */
const isApart = ({ context, isGuess }: ServiceFiles, { tree, dockerfiles }: Candidates): boolean =>
  !isGuess &&
  context !== undefined &&
  !tree.sources.some(({ path }) => posix.basename(path) === 'mix.exs' && isUnder(path, context)) &&
  dockerfiles.some(({ source }) => !isUnder(source.path, context) && againstFile(source.path, undefined) === undefined)

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
  { tree, shipping, imageBuilds }: Candidates,
): readonly Target[] {
  const { name } = service
  const build = service.build ?? buildFor(service, dockerfile, imageBuilds)
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

/** The build that makes the image of a service: the one that gives it its name, or the only one of the Dockerfile. */
function buildFor({ image }: Service, { source }: Dockerfile, builds: readonly ImageBuild[]): ServiceBuild | undefined {
  const own = builds.filter(({ build }) => build.dockerfile === source.path)
  const named = image ? buildsOf(image.name, own) : []
  const [only, ...others] = named.length > 0 ? named : own
  return others.length === 0 ? only?.build : undefined
}

/** The images that the builds of workflows make of a Dockerfile; what is most likely made where there is none. */
function imagesAlone(
  dockerfile: Dockerfile,
  candidates: Candidates,
  development: boolean,
): readonly (Target | LeftOut)[] {
  const [one] = imageAlone(dockerfile, candidates, development)
  if (one?.kind !== 'target') return one ? [one] : []
  const { shipping, imageBuilds } = candidates
  const built = imageBuilds.flatMap(({ build }): readonly Target[] => {
    const stage =
      build.dockerfile === dockerfile.source.path ? stageReference(build, dockerfile, shipping).stage : undefined
    const choices = build.target === undefined ? one.choices : []
    return stage ? [{ ...one, context: build.context ?? one.context, stage, args: build.args, choices }] : []
  })
  const known = new Set<string>()
  const distinct = built.filter(({ stage, context, args }) => {
    const values = [...args].map(([name, value]) => [name, value.kind === 'known' ? value.value : null])
    const key = JSON.stringify([stage.index, context, values])
    return !known.has(key) && known.add(key)
  })
  return distinct.length > 0 ? distinct : [one]
}

function imageAlone(
  dockerfile: Dockerfile,
  { tree, shipping }: Candidates,
  development: boolean,
): readonly (Target | LeftOut)[] {
  const reason = development ? undefined : againstFile(dockerfile.source.path, shipping)
  if (reason !== undefined) return [leftOut(dockerfile.source.path, reason)]
  const stage = shippingStage(dockerfile.stages, shipping?.target)
  const context = likelyContext(dockerfile, tree)
  if (stage === undefined) return []
  const choices = stageChoice(dockerfile, stage, shipping)
  return [{ kind: 'target', dockerfile, context, stage, args: noBuildArgs, service: undefined, choices }]
}

/** Why a Dockerfile is not for production, by the settings and its name. */
function againstFile(path: string, shipping: Shipping | undefined): string | undefined {
  if (shipping?.purposeOf(path) === 'development') return 'the settings say that it is for development'
  const word = developmentWordOf(path, shipping)
  return word && `\`${word}\` in its name says that it is not for production`
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
