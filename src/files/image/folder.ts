import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Budget, spend } from '../tar/broken.ts'
import type { ImageOptions, ReadImages } from './choose.ts'
import { readSaved, type SavedFile } from './read.ts'
import type { Wanted } from './types.ts'

/** Reads the images of an OCI layout that is a folder on disk; links in it are not followed. */
export const readImageFolder = (path: string, wanted: Wanted, options: ImageOptions): Promise<ReadImages> =>
  readSaved((budget) => filesIn(path, budget), wanted, options)

async function* filesIn(root: string, budget: Budget): AsyncIterable<SavedFile> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const absolute = join(entry.parentPath, entry.name)
    const path = absolute.slice(root.length + 1).replaceAll('\\', '/')
    if (!/^blobs\/|\.json$|layer\.tar$/.test(path)) continue
    const { size } = await stat(absolute)
    spend(budget, size, path)
    const chunks = createReadStream(absolute, { highWaterMark: 1 << 20 })
    try {
      yield { path, size, kind: 'file', link: undefined, chunks }
    } finally {
      chunks.destroy()
    }
  }
}
