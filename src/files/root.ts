import { basename, dirname, join, sep } from 'node:path'

/** What is asked of a disk to find the root of a project. */
export interface RootProbes {
  kindOf(path: string): Promise<'file' | 'folder' | undefined>
  /** The home of the user: it and what lies above it is the root of nothing. */
  readonly home: string | undefined
}

/**
 * The root of the project that `path` (absolute) belongs to: the nearest folder with `.git` at or above the nearest
 * `mix.exs`; else the outermost `mix.exs` of an umbrella; else the folder itself or the folder of the file.
 */
export async function projectRoot(path: string, probes: RootProbes): Promise<string> {
  const start = (await probes.kindOf(path)) === 'folder' ? path : dirname(path)
  const ancestors = ancestorsOf(start, probes.home)
  const has = async (folder: string, name: string) => (await probes.kindOf(join(folder, name))) !== undefined
  const mix = await firstOf(ancestors, (folder) => has(folder, 'mix.exs'))
  const above = mix === undefined ? ancestors : ancestors.slice(ancestors.indexOf(mix))
  const git = await firstOf(above, (folder) => has(folder, '.git'))
  if (git !== undefined) return git
  if (mix === undefined) return start
  return outermost(mix, ancestors, (folder) => has(folder, 'mix.exs'))
}

/** `start` and the folders above it, nearest first, without the home of the user, what is above it, and `/`. */
function ancestorsOf(start: string, home: string | undefined): readonly string[] {
  const ancestors: string[] = []
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (home !== undefined && (folder === home || home.startsWith(folder + sep))) break
    ancestors.push(folder)
  }
  return ancestors
}

async function firstOf(folders: readonly string[], test: (folder: string) => Promise<boolean>) {
  for (const folder of folders) if (await test(folder)) return folder
  return undefined
}

/** The last `mix.exs` on the way up from one, in each parent or, from `apps/x`, in the folder of `apps`. */
async function outermost(mix: string, allowed: readonly string[], hasMix: (folder: string) => Promise<boolean>) {
  let found = mix
  for (;;) {
    const parent = dirname(found)
    const above = basename(parent) === 'apps' && !(await hasMix(parent)) ? dirname(parent) : parent
    if (!allowed.includes(above) || !(await hasMix(above))) return found
    found = above
  }
}
