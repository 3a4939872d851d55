import { basename, dirname, join, sep } from 'node:path'
import { composeNames } from './names.ts'

/** What is asked of a disk to find the root of a project. */
export interface RootProbes {
  kindOf(path: string): 'file' | 'folder' | undefined
  /** The home of the user: it and what lies above it is the root of nothing. */
  readonly home: string | undefined
}

/**
 * The root of the project that `path` (absolute) belongs to: the nearest folder with `mix.exs`, of an umbrella the
 * outermost; where it has no compose file of its own, a folder above it in the same repository that has one. Without
 * `mix.exs` it is the folder itself or that of the file, or again one above it with a compose file.
 */
export function projectRoot(path: string, probes: RootProbes): string {
  const start = probes.kindOf(path) === 'folder' ? path : dirname(path)
  const ancestors = ancestorsOf(start, probes.home)
  const has = (folder: string, name: string) => probes.kindOf(join(folder, name)) !== undefined
  const mix = ancestors.find((folder) => has(folder, 'mix.exs'))
  const git = ancestors.find((folder) => has(folder, '.git'))
  const project = mix === undefined ? start : outermost(mix, ancestors, (folder) => has(folder, 'mix.exs'))
  if (git === undefined || !project.startsWith(git)) return project
  const around = ancestors.slice(ancestors.indexOf(project), ancestors.indexOf(git) + 1)
  const hasCompose = (folder: string) => composeNames.some((name) => has(folder, name))
  return around.find(hasCompose) ?? project
}

/** `start` and the folders above it, nearest first, without the home of the user, what is above it, and `/`. */
export function ancestorsOf(start: string, home: string | undefined): readonly string[] {
  const ancestors: string[] = []
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (home !== undefined && (folder === home || home.startsWith(folder + sep))) break
    ancestors.push(folder)
  }
  return ancestors
}

/** The last `mix.exs` on the way up from one, in each parent or, from `apps/x`, in the folder of `apps`. */
function outermost(mix: string, allowed: readonly string[], hasMix: (folder: string) => boolean): string {
  let found = mix
  for (;;) {
    const parent = dirname(found)
    const above = basename(parent) === 'apps' && !hasMix(parent) ? dirname(parent) : parent
    if (!allowed.includes(above) || !hasMix(above)) return found
    found = above
  }
}
