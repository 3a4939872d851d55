import { posix } from 'node:path'
import { oncePer } from '../text/once.ts'
import { folderOf, isUnder } from './folders.ts'
import { type GitIgnores, isGitIgnored, withGitIgnore } from './gitignore.ts'
import { besideCode, byPath, entriesBesideCode, type Tree } from './tree.ts'

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

/**
 * Paths of files below `root` that are on some machines and not in a clean checkout, as far as names say: those that the
 * `.gitignore` files name, with their wildcards, and the env file that an example of one stands for.
 */
export function ignoredPaths(tree: Tree, root: string): readonly string[] {
  const named = besideCode(tree).flatMap(({ path, text }) => {
    if (posix.basename(path) !== '.gitignore') return []
    const folder = folderOf(path)
    return text.split(/\r?\n/).flatMap((line) => {
      const pattern = line.trim()
      if (pattern === '' || /^[#!]|\/$/.test(pattern)) return []
      // Without a slash it holds in every folder.
      const base = pattern.includes('/') || !isUnder(root, folder) ? folder : root
      return [posix.join(base, pattern.replace(/^(\/|\*\*\/)/, ''))]
    })
  })
  const made = entriesBesideCode(tree).flatMap(({ path }) => {
    const example = /^(.*\.env(?:\.\w+)?)[._-](?:example|sample|template|dist)$/.exec(path)
    return example?.[1] === undefined ? [] : [example[1]]
  })
  return [...new Set([...named, ...made])].filter((path) => isUnder(path, root))
}

const ignoresOf = oncePer(
  (tree: Tree): GitIgnores =>
    besideCode(tree)
      .filter(({ path }) => posix.basename(path) === '.gitignore')
      .toSorted(byPath)
      .reduce<GitIgnores>((above, { path, text }) => {
        const folder = posix.dirname(path)
        return withGitIgnore(above, folder === '.' ? '' : folder, text)
      }, []),
)
