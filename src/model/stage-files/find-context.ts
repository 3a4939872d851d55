import { posix } from 'node:path'
import { type GitIgnores, isGitIgnored, withGitIgnore } from '../../files/gitignore.ts'
import { besideCode, sourceAt, type Tree } from '../../files/tree.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { type DockerIgnore, parseDockerignore } from '../../languages/dockerignore/dockerignore.ts'
import { below } from './paths.ts'

/**
 * The folder that a Dockerfile is most likely built with where no compose file says so: of its own folder and those
 * above, the one in which most of what it copies exists; the nearest of equals.
 */
export function likelyContext(dockerfile: Dockerfile, tree: Tree): string {
  const paths = new Set(tree.entries.map((entry) => entry.path))
  const wanted = dockerfile.instructions.flatMap((instruction) =>
    (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') && !instruction.from
      ? instruction.sources
          .map((word) => posix.normalize(word.text).replace(/^\/|\/$/g, ''))
          .filter((path) => /^[\w.][^$*?]*$/.test(path))
      : [],
  )
  const own = posix.dirname(dockerfile.source.path)
  let best = own === '.' ? '' : own
  let most = -1
  for (let folder = best; ; folder = posix.dirname(folder) === '.' ? '' : posix.dirname(folder)) {
    const there =
      wanted.filter((path) => path !== '.' && paths.has(posix.join(folder, path))).length +
      (paths.has(posix.join(folder, 'mix.exs')) ? 1 : 0)
    if (there > most) {
      most = there
      best = folder
    }
    if (folder === '' || folder === '/') return best
  }
}

/** The ignore file of a context by itself. */
export function ignoreIn(context: string, tree: Tree): DockerIgnore | undefined {
  const source = sourceAt(tree, posix.join(context, '.dockerignore'))
  return source && parseDockerignore(source)
}

/** Whether no ignore file is there for a build because git ignores it, as it does where a script puts one in its place. */
export const isIgnoreMade = (dockerfile: string, context: string, tree: Tree): boolean =>
  ignoreFor(dockerfile, context, tree) === undefined &&
  [posix.join(context, '.dockerignore'), `${dockerfile}.dockerignore`].some((path) => ignoredByGit(path, tree))

/** Whether the .gitignore files on the way to a path ignore it; the path of a folder ends in `/`. */
export function ignoredByGit(path: string, tree: Tree): boolean {
  const folderOf = (file: string) => (posix.dirname(file) === '.' ? '' : posix.dirname(file))
  const above = besideCode(tree).filter(({ path: file }) => {
    const folder = folderOf(file)
    return posix.basename(file) === '.gitignore' && (folder === '' || below(folder, path) !== undefined)
  })
  const ignores = above
    .toSorted((one, other) => one.path.length - other.path.length)
    .reduce<GitIgnores>((all, { path: file, text }) => withGitIgnore(all, folderOf(file), text), [])
  return isGitIgnored(ignores, path)
}

/** The ignore file that counts for a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else that of the context. */
export function ignoreFor(dockerfile: string, context: string, tree: Tree): DockerIgnore | undefined {
  const own = sourceAt(tree, `${dockerfile}.dockerignore`)
  return own ? parseDockerignore(own) : ignoreIn(context, tree)
}
