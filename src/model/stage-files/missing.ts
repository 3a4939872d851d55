import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import { foldersOf, type Tree } from '../../files/tree.ts'
import { type DockerIgnore, decidingPattern, excludes } from '../../languages/dockerignore/dockerignore.ts'
import { nearest } from '../../text/nearest.ts'
import { oncePer } from '../../text/once.ts'
import type { Span } from '../../text/source.ts'

/** Why the build finds nothing at a path of its context. */
export type Missing =
  /** This line of .dockerignore leaves it out. */
  | { readonly kind: 'ignored'; readonly by: Span }
  /** It is not there; `near` is what was most likely meant, a path of the tree. */
  | { readonly kind: 'absent'; readonly near: string | undefined }

/** The names in a folder of the tree that the build sees. */
type NamesIn = (folder: string) => readonly string[]

/** What programs leave in a checkout: whether it is there says nothing. */
export const madeByPrograms = /(^|\/)(_build|deps|node_modules|\.git|dist|\.elixir_ls|cover)(\/|$)|(^|\/)priv\/static\//

/**
 * Why there is nothing at `path` in the context at `root`; undefined where that may be otherwise on another machine, as
 * for what git ignores.
 */
export function missingAt(
  path: string,
  root: string,
  tree: Tree,
  ignore: DockerIgnore | undefined,
  namesIn: NamesIn,
): Missing | undefined {
  const relative = root === '' ? path : path.slice(root.length + 1)
  const by = ignore && excludes(ignore, relative) ? decidingPattern(ignore, relative) : undefined
  if (by && ignore) return isPartlyThere(relative, path, tree, ignore) ? undefined : { kind: 'ignored', by }
  if (!isMissing(path, tree)) return undefined
  return { kind: 'absent', near: meantPath(path, root, namesIn) ?? sameName(path, root, tree) }
}

/** Whether an exception below an ignored folder keeps something of it, or may on another machine: `!.git/HEAD`. */
function isPartlyThere(relative: string, path: string, { entries }: Tree, ignore: DockerIgnore): boolean {
  const isException = ignore.patterns.some(({ negated, text }) => negated && text.startsWith(`${relative}/`))
  if (!isException) return false
  const root = path.slice(0, path.length - relative.length)
  return (
    madeByPrograms.test(path) ||
    entries.some((entry) => entry.path.startsWith(`${path}/`) && !excludes(ignore, entry.path.slice(root.length)))
  )
}

/** Whether nothing is at a path of the tree, on no machine: git leaves it alone, and no program makes it. */
export function isMissing(path: string, tree: Tree): boolean {
  if (path === '' || /^(\.\.(\/|$)|[/~])/.test(path) || madeByPrograms.test(path) || gitLeavesOut(tree, path))
    return false
  const names = namesOf(tree)
  return !names.has(path) && !names.has('.gitmodules')
}

/** The path of the tree that differs from `path` by what is misspelt in it. */
export function nearPath(path: string, tree: Tree): string | undefined {
  const names = [...namesOf(tree)]
  const inFolder = (folder: string) =>
    names.flatMap((one) => (posix.dirname(one) === (folder || '.') ? [posix.basename(one)] : []))
  return meantPath(path, '', inFolder)
}

/** The files and folders of a tree. */
const namesOf = oncePer(
  ({ entries }: Tree): ReadonlySet<string> =>
    new Set([...entries.map(({ path }) => path), ...foldersOf(entries.map(({ path }) => path))]),
)

/** The path that is there and differs from `path` by what is misspelt in its folders and its name. */
function meantPath(path: string, root: string, namesIn: NamesIn): string | undefined {
  let meant: string | undefined = root
  for (const name of path.slice(root === '' ? 0 : root.length + 1).split('/')) {
    const names: readonly string[] = namesIn(meant)
    const found: string | undefined = names.includes(name) ? name : nearest(name, names)
    if (found === undefined) return undefined
    meant = posix.join(meant, found)
  }
  return meant
}

/** The one file of the context that has the name of `path` and lies elsewhere. */
function sameName(path: string, root: string, { entries }: Tree): string | undefined {
  const name = posix.basename(path)
  const [first, ...others] = entries.filter(
    (entry) =>
      entry.kind === 'file' &&
      posix.basename(entry.path) === name &&
      (root === '' || entry.path.startsWith(`${root}/`)) &&
      !entry.gitIgnored,
  )
  return others.length === 0 && name.includes('.') ? first?.path : undefined
}
