import { isUnder, projectFolder } from '../../files/folders.ts'
import type { Tree } from '../../files/tree.ts'
import type { MixApp } from './mix.ts'

/**
 * Whether a path of a tree belongs to an app: to its Mix project, to one that it depends on, or to none at all. What
 * lies in another Mix project says nothing of the app.
 */
export function belongingTo(app: MixApp, apps: readonly MixApp[], tree: Tree): (path: string) => boolean {
  const own = withDependencies(app, apps, tree)
  if (own.some(({ unread }) => unread !== undefined)) return () => true
  const folders = new Set(['', ...own.map(({ folder }) => projectFolder(folder, tree))])
  const umbrellas = own.flatMap(({ umbrella, folder }) => (umbrella ? [folder] : []))
  const hasRoot = apps.some(({ folder }) => folder === '')
  if (hasRoot && own.every(({ folder }) => projectFolder(folder, tree) !== '')) folders.delete('')
  return (path) => folders.has(projectFolder(path, tree)) || umbrellas.some((folder) => isUnder(path, folder))
}

/** An app, its children, and the apps of the tree that they depend on: of those of one name that of the same Mix project. */
function withDependencies(app: MixApp, apps: readonly MixApp[], tree: Tree): readonly MixApp[] {
  const projectOf = ({ folder }: MixApp) => projectFolder(folder, tree)
  const found = new Set<MixApp>()
  const open = [app]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    const depended = next.deps.flatMap(({ name }) => {
      const named = apps.filter((one) => one.name === name)
      const inProject = named.filter((one) => projectOf(one) === projectOf(app))
      return inProject.length > 0 ? inProject : named
    })
    open.push(...next.children, ...depended)
  }
  return [...found]
}
