import { randomUUID } from 'node:crypto'
import {
  access,
  chmod,
  constants,
  link,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { codeOf, reasonOf } from './reason.ts'

/** What is to be written of one file. */
export interface FileChange {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** The text that was read; undefined where the file must not be there yet. */
  readonly before: string | undefined
  readonly after: string
  /** Whether a new file is to be executable. */
  readonly executable: boolean
}

/** Why a file was not written, as a sentence without its path and without a full stop. */
export interface Refusal {
  readonly path: string
  readonly why: string
}

/**
 * Looks whether changes can be made in the folder `root`, without making them: no file outside of it, none that is
 * read-only or that has changed since it was read.
 */
export async function refusalsOf(root: string, changes: readonly FileChange[]): Promise<readonly Refusal[]> {
  const found = await Promise.all(changes.map((change) => placeOf(root, change)))
  return changes.flatMap(({ path }, index) => {
    const place = found[index]
    return place?.kind === 'refused' ? [{ path, why: place.why }] : []
  })
}

/**
 * Makes all changes or none: each file is written beside its place and then renamed into it, with the mode that it had.
 * A link is followed where it stays in `root`. Gives what stood against it.
 */
export async function writeFiles(root: string, changes: readonly FileChange[]): Promise<readonly Refusal[]> {
  const drafts: Draft[] = []
  const folders: string[] = []
  const done: Draft[] = []
  let path = ''
  try {
    for (const change of changes) {
      path = change.path
      const place = await placeOf(root, change)
      if (place.kind === 'refused') throw new Refused(place.why)
      drafts.push(await draftOf(change, place, folders))
    }
    for (const draft of drafts) {
      path = draft.change.path
      await put(draft)
      done.push(draft)
    }
    return []
  } catch (error) {
    for (const draft of done.toReversed()) await takeBack(draft)
    return [{ path, why: whyOf(error) }]
  } finally {
    for (const { file } of drafts) await rm(file, { force: true })
    // Only folders that are empty go: those of files that were not written.
    for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined)
  }
}

class Refused extends Error {}

interface Place {
  readonly kind: 'place'
  /** The real path of the file. */
  readonly real: string
  /** Undefined where it is not there. */
  readonly mode: number | undefined
}

interface Draft {
  readonly change: FileChange
  readonly place: Place
  readonly file: string
}

type Placed = Place | { readonly kind: 'refused'; readonly why: string }

async function placeOf(root: string, { path, before }: FileChange): Promise<Placed> {
  try {
    const top = await realpath(root)
    const named = resolve(root, path)
    if (!isInside(resolve(root), named)) return refused('it lies outside of the project')
    if (before === undefined) return await newPlace(top, named)
    const real = await realpath(named)
    if (!isInside(top, real)) return refused('it is a link that leads out of the project')
    const found = await stat(real)
    if (!found.isFile()) return refused('it is no file')
    const bytes = await readFile(real)
    if (!Buffer.from(before).equals(bytes)) return refused('it has changed since it was read')
    await access(real, constants.W_OK)
    if ((found.mode & anyoneMayWrite) === 0) return refused('it is read-only')
    await access(dirname(real), constants.W_OK)
    return { kind: 'place', real, mode: found.mode & 0o7777 }
  } catch (error) {
    return refused(whyOf(error))
  }
}

const anyoneMayWrite = 0o222

async function newPlace(top: string, named: string): Promise<Placed> {
  if (await isThere(named)) return refused('it has come into being since the project was read')
  let folder = dirname(named)
  while (!(await isThere(folder))) folder = dirname(folder)
  const real = await realpath(folder)
  if (!isInside(top, real)) return refused('its folder is a link that leads out of the project')
  if (!(await stat(real)).isDirectory()) return refused('a part of its path is no folder')
  await access(real, constants.W_OK)
  return { kind: 'place', real: join(real, relative(folder, named)), mode: undefined }
}

const refused = (why: string): Placed => ({ kind: 'refused', why })

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)

/** Writes the new text beside its place; `folders` takes the folders that had to be made. */
async function draftOf(change: FileChange, place: Place, folders: string[]): Promise<Draft> {
  const folder = dirname(place.real)
  const missing: string[] = []
  for (let up = folder; !(await isThere(up)); up = dirname(up)) missing.unshift(up)
  for (const one of missing) {
    await mkdir(one)
    folders.push(one)
  }
  const file = join(folder, `.docker-gotchas.${randomUUID()}.tmp`)
  try {
    await writeFile(file, change.after, { flag: 'wx' })
    const mode = place.mode ?? (change.executable ? executableMode((await stat(file)).mode) : undefined)
    if (mode !== undefined) await chmod(file, mode)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { change, place, file }
}

/** Who may read it may execute it. */
const executableMode = (mode: number): number => (mode & 0o777) | ((mode & 0o444) >> 2)

async function put({ change, place, file }: Draft): Promise<void> {
  if (change.before === undefined) return link(file, place.real).catch((error: unknown) => putNew(error, file, place))
  if (!Buffer.from(change.before).equals(await readFile(place.real)))
    throw new Refused('it has changed since it was read')
  await rename(file, place.real)
}

/** On a disk without hard links. */
async function putNew(error: unknown, file: string, { real }: Place): Promise<void> {
  if (await isThere(real)) throw new Refused('it has come into being since the project was read')
  if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(codeOf(error))) throw error
  await rename(file, real)
}

/** Puts back what was there before a change. */
async function takeBack({ change: { before }, place: { real, mode }, file }: Draft): Promise<void> {
  if (before === undefined) return rm(real, { force: true })
  await writeFile(file, before, mode === undefined ? {} : { mode })
  await rename(file, real)
}

const whyOf = (error: unknown): string =>
  error instanceof Refused ? error.message : `it cannot be written: ${reasonOf(error)}`
