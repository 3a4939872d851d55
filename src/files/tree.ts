import { oncePer } from '../text/once.ts'
import type { Source } from '../text/source.ts'

/** The files of a project: those that were read as text, and the listing of all that are in view. */
export interface Tree {
  /** Sorted by path. */
  readonly sources: readonly Source[]
  /** Sorted by path. */
  readonly entries: readonly TreeEntry[]
  /** Paths that files of the tree name and that lie outside of what may be read. */
  readonly elsewhere?: ReadonlySet<string>
}

/** A file or folder of a tree. */
export interface TreeEntry {
  /** Relative to the root of the tree, with `/`. */
  readonly path: string
  /** `other` for sockets, devices and links that lead nowhere or out of the tree. */
  readonly kind: 'file' | 'folder' | 'other'
  /** In bytes; 0 for folders. */
  readonly size: number
  readonly executable: boolean
  /** Whether a `.gitignore` takes it: it is there on this machine, and not in a fresh clone. */
  readonly gitIgnored: boolean
}

const sourcesOf = oncePer((tree: Tree) => new Map(tree.sources.map((source) => [source.path, source])))

/** The text at a path of a tree; undefined where none was read there. */
export const sourceAt = (tree: Tree, path: string): Source | undefined => sourcesOf(tree).get(path)

const entriesOf = oncePer((tree: Tree) => new Map(tree.entries.map((entry) => [entry.path, entry])))

/** What is listed at a path of a tree. */
export const entryAt = (tree: Tree, path: string): TreeEntry | undefined => entriesOf(tree).get(path)

const isCode = ({ path }: { readonly path: string }) => /(^|\/)\w+\.ex$/.test(path)

/** The texts of a tree but its Elixir modules, of which a project may have thousands. */
export const besideCode = oncePer(({ sources }: Tree): readonly Source[] => sources.filter((one) => !isCode(one)))

/** What is listed in a tree but its Elixir modules. */
export const entriesBesideCode = oncePer(({ entries }: Tree): readonly TreeEntry[] =>
  entries.filter((one) => !isCode(one)),
)

/**
 * The tree of texts by path, for tests and examples: nothing is ignored, and what lies in a `bin` folder or ends in
 * `.sh` is executable.
 */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const sources = Object.entries(texts)
    .map(([path, text]) => ({ path, text }))
    .sort(byPath)
  const files = sources.map(({ path, text }): TreeEntry => {
    const size = new TextEncoder().encode(text).length
    return { path, kind: 'file', size, executable: isScriptPath(path), gitIgnored: false }
  })
  const folders = foldersOf(sources.map(({ path }) => path)).map(folderAt)
  return { sources, entries: [...files, ...folders].sort(byPath) }
}

const folderAt = (path: string): TreeEntry => ({ path, kind: 'folder', size: 0, executable: true, gitIgnored: false })

/** `tree` with the text of `source` in it: of a file that is there, or of a new one in folders that may be new. */
export function withSource(tree: Tree, source: Source): Tree {
  const { path, text } = source
  const size = new TextEncoder().encode(text).length
  const known = tree.entries.find((entry) => entry.path === path)
  const folders =
    known || path.startsWith('../')
      ? []
      : foldersOf([path]).filter((one) => !tree.entries.some((entry) => entry.path === one))
  const entry = known ?? { path, executable: isScriptPath(path), gitIgnored: false }
  return {
    ...tree,
    sources: [...tree.sources.filter((other) => other.path !== path), source].toSorted(byPath),
    entries: [
      ...tree.entries.filter((other) => other !== known),
      { ...entry, kind: 'file' as const, size },
      ...folders.map(folderAt),
    ].toSorted(byPath),
  }
}

/** Whether a path is that of a script by custom: in a `bin` folder, or ending in `.sh`. */
export const isScriptPath = (path: string): boolean => /(^|\/)bin\/[^/]+$|\.sh$/.test(path)

/** The order of paths in a tree: by UTF-16 code unit, the same on every machine. */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}

/** Every folder above the given paths, each once. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return [...folders]
}
