import type { Tree } from '../../files/tree.ts'
import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import type { World } from '../follow/frame.ts'
import { contextAt, filesOfContext } from '../stage-files/context.ts'
import { ignoreFor, ignoreIn } from '../stage-files/find-context.ts'
import { newEffort } from '../stage-files/write-index.ts'
import type { Build, NamedContexts } from './built-stage.ts'
import { buildOf } from './image.ts'

/** The additional contexts that a service names: folders of the tree, undefined for what is not in view. */
type Contexts = ReadonlyMap<string, { readonly folder: string | undefined; readonly span: Span }>

/** Builds Dockerfiles at the context in a folder of the tree; what is built alike twice is followed once. */
export function sharedBuilds(world: World) {
  const { tree } = world
  const dockerfiles: Dockerfile[] = []
  const builds = new Map<string, Build>()
  return (dockerfile: Dockerfile, context: string, args: BuildArgs, contexts: Contexts = new Map()): Build => {
    if (!dockerfiles.includes(dockerfile)) dockerfiles.push(dockerfile)
    const key = keyOf(dockerfiles.indexOf(dockerfile), context, args, contexts)
    const same = builds.get(key)
    if (same) {
      const effort = same.stages[0]?.files.effort
      if (effort) effort.left += newEffort(dockerfile.instructions.length).left
      return same
    }
    const seen = contextAt(tree, context, ignoreFor(dockerfile.source.path, context, tree))
    const build = buildOf(dockerfile, seen, args, world, namedContexts(contexts, tree))
    builds.set(key, build)
    return build
  }
}

/** A text that only builds share that are the same down to the places where their arguments are given. */
function keyOf(dockerfile: number, context: string, args: BuildArgs, contexts: Contexts): string {
  const place = ({ source, start, end }: Span) => [source.path, start, end]
  const places = (trail: readonly Label[]) => trail.map(({ span, text }) => [place(span), text])
  const given = [...args].map(([name, { trail, ...value }]) => [name, value, places(trail)])
  const named = [...contexts].map(([name, { folder, span }]) => [name, folder, place(span)])
  return JSON.stringify([dockerfile, context, given, named])
}

/** What the additional contexts hold. */
function namedContexts(contexts: Contexts, tree: Tree): NamedContexts {
  return new Map(
    [...contexts].map(([name, { folder, span: at }]) => {
      if (folder === undefined) return [name, undefined]
      const context = contextAt(tree, folder, ignoreIn(folder, tree))
      return [name, filesOfContext(context, at)]
    }),
  )
}
