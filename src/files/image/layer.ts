import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { Broken, type Budget, keep } from '../tar/broken.ts'
import { tarEntries } from '../tar/entries.ts'
import type { TarFile } from '../tar/file.ts'
import type { FileEntry, ImageContent, Wanted } from './types.ts'

/** What a layer changes, in the order of its tar. */
export type LayerChange =
  | { readonly kind: 'add'; readonly entry: LayerEntry }
  /** It takes a file or folder of the layers below out. */
  | { readonly kind: 'remove'; readonly path: string }
  /** It takes all that the layers below have in a folder out. */
  | { readonly kind: 'empty'; readonly path: string }

/** An entry of a layer; `layer` is 0 until the layers are put together. */
export interface LayerEntry extends FileEntry {
  /** What a hard link leads to, absolute. */
  readonly hardLink: string | undefined
}

const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

/** Reads the tar of a layer (OCI image specification, "Image Layer Filesystem Changeset"). Throws `Broken`. */
export async function readLayer(
  bytes: AsyncIterable<Uint8Array>,
  wanted: Wanted,
  budget: Budget,
): Promise<readonly LayerChange[]> {
  const changes: LayerChange[] = []
  for await (const file of tarEntries(bytes, budget)) {
    const path = inRoot(file.name)
    const name = posix.basename(path)
    const folder = posix.dirname(path)
    if (name === opaque) changes.push({ kind: 'empty', path: folder })
    else if (name.startsWith('.wh..wh.')) continue
    else if (name.startsWith(whiteout)) changes.push({ kind: 'remove', path: removedBy(file.name, folder, name) })
    else if (path !== '/') changes.push({ kind: 'add', entry: await entryOf(path, file, wanted, budget) })
  }
  return changes
}

function removedBy(entry: string, folder: string, name: string): string {
  const removed = name.slice(whiteout.length)
  if (removed === '' || removed === '.' || removed === '..') throw new Broken('it removes what has no name', entry)
  return posix.join(folder, removed)
}

/** A path in a tar as an absolute one; nothing leads out of the root. */
const inRoot = (name: string): string => posix.normalize(`/${name}`).replace(/(.)\/$/, '$1')

async function entryOf(path: string, file: TarFile, wanted: Wanted, budget: Budget): Promise<LayerEntry> {
  const { kind, mode, uid, gid, size, target } = file
  const want = kind === 'file' ? wanted(path, size, mode) : 'none'
  return {
    path,
    kind: kind === 'hard link' ? 'file' : kind,
    mode,
    uid,
    gid,
    size,
    target: kind === 'link' ? target : undefined,
    hardLink: kind === 'hard link' ? inRoot(target) : undefined,
    layer: 0,
    content: want === 'none' ? undefined : await contentOf(path, file, want, budget),
  }
}

async function contentOf(
  path: string,
  { size, chunks }: TarFile,
  want: 'text' | 'bytes' | 'hash',
  budget: Budget,
): Promise<ImageContent> {
  if (want === 'hash') {
    const md5 = createHash('md5')
    const sha512 = createHash('sha512')
    for await (const chunk of chunks) {
      md5.update(chunk)
      sha512.update(chunk)
    }
    return { kind: 'hash', md5: md5.digest('hex'), sha512: sha512.digest('hex') }
  }
  keep(budget, size, path)
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const bytes = Buffer.concat(parts)
  const text = want === 'text' && !bytes.includes(0) ? decoded(bytes) : undefined
  return text === undefined ? { kind: 'bytes', bytes } : { kind: 'text', text }
}

const strict = new TextDecoder('utf-8', { fatal: true })

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}
