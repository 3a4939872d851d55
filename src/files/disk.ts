import { join, resolve, sep } from 'node:path'
import { once } from '../text/once.ts'
import { type Closed, type Found, type FoundFile, type FoundFolder, isOpen, whyClosed } from './door/found.ts'
import { isWithin } from './door/locate.ts'
import { doorInto } from './door/open.ts'
import { type Entry, type Host, ReadFailure } from './host.ts'

/**
 * The host of a folder on disk. Links are followed where they stay in the folder; of links to folders only the first
 * on a path, and none to a folder that they lie in, so that every walk ends.
 */
export function diskHost(root: string): Host {
  const door = doorInto(root)
  const listed = new Map<string, FoundFile | FoundFolder>()
  const topOnce = once(() => door.at(root))
  return {
    async list(folder, most = Number.POSITIVE_INFINITY) {
      const top = topOnce()
      const found = folder === '' ? top : (listed.get(folder) ?? door.at(join(root, folder)))
      const read = door.namesIn(found, most)
      if (read.kind !== 'names' || found.kind !== 'folder' || top.kind !== 'folder') {
        if (read.kind === 'names' || read.kind === 'missing' || read.kind === 'elsewhere') return []
        throw failureOf(folder, read)
      }
      const isLinked = found.real !== resolve(top.real, folder)
      const inside = found.real.endsWith(sep) ? found.real : `${found.real}${sep}`
      return read.names.toSorted().map((name) => {
        const one = door.inside(found, name)
        if (isOpen(one)) listed.set(folder === '' ? name : `${folder}/${name}`, one)
        const isLink = isOpen(one) && one.real !== `${inside}${name}`
        const loops = isLink && one.kind === 'folder' && (isLinked || isWithin(one.real, found.real))
        return loops ? unreadable(name) : entryFrom(name, one)
      })
    },
    async read(path) {
      const found = listed.get(path)
      const known = found?.kind === 'file' ? door.readFound(found) : undefined
      const read = known?.kind === 'bytes' ? known : door.read(join(root, path))
      if (read.kind === 'bytes') return read.bytes
      throw door.at(join(root, path)).kind === 'folder' ? new ReadFailure(path, 'folder') : failureOf(path, read)
    },
  }
}

const ownerMayExecute = 0o100
/** Windows keeps no such mode: Git does, or the image is built elsewhere. */
const keepsModes = sep === '/'

function entryFrom(name: string, found: Found): Entry {
  if (found.kind === 'folder') return { name, kind: 'folder', size: 0, executable: true }
  if (found.kind !== 'file') return unreadable(name)
  return { name, kind: 'file', size: found.size, executable: !keepsModes || (found.mode & ownerMayExecute) !== 0 }
}

const unreadable = (name: string): Entry => ({ name, kind: 'other', size: 0, executable: false })

const failureOf = (path: string, closed: Closed): ReadFailure =>
  new ReadFailure(path, whyClosed(closed) === 'permission denied' ? 'denied' : reasons[closed.kind])

const reasons: Readonly<Record<Closed['kind'], ReadFailure['reason']>> = {
  missing: 'absent',
  elsewhere: 'outside',
  special: 'other',
  large: 'other',
  unreadable: 'other',
}
