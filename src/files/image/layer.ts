import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { type Budget, keep } from '../tar/broken.ts'
import { type TarFile, tarEntries } from '../tar/entries.ts'
import type { Content, FileEntry, Wanted } from './types.ts'

/** What one layer adds and takes away. */
export interface LayerFiles {
  /** In the order of the tar; of the same path the last one counts. `layer` is 0 until the layers are put together. */
  readonly entries: readonly LayerEntry[]
  /** What it removes of the layers below: paths of files and folders. */
  readonly removed: readonly string[]
  /** Folders of which it removes all that the layers below have in them. */
  readonly emptied: readonly string[]
}

/** An entry of a layer. */
export interface LayerEntry extends FileEntry {
  /** What a hard link leads to, absolute. */
  readonly hardLink: string | undefined
}

const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

/** Reads the tar of a layer (OCI image specification, "Image Layer Filesystem Changeset"). Throws `Broken`. */
export async function readLayer(bytes: AsyncIterable<Uint8Array>, wanted: Wanted, budget: Budget): Promise<LayerFiles> {
  const entries: LayerEntry[] = []
  const removed: string[] = []
  const emptied: string[] = []
  for await (const file of tarEntries(bytes, budget)) {
    const path = inRoot(file.name)
    const name = posix.basename(path)
    if (name === opaque) emptied.push(posix.dirname(path))
    else if (name.startsWith('.wh..wh.')) continue
    else if (name.startsWith(whiteout)) removed.push(posix.join(posix.dirname(path), name.slice(whiteout.length)))
    else if (path !== '/') entries.push(await entryOf(path, file, wanted, budget))
  }
  return { entries, removed, emptied }
}

/** A path in a tar as an absolute one; nothing leads out of the root. */
const inRoot = (name: string): string => posix.normalize(`/${name}`).replace(/(.)\/$/, '$1')

async function entryOf(path: string, file: TarFile, wanted: Wanted, budget: Budget): Promise<LayerEntry> {
  const { kind, mode, uid, gid, size, target, sparse } = file
  const want = kind === 'file' && !sparse ? wanted(path, size, mode) : 'none'
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
): Promise<Content> {
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
