import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import { byPath, type Tree, type TreeEntry } from '../../files/tree.ts'
import type { Source } from '../../text/source.ts'
import { resolvePath, sourceOf, textOfEntry } from './place.ts'

/** The file system of an image as a tree, paths without the first `/`, and the texts by their paths in it. */
export interface ImageTree {
  readonly tree: Tree
  readonly sourceAt: (path: string) => Source | undefined
}

const mostAliases = 20_000

/** The tree of an image. What a link leads to is there under the path of the link as well. */
export function treeOfImage(image: SavedImage): ImageTree {
  const entries = new Map<string, TreeEntry>()
  const sources = new Map<string, Source>()
  const add = (path: string, entry: FileEntry) => {
    const key = path.slice(1)
    if (key === '') return
    const kind = entry.kind === 'file' || entry.kind === 'folder' ? entry.kind : 'other'
    entries.set(key, { path: key, kind, size: entry.size, executable: (entry.mode & 0o111) !== 0, gitIgnored: false })
    if (textOfEntry(entry) !== undefined) sources.set(key, sourceOf(image, entry))
  }
  for (const [path, entry] of image.files) add(path, (entry.kind === 'link' && resolvePath(image, path)) || entry)
  let left = mostAliases
  for (const [from, to] of linkedFolders(image)) {
    for (const [path, entry] of image.files) {
      if (!path.startsWith(`${to}/`) || left-- <= 0) continue
      add(`${from}${path.slice(to.length)}`, entry)
    }
  }
  return {
    tree: { entries: [...entries.values()].toSorted(byPath), sources: [...sources.values()].toSorted(byPath) },
    sourceAt: (path) => sources.get(path),
  }
}

/** Links to folders of the app: those of the system (`/bin` to `/usr/bin`) hold nothing that is read. */
export function linkedFolders(image: SavedImage): readonly (readonly [from: string, to: string])[] {
  return [...image.files.values()].flatMap((entry): readonly (readonly [string, string])[] => {
    if (entry.kind !== 'link' || /^\/(bin|lib\w*|sbin|usr|etc|var|proc|sys|dev|run|tmp)(\/|$)/.test(entry.path))
      return []
    const to = resolvePath(image, entry.path)
    const isAround = to && (posix.dirname(entry.path) === to.path || entry.path.startsWith(`${to.path}/`))
    return to?.kind === 'folder' && to.path !== '/' && !isAround ? [[entry.path, to.path]] : []
  })
}
