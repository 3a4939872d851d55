import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import { type Answers, answerOnce } from './answers.ts'
import type { Artifact } from './artifact.ts'
import type { Context } from './context.ts'
import { hasBelow, isSpent, writesAt } from './write-index.ts'

/** What put something at a path of a stage: the instruction or command, and whether it surely runs. */
export interface Cause {
  readonly span: Span
  readonly runs: 'always' | 'maybe'
}

/** Where the bytes of a copy come from. */
export type Place =
  | { readonly in: 'context'; readonly context: Context; readonly path: string }
  | {
      readonly in: 'stage'
      readonly files: StageFiles
      readonly path: string
      /** How many writes of `files` had happened; infinite for a link, which shows what is there when it is followed. */
      readonly before: number
    }
  | { readonly in: 'elsewhere'; readonly why: string }

/** One change of the files of a stage, at `target` (absolute) and below it. */
export type Write = {
  readonly target: string
  readonly cause: Cause
  /** A mount, and what is written into one, is gone from this number of writes on. */
  readonly until?: number
  /** The number of writes at which the layer that it belongs to is done; its own where absent. */
  readonly layer?: number
} & (
  | { readonly kind: 'copy'; readonly from: Place }
  | { readonly kind: 'inline'; readonly body: Span }
  | { readonly kind: 'made'; readonly artifact: Artifact }
  /** `mkdir` */
  | { readonly kind: 'folder' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown'; readonly why: string }
)

/** The files of a stage as the list of what changed them, in order; `base` is the stage that it starts from. */
export interface StageFiles {
  readonly base: StageFiles | undefined
  readonly writes: readonly Write[]
  /** Shared by the stages of a build; without bounds where absent. */
  readonly effort?: Effort
}

/** How many names and writes may still be looked at before what is asked about files stays unknown. */
export interface Effort {
  left: number
}

export type Origin =
  | { readonly kind: 'context'; readonly path: string; readonly type: 'file' | 'folder' }
  | { readonly kind: 'inline'; readonly body: Span }
  /** A command made it, or the artifact that it lies in; `rest` is the path inside of the artifact. */
  | { readonly kind: 'made'; readonly artifact: Artifact; readonly rest: string }
  | { readonly kind: 'removed' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string }

/** What is at a path, and the causes that brought it there: the last first. */
export interface Located {
  readonly origin: Origin
  readonly causes: readonly Cause[]
}

const absent: Located = { origin: { kind: 'absent' }, causes: [] }
const deepest = 64

/** What `mix release` writes; anything else in a release comes from `rel/overlays`. */
const partOfRelease = /^(bin(\/[^/]*)?|(lib|releases|erts-[^/]*)(\/.*)?)$/

/** What is at `path` (absolute) in `files` before write number `before`: a reaching definition. */
export const locate = (files: StageFiles, path: string, before = files.writes.length): Located =>
  search(files, path, { before, depth: 0, answers: new Map() })

interface Search {
  readonly before: number
  readonly depth: number
  /** What was found on the way: copies often meet again in an earlier stage. */
  readonly answers: Answers<Located>
}

function search(files: StageFiles, path: string, at: Search): Located {
  if (at.depth > deepest) return { origin: { kind: 'unknown', why: 'the copies go round in a circle' }, causes: [] }
  if (isSpent(files))
    return { origin: { kind: 'unknown', why: 'there is too much to look at in this build' }, causes: [] }
  return answerOnce(at.answers, files, `${path}:${at.before}`, () => {
    let { before } = at
    for (let stage: StageFiles | undefined = files; stage; stage = stage.base) {
      const found = searchWrites(stage, path, { ...at, before })
      if (found) return found
      before = stage.base?.writes.length ?? 0
    }
    return absent
  })
}

function searchWrites(files: StageFiles, path: string, at: Search): Located | undefined {
  for (const index of writesAt(files, path, at.before)) {
    const write = files.writes[index]
    const rest = write && below(write.target, path)
    if (write === undefined || rest === undefined || (write.until !== undefined && write.until <= at.before)) continue
    const found = through(write, rest, at)
    if (found.origin.kind !== 'absent') return { origin: found.origin, causes: [write.cause, ...found.causes] }
  }
  return undefined
}

function through(write: Write, rest: string, at: Search): Located {
  switch (write.kind) {
    case 'copy': {
      const found = searchIn(write.from, rest, { ...at, depth: at.depth + 1 })
      // What was removed there is not copied, and what is here stays.
      return found.origin.kind === 'removed' ? absent : found
    }
    case 'inline':
      return rest === '' ? { origin: { kind: 'inline', body: write.body }, causes: [] } : absent
    case 'made':
      return isIn(write.artifact, rest, at)
        ? { origin: { kind: 'made', artifact: write.artifact, rest }, causes: [] }
        : absent
    case 'folder':
      return absent
    case 'removed':
      return write.cause.runs === 'maybe'
        ? { origin: { kind: 'unknown', why: 'a condition decides whether it is removed' }, causes: [] }
        : { origin: { kind: 'removed' }, causes: [] }
    case 'unknown':
      return { origin: { kind: 'unknown', why: write.why }, causes: [] }
  }
}

/** Whether an artifact brings what lies at `rest` in it. */
function isIn(artifact: Artifact, rest: string, at: Search): boolean {
  // A bundler writes anything but the manifest of the digest.
  if (artifact.kind === 'bundle') return !rest.endsWith('cache_manifest.json')
  // The folder of a release without a known name is one above it.
  if (artifact.kind !== 'release' || artifact.name === '' || rest === '' || partOfRelease.test(rest)) return true
  const { files, project, before } = artifact
  const overlay = posix.join(project, 'rel/overlays', rest)
  return search(files, overlay, { ...at, before, depth: at.depth + 1 }).origin.kind !== 'absent'
}

function searchIn(place: Place, rest: string, at: Search): Located {
  if (place.in === 'elsewhere') return { origin: { kind: 'unknown', why: place.why }, causes: [] }
  const path = posix.join(place.path, rest).replace(/^\.$/, '')
  if (place.in === 'stage') {
    return search(place.files, path, { ...at, before: Math.min(place.before, place.files.writes.length) })
  }
  const type = place.context.typeOf(path)
  if (type === 'unseen') return { origin: { kind: 'unknown', why: 'the build context is not in view' }, causes: [] }
  return type === undefined ? absent : { origin: { kind: 'context', path, type }, causes: [] }
}

const longestPath = 4096

/** What `path` means in the folder `cwd`; undefined where it is longer than Linux takes (PATH_MAX). */
export function resolvePath(cwd: string, path: string): string | undefined {
  const resolved = cwd.length + path.length > 2 * longestPath ? undefined : posix.resolve(cwd, path)
  return resolved !== undefined && resolved.length < longestPath ? resolved : undefined
}

/** The part of `path` below `folder`, `''` where they are the same, undefined where it lies elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return ''
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

/** Whether `path` is surely a folder: one of the context, one of a release, one that was made, or something lies in it. */
export function isFolderIn(files: StageFiles, path: string, before = files.writes.length): boolean {
  const { origin } = locate(files, path, before)
  if (origin.kind === 'context') return origin.type === 'folder'
  if (origin.kind === 'made' && origin.artifact.kind === 'release') return folderOfRelease.test(origin.rest)
  if (origin.kind === 'made' && origin.artifact.kind !== 'other' && origin.rest === '') return true
  for (let at: StageFiles | undefined = files; at; at = at.base) if (hasBelow(at, path)) return true
  return false
}

const folderOfRelease = /^(bin|(lib|releases|erts-[^/]*)(\/[^/.]*(-[^/]*)?)?)?$/
