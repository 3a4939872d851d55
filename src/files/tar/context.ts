import { posix } from 'node:path'
import { type Entry, type Host, ReadFailure } from '../host.ts'
import { foldersOf } from '../tree.ts'
import { wantedOf } from '../wanted.ts'
import { Broken, type Budget, budgetOf, keep } from './broken.ts'
import { type TarFile, tarEntries } from './entries.ts'
import { tarBytes } from './unpack.ts'

/** How a tar is read as a folder. */
export interface ContextOptions {
  /** Paths in it that are kept whatever their names are. */
  readonly named?: readonly string[]
  /** In bytes, after decompression. */
  readonly maxSize: number
}

/** A tar as a folder, or why it is none; `entry` is where in it. */
export type ReadContext =
  | { readonly kind: 'context'; readonly host: Host }
  | { readonly kind: 'broken'; readonly message: string; readonly entry: string | undefined }

/** What stands at a path of the tar. */
interface Item {
  readonly kind: Exclude<TarFile['kind'], 'hard link'>
  readonly size: number
  readonly executable: boolean
  /** What a link leads to, as it is written. */
  readonly target: string
  /** Where it was wanted. */
  readonly bytes: Uint8Array | undefined
}

/**
 * Reads the tar of a build context in one pass, plain or compressed; of its files it keeps those that `discover` reads.
 * Links are followed inside it only.
 */
export async function readContext(
  bytes: AsyncIterable<Uint8Array>,
  { named = [], maxSize }: ContextOptions,
): Promise<ReadContext> {
  const items = new Map<string, Item>()
  const budget = budgetOf(maxSize)
  try {
    for await (const file of tarEntries(await tarBytes(bytes, budget), budget, true)) {
      const path = pathOf(file.name)
      if (path !== '') items.set(path, await itemOf(path, file, items, named.includes(path), budget))
    }
    return { kind: 'context', host: hostOf(items) }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { kind: 'broken', message: error.message, entry: error.entry }
  }
}

/** A path as those of a host are; the root is empty. Throws `Broken` where it leads out of the root, as Docker does. */
function pathOf(name: string): string {
  const path = posix.join('.', name.replace(/^\/+/, '')).replace(/\/$/, '')
  if (path === '..' || path.startsWith('../')) throw new Broken('its path leads out of the tar', name)
  return path === '.' ? '' : path
}

const ownerMayExecute = 0o100

async function itemOf(
  path: string,
  file: TarFile,
  items: ReadonlyMap<string, Item>,
  isNamed: boolean,
  budget: Budget,
): Promise<Item> {
  const { kind, size, target, mode } = file
  const executable = (mode & ownerMayExecute) !== 0
  if (kind === 'hard link')
    return items.get(pathOf(target)) ?? { kind: 'device', size, executable, target, bytes: undefined }
  const how = kind === 'file' && !file.sparse ? (isNamed ? 'named' : wantedOf(path, size)) : undefined
  const bytes = how === undefined || size > largestKept ? undefined : await bytesOf(file, how === 'script', budget)
  return { kind, size, executable, target, bytes }
}

const largestKept = 5_000_000

/** The bytes of a file; of what would be a script only where it begins as one. */
async function bytesOf(
  { name, size, chunks }: TarFile,
  isScript: boolean,
  budget: Budget,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  for await (const part of chunks) {
    if (isScript && parts.length === 0 && part[0] !== 0x23) return undefined
    parts.push(part)
  }
  keep(budget, size, name)
  return Buffer.concat(parts)
}

function hostOf(items: ReadonlyMap<string, Item>): Host {
  const inside = namesIn([...items.keys()])
  const kindAt = (real: string | undefined): Entry['kind'] => {
    if (real === undefined) return 'other'
    if (inside.has(real)) return 'folder'
    const kind = items.get(real)?.kind
    return kind === 'file' || kind === 'folder' ? kind : 'other'
  }
  const entryAt = (folder: string, name: string, isLinked: boolean): Entry => {
    const path = joined(folder, name)
    const real = realPath(path, items)
    const kind = kindAt(real)
    const loops = kind === 'folder' && real !== path && (isLinked || real === '' || path.startsWith(`${real}/`))
    if (real === undefined || loops || kind === 'other') return { name, kind: 'other', size: 0, executable: false }
    if (kind === 'folder') return { name, kind, size: 0, executable: true }
    return { name, kind, size: items.get(real)?.size ?? 0, executable: items.get(real)?.executable ?? false }
  }
  return {
    async list(folder) {
      const real = realPath(folder, items)
      const names = real === undefined ? [] : [...(inside.get(real) ?? [])]
      return names.sort().map((name) => entryAt(real ?? '', name, real !== folder))
    },
    async read(path) {
      const real = realPath(path, items)
      if (real === undefined) throw new ReadFailure(path, 'absent')
      const item = items.get(real)
      if (inside.has(real) || item?.kind === 'folder') throw new ReadFailure(path, 'folder')
      if (item?.bytes === undefined) throw new ReadFailure(path, item ? 'other' : 'absent')
      return item.bytes
    },
  }
}

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** The names in every folder; a tar need not hold the folders of its files. */
function namesIn(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const inside = new Map<string, Set<string>>()
  for (const path of [...paths, ...foldersOf(paths)]) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    const names = inside.get(folder) ?? new Set()
    inside.set(folder, names.add(posix.basename(path)))
  }
  return inside
}

const mostLinks = 40

/** A path with its links followed; undefined where one leads out of the tar, or round in a circle. */
function realPath(path: string, items: ReadonlyMap<string, Item>): string | undefined {
  const rest = path.split('/').reverse()
  let at = ''
  let links = 0
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (at === '') return undefined
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
      continue
    }
    const next = joined(at, name)
    const item = items.get(next)
    if (item?.kind !== 'link') at = next
    else {
      links += 1
      if (links > mostLinks || item.target.startsWith('/')) return undefined
      rest.push(...item.target.split('/').reverse())
    }
  }
  return at
}
