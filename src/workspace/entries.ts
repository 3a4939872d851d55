import { isComposeFile, isDockerfile } from '../files/names.ts'
import type { Tree } from '../files/tree.ts'
import { pathFrom } from './folder.ts'
import type { Target } from './targets.ts'

/**
 * The files that stand for the others of their kind: those that the user named, and of a folder inside a project its
 * own Dockerfiles and compose files. Empty where the project as a whole was named.
 */
export function entriesOf(targets: readonly Target[], root: string, tree: Tree): readonly string[] {
  const named = targets.map(({ kind, path }) => ({ kind, path: pathFrom(root, path) }))
  if (named.some(({ path }) => path === '')) return []
  const entries = named.flatMap(({ kind, path }) => (kind === 'folder' ? startsIn(path, tree) : [path]))
  return [...new Set(entries)]
}

const startsIn = (folder: string, { sources }: Tree): readonly string[] =>
  sources
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${folder}/`) && (isDockerfile(path) || isComposeFile(path)))
