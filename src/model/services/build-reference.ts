import { posix } from 'node:path'
import { ownFiles } from '../../files/folders.ts'
import { sourceAt, type Tree } from '../../files/tree.ts'
import type { Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import { nearest } from '../../text/nearest.ts'
import type { Span } from '../../text/source.ts'
import { developmentWordOf, shippingStage } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { likelyContext } from '../stage-files/find-context.ts'
import { isMissing, nearPath } from '../stage-files/missing.ts'
import type { Service, ServiceBuild } from './service.ts'

/** What the `build` of a service names that is not there: Compose stops at it. */
export interface MissingReference {
  readonly kind: 'context' | 'dockerfile' | 'stage'
  /** As it is written; for a context and a Dockerfile a path of the tree. */
  readonly name: string
  readonly span: Span
  /** What was most likely meant. */
  readonly near: string | undefined
  /** Whether it is there below a folder above that of the compose file, which may be the folder of the project. */
  readonly isAbove?: true
}

/** What a service is built from, and what of it is not there; then it is what was most likely meant. */
export interface BuildReference {
  readonly dockerfile: Dockerfile | undefined
  readonly context: string | undefined
  readonly missing: readonly MissingReference[]
}

/** The files that a service is built from. `dockerfiles` are those of the tree and of its compose files. */
export function buildReference(
  service: Service & { readonly build: ServiceBuild },
  tree: Tree,
  dockerfiles: readonly Dockerfile[],
  shipping: Shipping | undefined,
): BuildReference {
  const { context, dockerfile: path, inline, spans } = service.build
  const missing: MissingReference[] = []
  const lost = context !== undefined && isMissing(context, tree)
  if (lost) missing.push({ kind: 'context', name: context, span: spans.context, near: nearPath(context, tree) })
  if (inline) return { dockerfile: dockerfiles.find((one) => one === inline), context, missing }
  if (path === undefined) return { dockerfile: undefined, context, missing }
  const named = dockerfiles.find(({ source }) => source.path === path)
  if (named || (!lost && !isMissing(path, tree))) return { dockerfile: named, context, missing }
  const above = aboveStack(service, dockerfiles)
  if (above) {
    const { source } = above.dockerfile
    return {
      ...above,
      missing: [{ kind: 'dockerfile', name: path, span: spans.dockerfile, near: source.path, isAbove: true }],
    }
  }
  const files = dockerfiles
    .filter(({ source }) => sourceAt(tree, source.path) === source)
    .map(({ source }) => source.path)
  const near = nearest(path, lost ? [] : ownFiles(path, files, tree))
  if (!lost) missing.push({ kind: 'dockerfile', name: path, span: spans.dockerfile, near })
  const meant = near ?? onlyOne(service, ownFiles(lost ? service.stack : path, files, tree), shipping)
  const dockerfile = dockerfiles.find(({ source }) => source.path === meant)
  return { dockerfile, context: lost && dockerfile ? likelyContext(dockerfile, tree) : context, missing }
}

/** The Dockerfile and the context of a service as Compose would find them with a folder above the compose file for the project. */
function aboveStack(
  { stack, build, platform }: Service & { readonly build: ServiceBuild },
  dockerfiles: readonly Dockerfile[],
) {
  const { context, dockerfile: path } = build
  const home = posix.dirname(stack)
  if (platform !== undefined || context === undefined || path === undefined) return undefined
  for (let folder = home; folder !== '.' && folder !== '/'; ) {
    folder = posix.dirname(folder)
    const moved = (one: string) => posix.join(folder, posix.relative(home, one))
    const dockerfile = dockerfiles.find(({ source }) => source.path === moved(path))
    if (dockerfile) return { dockerfile, context: moved(context) === '.' ? '' : moved(context) }
  }
  return undefined
}

/** The only Dockerfile for production, for a service that runs the app. */
function onlyOne({ looksLikeApp }: Service, files: readonly string[], shipping: Shipping | undefined) {
  const [first, ...others] = files.filter((path) => developmentWordOf(path, shipping) === undefined)
  return looksLikeApp && others.length === 0 ? first : undefined
}

/** The stage that a service is built to, and whether its `target` is there; then it is what was most likely meant. */
export function stageReference(
  { target, spans }: Pick<ServiceBuild, 'target' | 'spans'>,
  { stages, damage }: Dockerfile,
  shipping: Shipping | undefined,
): { readonly stage: Stage | undefined; readonly missing: MissingReference | undefined } {
  const named = target === undefined ? undefined : stageNamed(target, stages)
  if (target === undefined || named)
    return { stage: named ?? shippingStage(stages, shipping?.target), missing: undefined }
  // It may stand behind what cannot be read.
  if (damage) return { stage: stages.at(-1), missing: undefined }
  const near = nearest(
    target,
    stages.flatMap(({ name }) => name ?? []),
  )
  const stage = near === undefined ? shippingStage(stages, shipping?.target) : stageNamed(near, stages)
  return { stage, missing: { kind: 'stage', name: target, span: spans.target, near } }
}

/** The stage that `target` names: by its name in any case, or by its number. */
export const stageNamed = (target: string, stages: readonly Stage[]): Stage | undefined =>
  stages.find(({ name }) => name === target.toLowerCase()) ??
  (/^\d+$/.test(target) ? stages[Number(target)] : undefined)
