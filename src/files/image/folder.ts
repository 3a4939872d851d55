import { join } from 'node:path'
import type { Door } from '../door/door.ts'
import { whyClosed } from '../door/found.ts'
import { doorInto } from '../door/open.ts'
import { type Budget, spend } from '../tar/broken.ts'
import type { ImageOptions, ReadImages } from './choose.ts'
import { readSaved, type SavedFile } from './read.ts'
import type { Wanted } from './types.ts'

/** Reads the images of an OCI layout that is a folder on disk; links in it are not followed. */
export const readImageFolder = (path: string, wanted: Wanted, options: ImageOptions): Promise<ReadImages> =>
  readSaved((budget) => filesIn(path, '', doorInto(path), budget), wanted, options)

/** As registries and builders make them, with many to spare. */
const mostFiles = 50_000

async function* filesIn(root: string, folder: string, door: Door, budget: Budget): AsyncIterable<SavedFile> {
  const read = door.names(join(root, folder), mostFiles + 1)
  if (read.kind !== 'names') throw new Error(whyClosed(read))
  if (read.names.length > mostFiles) throw new Error(`there are more than ${mostFiles} files in a folder of it`)
  const base = door.at(join(root, folder))
  for (const name of read.names.toSorted()) {
    const path = folder === '' ? name : `${folder}/${name}`
    const absolute = join(root, path)
    const found = door.at(absolute)
    const isLink = base.kind === 'folder' && 'real' in found && found.real !== join(base.real, name)
    if (isLink) continue
    if (found.kind === 'folder') yield* filesIn(root, path, door, budget)
    if (found.kind !== 'file' || !/^blobs\/|\.json$|layer\.tar$/.test(path)) continue
    spend(budget, found.size, path)
    yield { path, size: found.size, kind: 'file', link: undefined, chunks: door.stream(absolute) }
  }
}
