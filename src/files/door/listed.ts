import { relative, sep } from 'node:path'
import { largestText } from '../decode.ts'
import { foldersOf, type TreeEntry } from '../tree.ts'
import type { Bytes, Sight } from './door.ts'
import type { Closed, Found } from './found.ts'
import { isWithin } from './locate.ts'
import type { OpenSight } from './open.ts'

/** What is known of a file: its bytes, or why there are none. */
export type Content = Bytes | Closed

/** The sight of files that were listed. */
export interface ListedSight extends OpenSight {
  /** Paths of files, relative to the root, that were asked for so far and of which nothing is known. */
  readonly missed: ReadonlySet<string>
}

/** The sight of what is listed at `root` (absolute), with what is known of it by path. Nothing is seen outside. */
export function listedSight(
  root: string,
  entries: readonly TreeEntry[],
  contents: ReadonlyMap<string, Content>,
): ListedSight {
  const listed = new Map(entries.map((entry) => [entry.path, entry]))
  const missed = new Set<string>()
  const pathOf = (path: string) => relative(root, path).split(sep).join('/')
  // A folder that git ignores is named, and what is in it is not.
  const isUnlisted = (path: string) => foldersOf([path]).some((folder) => listed.get(folder)?.gitIgnored)
  const contentOf = (path: string): Content => {
    const content = contents.get(path)
    if (content === undefined) missed.add(path)
    return content ?? missing
  }
  const at = (path: string): Found => {
    if (!isWithin(root, path)) return elsewhere
    const entry = listed.get(pathOf(path))
    if (path === root || entry?.kind === 'folder') return { kind: 'folder', real: path, size: 0 }
    if (entry?.kind === 'other') return { kind: 'special', made: false }
    if (entry) return file(path, entry.size, entry.executable)
    const content = isUnlisted(pathOf(path)) ? contentOf(pathOf(path)) : missing
    return content.kind === 'bytes' ? file(path, content.bytes.length, false) : content
  }
  const read = (path: string, limit = largestText): Content => {
    const found = at(path)
    if (found.kind === 'folder') return { kind: 'unreadable', why: 'it is a folder' }
    if (found.kind !== 'file') return found
    return found.size > limit ? { kind: 'large', size: found.size, limit } : contentOf(pathOf(path))
  }
  const head = (path: string, length: number): Content => {
    const content = read(path)
    return content.kind === 'bytes' ? { kind: 'bytes', bytes: content.bytes.subarray(0, length) } : content
  }
  return { at, read, head, missed, outside: nothing, linked: nothing }
}

const file = (path: string, size: number, executable: boolean): Found => ({
  kind: 'file',
  real: path,
  size,
  mode: executable ? 0o755 : 0o644,
  identity: { dev: 0, ino: 0 },
})

const missing: Closed = { kind: 'missing', byLink: false }
const elsewhere: Closed = { kind: 'elsewhere', byLink: false }
const nothing: Sight = { at: () => elsewhere, read: () => elsewhere, head: () => elsewhere }
