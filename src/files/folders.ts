import { posix } from 'node:path'
import { oncePer } from '../text/once.ts'
import { entriesBesideCode, type Tree } from './tree.ts'

/** Folders that hold how the folder around them is shipped, and no project of their own. */
const aside = /^\.?(docker|compose|deploy|ops|infra|container|k8s|kube|manifests|kustom)/i

/** The folder that a path lies in; `''` is the root of the tree. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

/** The folder that a file speaks for: its own, or the one around folders such as `deploy` and `docker`. */
export function homeOf(path: string): string {
  let folder = folderOf(path)
  while (aside.test(posix.basename(folder))) folder = folderOf(folder)
  return folder
}

/** Whether a path is a folder or lies in it; `''` is the root of the tree. */
export const isUnder = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)

/** The folder of the Mix project that a path belongs to, of an app of an umbrella that of the umbrella; `''` without one. */
export function projectFolder(path: string, tree: Tree): string {
  const folders = projectFolders(tree)
  for (let folder = path; folder !== '' && folder !== '.'; folder = posix.dirname(folder)) {
    if (folders.has(folder)) return folder
  }
  return ''
}

/** The folders with a mix.exs, without the apps of umbrellas. */
export const projectFolders = oncePer((tree: Tree): ReadonlySet<string> => {
  const all = new Set(
    entriesBesideCode(tree).flatMap(({ path, kind }) =>
      kind === 'file' && posix.basename(path) === 'mix.exs' ? [posix.dirname(path)] : [],
    ),
  )
  const isApp = (folder: string) =>
    posix.basename(posix.dirname(folder)) === 'apps' && all.has(posix.dirname(posix.dirname(folder)))
  return new Set([...all].filter((folder) => !isApp(folder)).map((folder) => (folder === '.' ? '' : folder)))
})

/**
 * Of the files at `paths` those that may be what a file at `from` speaks of without naming it: those of its own
 * project, else those of the projects below it.
 */
export function ownFiles(from: string, paths: readonly string[], tree: Tree): readonly string[] {
  const home = homeOf(from)
  const project = projectFolder(home, tree)
  const inProject = paths.filter((path) => projectFolder(homeOf(path), tree) === project)
  const own = inProject.filter((path) => isUnder(homeOf(path), home) || isUnder(home, homeOf(path)))
  return own.length > 0 ? own : paths.filter((path) => isUnder(homeOf(path), home))
}
