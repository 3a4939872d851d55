import { homedir } from 'node:os'
import type { ComposeChoice } from '../../model/read-services.ts'
import { composeOf } from '../../model/read-services.ts'
import { composeDisk } from '../env/disk.ts'
import type { Io } from '../io.ts'
import { type ReadProject, withSource } from './project.ts'

/**
 * A project with the files that its compose files name and that the walk leaves out: an `env_file` may have any name,
 * and an included file may lie elsewhere.
 */
export function withComposeFiles(
  project: ReadProject,
  root: string,
  entries: readonly string[],
  choice: ComposeChoice,
  { env }: Io,
): ReadProject {
  const { tree, problems } = project
  const disk = composeDisk(root, tree, env.HOME ?? homedir())
  const known = new Set(tree.sources.map(({ path }) => path))
  const read = composeOf(tree, entries, choice, disk)?.sources.filter(({ path }) => !known.has(path)) ?? []
  const reported = new Set(problems.map(({ span }) => span.source.path))
  return {
    ...project,
    tree: read.reduce(withSource, tree),
    problems: [...problems, ...disk.problems.filter(({ span }) => !reported.has(span.source.path))],
  }
}
