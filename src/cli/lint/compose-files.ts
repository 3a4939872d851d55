import { homedir } from 'node:os'
import { withSource } from '../../files/tree.ts'
import type { ComposeChoice } from '../../model/read-services.ts'
import { composeOf } from '../../model/read-services.ts'
import type { Shipping } from '../../model/shipping.ts'
import { composeDisk } from '../env/disk.ts'
import type { Io } from '../io.ts'
import type { ReadProject } from './project.ts'

/** A project, and the services of its compose file; undefined where there is none. */
export interface ComposedProject extends ReadProject {
  readonly services: readonly string[] | undefined
}

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
  { env }: Io,
): ComposedProject {
  const { tree, problems } = project
  const disk = composeDisk(root, tree, env.HOME ?? homedir())
  const known = new Set(tree.sources.map(({ path }) => path))
  const compose = composeOf(tree, entries, choice, disk, undefined, shipping)
  const read = compose?.sources.filter(({ path }) => !known.has(path)) ?? []
  const reported = new Set(problems.map(({ span }) => span.source.path))
  return {
    ...project,
    tree: read.reduce(withSource, tree),
    services: compose && [...compose.services.keys(), ...compose.disabled.keys()],
    problems: [...problems, ...disk.problems.filter(({ span }) => !reported.has(span.source.path))],
  }
}
