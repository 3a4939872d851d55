import { dirname } from 'node:path'
import { lookAt, ownDisk, type WritingDisk } from './writing/disk.ts'
import { draftOf, type FileDraft, put, type Scaffold, takeBack } from './writing/draft.ts'
import { type FileChange, placeOf, whyOf } from './writing/place.ts'

export { anything, type FileChange } from './writing/place.ts'

/** Why a file was not written, as a sentence without its path and without a full stop. */
export interface Refusal {
  readonly path: string
  readonly why: string
}

/** Calls `listener` where a signal would end the process, until what it gives is called. */
export type OnInterrupt = (listener: (signal: NodeJS.Signals) => void) => () => void

/** A signal that came while something was written, which was written to its end or taken back. */
export class Interrupted extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`it was ended by ${signal}`)
  }
}

/**
 * Looks whether changes can be made in the folder `root`, without making them: no file outside of it, none that is
 * read-only or that has changed since it was read.
 */
export async function refusalsOf(root: string, changes: readonly FileChange[]): Promise<readonly Refusal[]> {
  return changes.flatMap((change) => {
    try {
      placeOf(root, change, ownDisk)
      return []
    } catch (error) {
      return { path: change.path, why: whyOf(error) }
    }
  })
}

/**
 * Makes all changes in the folder `root` or none, and gives what stood against it. Each file is written beside its
 * place and then renamed into it, with the mode and the owner that it had. A link that leads out of `root` is never
 * followed. A signal meanwhile waits until all is done or taken back; then this fails with `Interrupted`.
 */
export async function writeFiles(
  root: string,
  changes: readonly FileChange[],
  onInterrupt?: OnInterrupt,
  disk: WritingDisk = ownDisk,
): Promise<readonly Refusal[]> {
  const signals: NodeJS.Signals[] = []
  const release = onInterrupt?.((signal) => signals.push(signal))
  try {
    // In one go, so that nothing else of this process comes between.
    const refusals = writeSet(root, changes, disk)
    if (release) await turnsOfTheLoop()
    const [signal] = signals
    if (signal) throw new Interrupted(signal)
    return refusals
  } finally {
    release?.()
  }
}

/** Until signals have arrived that came before: the loop looks for them between two turns. */
async function turnsOfTheLoop(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function writeSet(root: string, changes: readonly FileChange[], disk: WritingDisk): readonly Refusal[] {
  const scaffold: Scaffold = { files: [], folders: [] }
  const drafts: FileDraft[] = []
  const begun: FileDraft[] = []
  let path = ''
  try {
    for (const change of changes) {
      path = change.path
      drafts.push(draftOf(change, placeOf(root, change, disk), scaffold, disk))
    }
    for (const draft of drafts) {
      path = draft.change.path
      put(draft, disk)
      begun.push(draft)
    }
    for (const folder of new Set(drafts.map(({ place }) => dirname(place.real)))) settle(folder, disk)
    scaffold.folders.length = 0
    return []
  } catch (error) {
    return [{ path, why: whyOf(error) }, ...begun.toReversed().flatMap((draft) => lost(draft, scaffold, disk))]
  } finally {
    for (const file of scaffold.files) insist(() => disk.rmSync(file, { force: true }))
    for (const folder of scaffold.folders.toReversed()) insist(() => isEmptied(folder, disk))
  }
}

/** Takes a draft back; what cannot be is told, and what was there stays under its other name. */
function lost(draft: FileDraft, scaffold: Scaffold, disk: WritingDisk): readonly Refusal[] {
  if (insist(() => takeBack(draft, disk))) return []
  if (draft.kept !== undefined) scaffold.files.splice(scaffold.files.indexOf(draft.kept), 1)
  return [{ path: draft.change.path, why: `it could not be put back: what it was stands in \`${draft.kept}\`` }]
}

/** Does what must be done, a second time where it fails once. */
function insist(action: () => void): boolean {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      action()
      return true
    } catch {}
  }
  return false
}

/** Only folders that are empty go. */
function isEmptied(folder: string, disk: WritingDisk): void {
  if (lookAt(folder, disk)) disk.rmdirSync(folder)
}

/** Lets the new names of a folder reach the disk, where the system can do that. */
function settle(folder: string, disk: WritingDisk): void {
  try {
    const open = disk.openSync(folder, 'r')
    try {
      disk.fsyncSync(open)
    } finally {
      disk.closeSync(open)
    }
  } catch {}
}
