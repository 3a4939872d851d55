import type { Dirent, Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type Entry, type Host, ReadFailure } from './host.ts'
import { byPath } from './tree.ts'

/**
 * The host of a folder on disk. Links are followed where they stay in the folder; of links to folders only the first
 * on a path, and none to a folder that they lie in, so that every walk ends.
 */
export function diskHost(root: string): Host {
  let known: Promise<string> | undefined
  const realRoot = () => {
    known ??= realpath(root)
    return known
  }
  const inside = async (path: string): Promise<string | undefined> => {
    const real = await realpath(join(root, path))
    return isInside(await realRoot(), real) ? real : undefined
  }
  return {
    async list(folder) {
      try {
        const top = await realRoot()
        const real = await inside(folder)
        if (real === undefined) return []
        const linked = real !== resolve(top, folder)
        const found = await readdir(real, { withFileTypes: true })
        const entries = await Promise.all(found.map((item) => entryOf(item, real, top, linked)))
        return entries.sort((one, other) => byPath({ path: one.name }, { path: other.name }))
      } catch (error) {
        const failure = failureOf(folder, error)
        if (failure.reason === 'absent') return []
        throw failure
      }
    },
    async read(path) {
      try {
        const real = await inside(path)
        if (real !== undefined) return await readFile(real)
      } catch (error) {
        throw failureOf(path, error)
      }
      throw new ReadFailure(path, 'outside')
    },
  }
}

async function entryOf(item: Dirent, folder: string, root: string, linked: boolean): Promise<Entry> {
  const { name } = item
  try {
    const path = join(folder, name)
    const real = item.isSymbolicLink() ? await realpath(path) : path
    if (!isInside(root, real)) return unreadable(name)
    const found = await stat(real)
    const loops = item.isSymbolicLink() && found.isDirectory() && (linked || isInside(real, folder))
    return loops ? unreadable(name) : entryFrom(name, found)
  } catch {
    return unreadable(name)
  }
}

const ownerMayExecute = 0o100
/** Windows keeps no such mode: Git does, or the image is built elsewhere. */
const keepsModes = sep === '/'

function entryFrom(name: string, found: Stats): Entry {
  if (found.isDirectory()) return { name, kind: 'folder', size: 0, executable: true }
  if (!found.isFile()) return unreadable(name)
  return { name, kind: 'file', size: found.size, executable: !keepsModes || (found.mode & ownerMayExecute) !== 0 }
}

const unreadable = (name: string): Entry => ({ name, kind: 'other', size: 0, executable: false })

function isInside(root: string, path: string): boolean {
  const rest = relative(root, path)
  return rest !== '..' && !rest.startsWith(`..${sep}`) && resolve(root, rest) === path
}

function failureOf(path: string, error: unknown): ReadFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return new ReadFailure(path, reasons[String(code)] ?? 'other', { cause: error })
}

const reasons: Readonly<Record<string, ReadFailure['reason']>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  ELOOP: 'absent',
  EISDIR: 'folder',
  EACCES: 'denied',
  EPERM: 'denied',
}
