import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import { resolvePath } from './place.ts'

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The file that a container runs for a program: a path, or a name that is looked for on its PATH; undefined where there is none. */
export function programIn(image: SavedImage, name: string, cwd = '/'): FileEntry | undefined {
  if (name.includes('/')) return fileAt(image, posix.resolve(cwd, name))
  const path = image.config.env.findLast((pair) => pair.startsWith('PATH='))?.slice('PATH='.length) ?? defaultPath
  for (const folder of path.split(':')) {
    const found = fileAt(image, posix.resolve(cwd, folder, name))
    if (found && (found.mode & 0o111) !== 0) return found
  }
  return undefined
}

function fileAt(image: SavedImage, path: string): FileEntry | undefined {
  const entry = resolvePath(image, path)
  return entry?.kind === 'file' ? entry : undefined
}
