import { constants } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { reasonOf } from '../reason.ts'
import { lookAt, type WritingDisk } from './disk.ts'

/** Stands for whatever file or link is at a place, if any: it is replaced. Its folder is there. */
export const anything: unique symbol = Symbol('anything')

/** What is to be written of one file. */
export interface FileChange {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** The text that was read; undefined where nothing must be there yet. */
  readonly before: string | undefined | typeof anything
  readonly after: string
  /** Whether a new file is to be executable. */
  readonly executable: boolean
}

/** Where a file is written. */
export interface WritePlace {
  /** The real path of the file: no part of it is a link, but for the last one of a link that is replaced. */
  readonly real: string
  /** What is there; undefined where nothing is. */
  readonly was:
    | { readonly isLink: boolean; readonly mode: number; readonly uid: number; readonly gid: number }
    | undefined
}

/** Why a file is not written, as a sentence without its path and without a full stop. */
export class Refused extends Error {}

/** Why `error` keeps a file from being written, as a sentence. */
export const whyOf = (error: unknown): string =>
  error instanceof Refused ? error.message : `it cannot be written: ${reasonOf(error)}`

/**
 * Where a change of the folder `root` is written. Fails as the disk does, and with `Refused` where it would leave the
 * folder, where something else is there than the change knows of, and where that is read-only.
 */
export function placeOf(root: string, { path, before }: FileChange, disk: WritingDisk): WritePlace {
  const named = resolve(root, path)
  if (!isInside(resolve(root), named)) throw new Refused('it lies outside of the project')
  const top = disk.realpathSync(root)
  if (typeof before === 'string') return known(top, named, before, disk)
  const found = lookAt(named, disk)
  if (found && before === undefined)
    throw new Refused(found.isSymbolicLink() ? 'it is a link' : 'it has come into being since the project was read')
  if (found && !found.isFile() && !found.isSymbolicLink()) throw new Refused('it is no file')
  const { mode, uid, gid } = found ?? {}
  const real = join(folderOf(top, dirname(named), before === undefined, disk), basename(named))
  if (mode === undefined || uid === undefined || gid === undefined) return { real, was: undefined }
  return { real, was: { isLink: found?.isSymbolicLink() === true, mode: mode & permissions, uid, gid } }
}

const permissions = 0o7777
const anyoneMayWrite = 0o222

function known(top: string, named: string, before: string, disk: WritingDisk): WritePlace {
  const real = disk.realpathSync(named)
  if (!isInside(top, real)) throw new Refused('it is a link that leads out of the project')
  const { mode, uid, gid, ...found } = statOf(real, disk)
  if (!found.isFile) throw new Refused('it is no file')
  if (!holds(real, before, disk)) throw new Refused('it has changed since it was read')
  disk.accessSync(real, constants.W_OK)
  if ((mode & anyoneMayWrite) === 0) throw new Refused('it is read-only')
  disk.accessSync(dirname(real), constants.W_OK)
  return { real, was: { isLink: false, mode: mode & permissions, uid, gid } }
}

function statOf(path: string, disk: WritingDisk) {
  const found = disk.statSync(path)
  return { mode: found.mode, uid: found.uid, gid: found.gid, isFile: found.isFile(), isFolder: found.isDirectory() }
}

/** Whether the file at `real` holds this text and no other. */
export const holds = (real: string, text: string, disk: WritingDisk): boolean =>
  Buffer.from(text).equals(disk.readFileSync(real))

/** The real path of a folder, which need not be there where it `mayBeMade`. */
function folderOf(top: string, named: string, mayBeMade: boolean, disk: WritingDisk): string {
  let there = named
  while (mayBeMade && !lookAt(there, disk)) there = dirname(there)
  const real = disk.realpathSync(there)
  if (!isInside(top, real)) throw new Refused('its folder is a link that leads out of the project')
  if (!statOf(real, disk).isFolder) throw new Refused('a part of its path is no folder')
  disk.accessSync(real, constants.W_OK)
  return join(real, relative(there, named))
}

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
