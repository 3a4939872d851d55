import { posix } from 'node:path'
import { type Answers, answerOnce } from './answers.ts'
import { locate, realPath } from './locate.ts'
import { below } from './paths.ts'
import type { Located, Origin, StageFiles, Write } from './types.ts'
import { hasBelow, isSpent, writesAt } from './write-index.ts'

const deepest = 64
const mostPlaces = 100

/** Whether `path` is a folder: one of the context, one of a release, one that was made, or something lies in it. */
export const isFolderIn = (files: StageFiles, path: string, before = files.writes.length): boolean =>
  isFolder(locate(files, path, before), { files, path, before, surely: false })

/** Whether something is at `path` before write number `before`, or lies below it. */
export const isThere = (files: StageFiles, path: string, before = files.writes.length): boolean =>
  !/^(absent|removed)$/.test(locate(files, path, before).origin.kind) || isFolderIn(files, path, before)

/** What is known of a path as a folder. */
export interface FolderState {
  readonly isFolder: boolean
  /** Whether a condition decides that, or nothing in view tells. */
  readonly isOpen: boolean
  readonly origin: Origin
}

/** Whether `path` is a folder as things stand, and how sure that is. */
export function folderState(files: StageFiles, path: string): FolderState {
  const located = locate(files, path)
  const asked = { files, path, before: files.writes.length }
  const is = isFolder(located, { ...asked, surely: false })
  const isOpen = is ? !isFolder(located, { ...asked, surely: true }) : located.origin.kind === 'unknown'
  return { isFolder: is, isOpen, origin: located.origin }
}

interface FolderQuestion {
  readonly files: StageFiles
  readonly path: string
  readonly before: number
  /** Whether what a condition decides does not count. */
  readonly surely: boolean
}

function isFolder({ origin, causes }: Located, { files, path, before, surely }: FolderQuestion): boolean {
  if (surely && causes.some(({ runs }) => runs === 'maybe')) return false
  if (origin.kind === 'context') return origin.type === 'folder'
  if (isFile(origin)) return false
  if (origin.kind === 'made' && origin.artifact.kind === 'release') return folderOfRelease.test(origin.rest)
  if (origin.kind === 'made' && origin.artifact.kind !== 'other' && origin.rest === '') return true
  const budget = { left: mostPlaces }
  return wasMade(files, realPath(files, path), before, { surely, depth: 0, budget, answers: new Map() })
}

/** Whether a folder was made at `path`, or copied there, or something written below it, and not removed again. */
function wasMade(files: StageFiles, path: string, before: number, asked: AskedFolder): boolean {
  if (asked.depth > deepest || asked.budget.left-- <= 0) return false
  return answerOnce(asked.answers, files, `${path}:${before}`, () => madeIn(files, path, before, asked))
}

interface AskedFolder {
  readonly surely: boolean
  readonly depth: number
  /** How many places may still be looked at. */
  readonly budget: { left: number }
  readonly answers: Answers<boolean>
}

/** Whether no condition decides that `path` is a folder. */
export function isSurelyFolder(files: StageFiles, path: string): boolean {
  const { isFolder: is, isOpen } = folderState(files, path)
  return is && !isOpen
}

/** Whether no condition decides that `path` is a file. */
export function isSurelyFile(files: StageFiles, path: string): boolean {
  const { origin, causes } = locate(files, path)
  return isFile(origin) && causes.every(({ runs }) => runs === 'always')
}

/** Whether what is found is surely no folder. */
export const isFile = (origin: Origin): boolean =>
  origin.kind === 'inline' ||
  (origin.kind === 'context' && origin.type === 'file') ||
  (origin.kind === 'made' && origin.artifact.kind === 'other' && origin.artifact.isFile === true)

function madeIn(files: StageFiles, path: string, before: number, asked: AskedFolder): boolean {
  let limit = before
  for (let at: StageFiles | undefined = files; at; at = at.base) {
    if (at.isImage && usualFolders.has(path)) return true
    let removed = -1
    for (const index of writesAt(at, path, limit)) {
      if (isSpent(files)) return false
      const write = at.writes[index]
      const isSure = write?.cause.runs === 'always'
      if (write?.kind === 'copy' && (isSure || !asked.surely) && isCopiedFolder(write, path, asked)) return true
      if (write?.kind !== 'removed' || !isSure) continue
      removed = index
      break
    }
    if (hasBelow(at, path, removed, limit, asked.surely)) return true
    if (removed >= 0) return false
    limit = at.base?.writes.length ?? 0
  }
  return false
}

function isCopiedFolder({ target, from }: Extract<Write, { kind: 'copy' }>, path: string, asked: AskedFolder): boolean {
  if (from.in !== 'stage') return false
  const source = posix.join(from.path, below(target, path) ?? '')
  const before = Math.min(from.before, from.files.writes.length)
  return wasMade(from.files, source, before, { ...asked, depth: asked.depth + 1 })
}

/** The folders that are in every image with a distribution (Filesystem Hierarchy Standard 3.0). */
export const usualFolders: ReadonlySet<string> = new Set(
  ['', 'bin', 'etc', 'home', 'lib', 'media', 'mnt', 'opt', 'root', 'run', 'sbin', 'srv', 'tmp', 'usr', 'usr/bin']
    .concat(['usr/lib', 'usr/local', 'usr/local/bin', 'usr/local/lib', 'usr/local/share', 'usr/sbin', 'usr/share'])
    .concat(['var', 'var/cache', 'var/lib', 'var/log', 'var/tmp', 'dev', 'proc', 'sys'])
    .map((path) => `/${path}`),
)

const folderOfRelease = /^(bin|(lib|releases|erts-[^/]*)(\/[^/.-]*(-[^/]*)?)?)?$/
