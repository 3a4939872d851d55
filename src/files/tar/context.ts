import { type Entry, type Host, ReadFailure } from '../host.ts'
import { wantedOf } from '../wanted.ts'
import { Broken, type Budget, budgetOf, keep } from './broken.ts'
import { tarEntries } from './entries.ts'
import type { TarFile } from './file.ts'
import { isTextOrTar } from './text-or-tar.ts'
import { tarBytes } from './unpack.ts'
import {
  emptyFolder,
  type FileItem,
  type FolderItem,
  follow,
  hardLinked,
  pathOf,
  put,
  type UnpackedItem,
} from './unpacked.ts'

/** How a tar is read as a folder. */
export interface TarContextOptions {
  /** Paths in it that are kept whatever their names are. */
  readonly named?: readonly string[]
  /** In bytes, after decompression. */
  readonly maxSize: number
}

/** A tar as a folder, or why it is none; `entry` is where in it. */
export type ReadContext =
  | { readonly kind: 'context'; readonly host: Host }
  | { readonly kind: 'broken'; readonly message: string; readonly entry: string | undefined }

/**
 * Reads the tar of a build context in one pass, plain or compressed; of its files it keeps those that `discover` reads.
 * Links are followed inside it only.
 */
export async function readContext(
  bytes: AsyncIterable<Uint8Array>,
  { named = [], maxSize }: TarContextOptions,
): Promise<ReadContext> {
  const root = emptyFolder()
  const budget = budgetOf(maxSize)
  const spare = { bytes: spareBytes }
  try {
    for await (const file of tarEntries(await tarBytes(bytes, budget, isTextOrTar), budget, true))
      put(root, file.name, await itemOf(file, root, named, budget, spare))
    checkLinks(root, named)
    return { kind: 'context', host: hostOf(root) }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { kind: 'broken', message: error.message, entry: error.entry }
  }
}

const hash = 0x23
const ownerMayExecute = 0o100
const largestKept = 5_000_000
const largestScript = 256_000
/** What is kept beyond what is wanted by its name: a link may lead to it. */
const spareBytes = 32 * 1024 * 1024

async function itemOf(
  file: TarFile,
  root: FolderItem,
  named: readonly string[],
  budget: Budget,
  spare: { bytes: number },
): Promise<UnpackedItem> {
  const { kind, name, target } = file
  if (kind === 'folder') return emptyFolder()
  if (kind === 'link') return { kind, target }
  if (kind === 'device') return { kind }
  return kind === 'hard link' ? hardLinked(root, target, name) : fileOf(file, named, budget, spare)
}

async function fileOf(
  { name, size, mode, chunks }: TarFile,
  named: readonly string[],
  budget: Budget,
  spare: { bytes: number },
): Promise<FileItem> {
  const path = pathOf(name)
  const how = named.includes(path) ? 'named' : wantedOf(path, size)
  const executable = (mode & ownerMayExecute) !== 0
  const isWanted = how !== undefined && how !== 'script'
  if (size > (isWanted ? largestKept : largestScript))
    return { kind: 'file', size, executable, bytes: undefined, first: undefined }
  const parts: Uint8Array[] = []
  for await (const part of chunks) {
    const isScript = (parts[0] ?? part)[0] === hash
    if (!isWanted && !isScript && size > spare.bytes)
      return { kind: 'file', size, executable, bytes: undefined, first: part[0] }
    if (parts.length === 0 && (isWanted || isScript)) keep(budget, size, name)
    else if (parts.length === 0) spare.bytes -= size
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  return { kind: 'file', size, executable, bytes, first: bytes[0] }
}

/** Nothing is concluded from what was not read: what a name promises must have been kept where the name is a link. */
function checkLinks(root: FolderItem, named: readonly string[]): void {
  const left: { readonly path: string; readonly folder: FolderItem }[] = [{ path: '', folder: root }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const [name, item] of next.folder.inside) {
      const path = joined(next.path, name)
      if (item.kind === 'folder') left.push({ path, folder: item })
      else if (isUnseen(path, item.kind === 'link' ? follow(root, path)?.item : item, named))
        throw new Broken('it is a link to a file that was not looked at', path)
    }
  }
}

function isUnseen(path: string, item: UnpackedItem | undefined, named: readonly string[]): boolean {
  if (item?.kind !== 'file' || item.bytes !== undefined || item.size > largestKept) return false
  const how = named.includes(path) ? 'named' : wantedOf(path, item.size)
  return how !== undefined && (how !== 'script' || item.first === undefined || item.first === hash)
}

function hostOf(root: FolderItem): Host {
  const entryAt = (folder: string, name: string, isLinked: boolean): Entry => {
    const path = joined(folder, name)
    const real = follow(root, path)
    const isFolder = real?.item.kind === 'folder'
    const loops = isFolder && real.path !== path && (isLinked || real.path === '' || path.startsWith(`${real.path}/`))
    if (isFolder && !loops) return { name, kind: 'folder', size: 0, executable: true }
    if (real?.item.kind !== 'file') return { name, kind: 'other', size: 0, executable: false }
    return { name, kind: 'file', size: real.item.size, executable: real.item.executable }
  }
  return {
    async list(folder) {
      const real = follow(root, folder)
      const names = real?.item.kind === 'folder' ? [...real.item.inside.keys()] : []
      return names.sort().map((name) => entryAt(real?.path ?? '', name, real?.path !== folder))
    },
    async read(path) {
      const item = follow(root, path)?.item
      if (item === undefined) throw new ReadFailure(path, 'absent')
      if (item.kind === 'folder') throw new ReadFailure(path, 'folder')
      if (item.kind !== 'file' || item.bytes === undefined) throw new ReadFailure(path, 'other')
      return item.bytes
    },
  }
}

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)
