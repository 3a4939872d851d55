import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { codeOf } from '../reason.ts'
import { lookAt, type WritingDisk } from './disk.ts'
import { type FileChange, holds, Refused, type WritePlace } from './place.ts'

/** A file that is written and not in its place yet. */
export interface FileDraft {
  readonly change: FileChange
  readonly place: WritePlace
  /** The new file, beside its place. */
  readonly file: string
  /** What was there, under another name; undefined where nothing was. */
  readonly kept: string | undefined
}

/** What was made on the way and is to go again. */
export interface Scaffold {
  readonly files: string[]
  readonly folders: string[]
}

/** Writes the new text beside its place, to the disk and with the mode and the owner that the old one has. */
export function draftOf(change: FileChange, place: WritePlace, scaffold: Scaffold, disk: WritingDisk): FileDraft {
  const folder = dirname(place.real)
  makeFolder(folder, scaffold, disk)
  const nameBeside = (): string => {
    const file = join(folder, `.docker-gotchas.${randomUUID()}.tmp`)
    scaffold.files.push(file)
    return file
  }
  const file = nameBeside()
  const kept = place.was && nameBeside()
  writeNew(file, change, place, disk)
  if (kept !== undefined) keep(place, kept, disk)
  return { change, place, file, kept }
}

function makeFolder(folder: string, scaffold: Scaffold, disk: WritingDisk): void {
  const missing: string[] = []
  for (let up = folder; !lookAt(up, disk); up = dirname(up)) missing.unshift(up)
  for (const one of missing) {
    scaffold.folders.push(one)
    disk.mkdirSync(one)
  }
}

const forOwner = 0o600

function writeNew(path: string, { after, executable }: FileChange, { was }: WritePlace, disk: WritingDisk): void {
  const old = was?.isLink === false ? was : undefined
  const file = disk.openSync(path, 'wx', old ? forOwner : executable ? 0o777 : 0o666)
  try {
    disk.writeFileSync(file, after)
    if (old) {
      const { uid, gid } = disk.fstatSync(file)
      if (uid !== old.uid || gid !== old.gid) own(file, old, disk)
      disk.fchmodSync(file, old.mode)
    }
    disk.fsyncSync(file)
  } finally {
    disk.closeSync(file)
  }
}

function own(file: number, { uid, gid }: NonNullable<WritePlace['was']>, disk: WritingDisk): void {
  try {
    disk.fchownSync(file, uid, gid)
  } catch (error) {
    throw codeOf(error) === 'EPERM' ? new Refused('it belongs to somebody else, and would be ours') : error
  }
}

const noHardLinks = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK', 'EXDEV']

/** Gives what is there a second name, so that it can come back as it was. */
function keep({ real, was }: WritePlace, kept: string, disk: WritingDisk): void {
  if (was?.isLink) return disk.symlinkSync(disk.readlinkSync(real), kept)
  try {
    disk.linkSync(real, kept)
  } catch (error) {
    if (!noHardLinks.includes(codeOf(error))) throw error
    disk.copyFileSync(real, kept)
  }
}

/** Puts a draft into its place. */
export function put({ change: { before }, place: { real, was }, file }: FileDraft, disk: WritingDisk): void {
  if (typeof before === 'string' && !holds(real, before, disk)) throw new Refused('it has changed since it was read')
  if (was) return disk.renameSync(file, real)
  try {
    disk.linkSync(file, real)
  } catch (error) {
    if (lookAt(real, disk)) throw new Refused('it has come into being since the project was read')
    if (!noHardLinks.includes(codeOf(error))) throw error
    disk.renameSync(file, real)
  }
}

/** Puts back what was there before a draft. */
export function takeBack({ place: { real }, kept }: FileDraft, disk: WritingDisk): void {
  if (kept === undefined) disk.rmSync(real, { force: true })
  else disk.renameSync(kept, real)
}
