import type { Tree } from '../../files/tree.ts'
import { excludes, type Ignore } from '../../languages/dockerignore/dockerignore.ts'
import { below } from './files.ts'

/** The build context: a folder of the tree without what .dockerignore takes away. Paths are those of the tree. */
export interface Context {
  /** The folder, relative to the root of the tree; `''` is the root. */
  readonly root: string
  /** What is at a path, `unseen` where the tree holds nothing of the context but Dockerfiles. */
  typeOf(path: string): 'file' | 'folder' | 'unseen' | undefined
  /** The files at and below a folder of the tree that the build sees. */
  filesUnder(folder: string): readonly string[]
  /** The folders at and below a folder of the tree that the build sees. */
  foldersUnder(folder: string): readonly string[]
}

/** Whether `path` matches a pattern of Go's `filepath.Match`, as in the sources of COPY; `**` spans folders. */
export function matchesGlob(pattern: string, path: string): boolean {
  const source = pattern.replace(/\*\*\/?|\*|\?|\[\^?[^\]]*\]|[.+^${}()|\\]/g, (part) => {
    if (part.startsWith('**')) return '(?:.*)'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    return part.startsWith('[') ? part : `\\${part}`
  })
  try {
    return new RegExp(`^${source}$`).test(path)
  } catch {
    return false
  }
}

/** The context at `root` of `tree`, filtered by `ignore`. */
export function contextAt(tree: Tree, root: string, ignore: Ignore | undefined): Context {
  const inside = tree.entries.filter((entry) => root === '' || below(root, entry.path) !== undefined)
  const inView = inside.some(
    (entry) => !/(^|\/|\.)(dockerfile|containerfile)|dockerignore$|compose[^/]*\.ya?ml$|(^|\/)\.env/i.test(entry.path),
  )
  const relative = (path: string) => (root === '' ? path : path.slice(root.length + 1))
  const seen = inside.filter((entry) => !(ignore && excludes(ignore, relative(entry.path))))
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
  const sorted = [...files].sort()
  return {
    root,
    typeOf(path) {
      const key = path.replace(/\/$/, '')
      if (files.has(key)) return 'file'
      if (!inView) return 'unseen'
      return folders.has(key) ? 'folder' : undefined
    },
    foldersUnder: (folder) => [...folders].filter((path) => folder === '' || below(folder, path) !== undefined).sort(),
    filesUnder: (folder) => sorted.filter((file) => folder === '' || below(folder, file) !== undefined),
  }
}
