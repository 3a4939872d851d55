import type { OpenDoor } from '../files/door/open.ts'
import { withSource } from '../files/tree.ts'
import type { LeftOut } from '../languages/compose/types.ts'
import type { ComposeChoice } from '../model/services/read-services.ts'
import { composeOf } from '../model/services/read-services.ts'
import type { Shipping } from '../model/shipping/shipping.ts'
import type { Problem } from '../text/diagnostic.ts'
import { placeName } from '../text/source.ts'
import { homeOf } from '../cli/call/outside.ts'
import { composeDisk } from './compose-disk.ts'
import type { Io } from '../cli/io/io.ts'
import type { ReadProject } from './folder.ts'

/** A project, and the services of its compose file; undefined where there is none, or where it is not all in view. */
export interface ComposedProject extends ReadProject {
  readonly services: readonly string[] | undefined
  /** What is to be said of files that are not read. */
  readonly remarks: readonly string[]
}

/** What is to be said of env files that are not read. */
export const remarksOn = (leftOut: readonly LeftOut[]): readonly string[] =>
  leftOut
    .filter(({ holds }) => holds === 'variables')
    .map((one) => `${one.span.end === 0 ? one.span.source.path : placeName(one.span)}: ${withHint(one).message}`)

/** A file that is not read, and what lets it be read. */
export const withHint = (problem: Problem): Problem => ({
  ...problem,
  message: `${problem.message}; \`--allow-outside\` reads it`,
})

/**
 * A project with the files that its compose files name and that the walk leaves out: an `env_file` may have any name,
 * and an included file may lie elsewhere.
 */
export function withComposeFiles(
  project: ReadProject,
  root: string,
  entries: readonly string[],
  choice: ComposeChoice,
  shipping: Shipping,
  io: Io,
  door: OpenDoor,
): ComposedProject {
  const { tree, problems } = project
  const disk = composeDisk(root, tree, homeOf(io), door)
  const known = new Set(tree.sources.map(({ path }) => path))
  const compose = composeOf(tree, entries, choice, disk, undefined, shipping)
  const read = compose?.sources.filter(({ path }) => !known.has(path)) ?? []
  const leftOut = compose?.elsewhere ?? []
  const isPartial = leftOut.some(({ holds }) => holds === 'services')
  const reported = new Set(problems.map(({ span }) => span.source.path))
  return {
    ...project,
    tree: { ...read.reduce(withSource, tree), elsewhere: disk.elsewhere },
    services: compose && (isPartial ? undefined : [...compose.services.keys(), ...compose.disabled.keys()]),
    problems: [
      ...problems,
      ...disk.problems.filter(({ span }) => !reported.has(span.source.path)),
      ...leftOut.filter(({ holds }) => holds === 'services').map(withHint),
    ],
    remarks: remarksOn(leftOut),
  }
}
