import { posix } from 'node:path'
import { oncePer } from '../text/once.ts'
import { type GitIgnores, isGitIgnored, withGitIgnore } from './gitignore.ts'
import { byPath, type Tree } from './tree.ts'

/** Whether git leaves a path of a tree alone, be it there or not: by the `.gitignore` files that were read. */
export const gitLeavesOut = (tree: Tree, path: string): boolean => {
  const ignores = ignoresOf(tree)
  const above = [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1))
  return [...above, path, `${path}/`].some((one) =>
    isGitIgnored(
      ignores.filter(({ folder }) => folder === '' || (one.startsWith(`${folder}/`) && one.length > folder.length + 1)),
      one,
    ),
  )
}

const ignoresOf = oncePer(
  ({ sources }: Tree): GitIgnores =>
    sources
      .filter(({ path }) => posix.basename(path) === '.gitignore')
      .toSorted(byPath)
      .reduce<GitIgnores>((above, { path, text }) => {
        const folder = posix.dirname(path)
        return withGitIgnore(above, folder === '.' ? '' : folder, text)
      }, []),
)
