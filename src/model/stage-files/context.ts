import { isUnder } from '../../files/folders.ts'
import { gitLeavesOut, ignoredPaths } from '../../files/git-ignored.ts'
import type { Tree } from '../../files/tree.ts'
import { type DockerIgnore, excludes } from '../../languages/dockerignore/dockerignore.ts'
import type { Span } from '../../text/source.ts'
import { mayHoldSecrets } from '../secrets/file-secrets.ts'
import { isSecretScript } from '../secrets/secret-files.ts'
import type { Missing } from './missing.ts'
import { missingAt } from './missing.ts'
import { below } from './paths.ts'
import type { Context, StageFiles } from './types.ts'

/** The context at `root` of `tree`, filtered by `ignore`; nothing is known of it where that cannot be read. */
export function contextAt(tree: Tree, root: string, ignore: DockerIgnore | undefined): Context {
  const isKnown = ignore === undefined || ignore.problems.length === 0
  const inside = tree.entries.filter((entry) => root === '' || below(root, entry.path) !== undefined)
  const inView =
    isKnown &&
    inside.some(
      (entry) =>
        !/(^|\/|\.)(dockerfile|containerfile)|dockerignore$|compose[^/]*\.ya?ml$|(^|\/)\.env/i.test(entry.path),
    )
  const relative = (path: string) => (root === '' ? path : path.slice(root.length + 1))
  const seen = inside.filter((entry) => isKnown && !(ignore && excludes(ignore, relative(entry.path))))
  const files = new Set(seen.filter((entry) => entry.kind === 'file').map((entry) => entry.path))
  const folders = new Set(seen.filter((entry) => entry.kind === 'folder').map((entry) => entry.path))
  for (const file of [...files, ...folders]) {
    for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      const folder = file.slice(0, slash)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  folders.add(root)
  const sortedFiles = [...files]
  // A config script has its own rule, which says that it is not there.
  const isOnSome = (path: string) =>
    mayHoldSecrets(path) && !isSecretScript(path) && isKnown && !(ignore && excludes(ignore, relative(path)))
  const isIgnored = (path: string) =>
    isOnSome(path) && (ignoredHere.has(path) || (!files.has(path) && gitLeavesOut(tree, path)))
  const ignoredHere = new Set(ignoredPaths(tree, root).filter(isOnSome))
  const names = namesByFolder([...sortedFiles, ...folders])
  const namesIn = (folder: string) => names.get(folder) ?? []
  const lost = new Map<string, { readonly why: Missing | undefined }>()
  return {
    root,
    typeOf(path) {
      const key = path.replace(/\/$/, '')
      if (files.has(key) || isIgnored(key)) return 'file'
      if (!inView) return 'unseen'
      return folders.has(key) ? 'folder' : undefined
    },
    filesUnder: (folder) => atAndBelow(sortedFiles, folder),
    ignoredUnder: (folder) => [
      ...new Set([
        ...[...ignoredHere].filter((path) => !files.has(path) && isUnder(path, folder)),
        ...(folder !== '' && !files.has(folder) && isIgnored(folder) ? [folder] : []),
      ]),
    ],
    namesIn,
    missing(path) {
      if (files.has(path) || folders.has(path) || !inView) return undefined
      const known = lost.get(path) ?? { why: missingAt(path, root, tree, ignore, namesIn) }
      lost.set(path, known)
      return known.why
    },
    isLocal: (path) =>
      isKnown &&
      path !== root &&
      !mayHoldSecrets(path) &&
      !madeByTools.test(path) &&
      !(ignore && excludes(ignore, relative(path))) &&
      ((!files.has(path) && !folders.has(path)) || notForGit.test(path)) &&
      gitLeavesOut(tree, path),
    unfiltered() {
      if (!ignore) return undefined
      const whole = contextAt(tree, root, undefined)
      // What holds secrets does not come along: the build stops before.
      const isSafe = (path: string) => !mayHoldSecrets(path) || !excludes(ignore, relative(path))
      return { ...whole, filesUnder: (folder) => whole.filesUnder(folder).filter(isSafe), ignoredUnder: () => [] }
    },
  }
}

/** What Mix, npm and git keep in a checkout; that it is copied has rules of its own. */
const madeByTools = /(^|\/)(_build|deps|node_modules|\.git)(\/|$)/

/** What nobody commits against a `.gitignore`: built assets, certificates, archives. Other files that are there may be in git all the same. */
const notForGit = /(^|\/)(priv\/static|certs?|tls|ssl)(\/|$)|\.(pem|crt|cer|zip|tar|tgz|gz)$/

function namesByFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const path of paths) {
    if (path === '') continue
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, Math.max(slash, 0))
    const others = names.get(folder)
    if (others) others.push(path.slice(slash + 1))
    else names.set(folder, [path.slice(slash + 1)])
  }
  return names
}

/** A context as if it were a stage, as `--from` of a named context sees it. `span`: what names it. */
export const filesOfContext = (context: Context, span: Span): StageFiles => ({
  base: undefined,
  writes: [
    {
      kind: 'copy',
      target: '/',
      cause: { span, runs: 'always' },
      from: { in: 'context', context, path: context.root },
    },
  ],
})

/** Of sorted paths `folder` itself and those below it. */
function atAndBelow(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === '') return sorted
  const itself = sorted[firstFrom(sorted, folder)] === folder ? [folder] : []
  // `0` is the character after `/`.
  return [...itself, ...sorted.slice(firstFrom(sorted, `${folder}/`), firstFrom(sorted, `${folder}0`))]
}

/** The index of the first of `sorted` that is not before `path`. */
function firstFrom(sorted: readonly string[], path: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < path) low = middle + 1
    else high = middle
  }
  return low
}
