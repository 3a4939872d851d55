import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import type { Artifact } from './artifact.ts'
import type { Context } from './context.ts'

/** What put something at a path of a stage: the instruction or command, and whether it surely runs. */
export interface Cause {
  readonly span: Span
  readonly runs: 'always' | 'maybe'
}

/** Where the bytes of a copy come from. */
export type Place =
  | { readonly in: 'context'; readonly context: Context; readonly path: string }
  | { readonly in: 'stage'; readonly files: StageFiles; readonly path: string; readonly before: number }
  | { readonly in: 'elsewhere'; readonly why: string }

/** One change of the files of a stage, at `target` (absolute) and below it. */
export type Write = {
  readonly target: string
  readonly cause: Cause
  /** A mount is gone from this number of writes on. */
  readonly until?: number
} & (
  | { readonly kind: 'copy'; readonly from: Place }
  | { readonly kind: 'inline'; readonly body: Span }
  | { readonly kind: 'made'; readonly artifact: Artifact }
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown'; readonly why: string }
)

/** The files of a stage as the list of what changed them, in order; `base` is the stage that it starts from. */
export interface StageFiles {
  readonly base: StageFiles | undefined
  readonly writes: readonly Write[]
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
const partOfRelease = /^(bin|lib|releases|erts-[^/]*)(\/|$)/

/** What is at `path` (absolute) in `files` before write number `before`: a reaching definition. */
export function locate(files: StageFiles, path: string, before = files.writes.length, depth = 0): Located {
  if (depth > deepest) return { origin: { kind: 'unknown', why: 'the copies go round in a circle' }, causes: [] }
  for (let index = Math.min(before, files.writes.length) - 1; index >= 0; index--) {
    const write = files.writes[index]
    const rest = write && below(write.target, path)
    if (write === undefined || rest === undefined || (write.until !== undefined && write.until <= before)) continue
    const found = through(write, rest, depth)
    if (found.origin.kind !== 'absent') return { origin: found.origin, causes: [write.cause, ...found.causes] }
  }
  return files.base ? locate(files.base, path, files.base.writes.length, depth + 1) : absent
}

function through(write: Write, rest: string, depth: number): Located {
  switch (write.kind) {
    case 'copy':
      return locateIn(write.from, rest, depth + 1)
    case 'inline':
      return rest === '' ? { origin: { kind: 'inline', body: write.body }, causes: [] } : absent
    case 'made':
      // A bundler writes anything but the manifest of the digest.
      if (write.artifact.kind === 'bundle' && rest.endsWith('cache_manifest.json')) return absent
      if (write.artifact.kind === 'release' && rest !== '' && !partOfRelease.test(rest)) {
        const { files, project, before } = write.artifact
        const overlay = locate(files, posix.join(project, 'rel/overlays', rest), before, depth + 1)
        if (overlay.origin.kind === 'absent') return absent
      }
      return { origin: { kind: 'made', artifact: write.artifact, rest }, causes: [] }
    case 'removed':
      return { origin: { kind: 'removed' }, causes: [] }
    case 'unknown':
      return { origin: { kind: 'unknown', why: write.why }, causes: [] }
  }
}

function locateIn(place: Place, rest: string, depth: number): Located {
  if (place.in === 'elsewhere') return { origin: { kind: 'unknown', why: place.why }, causes: [] }
  const path = posix.join(place.path, rest).replace(/^\.$/, '')
  if (place.in === 'stage') return locate(place.files, path, place.before, depth)
  const type = place.context.typeOf(path)
  if (type === 'unseen') return { origin: { kind: 'unknown', why: 'the build context is not in view' }, causes: [] }
  return type === undefined ? absent : { origin: { kind: 'context', path, type }, causes: [] }
}

/** The part of `path` below `folder`, `''` where they are the same, undefined where it lies elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return ''
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

/** Whether `path` is surely a folder: one of the context, one of a release, or something lies in it. */
export function isFolderIn(files: StageFiles, path: string): boolean {
  const { origin } = locate(files, path)
  if (origin.kind === 'context') return origin.type === 'folder'
  if (origin.kind === 'made' && origin.artifact.kind === 'release') return /^(bin|lib|releases)?$/.test(origin.rest)
  for (let at: StageFiles | undefined = files; at; at = at.base) {
    if (at.writes.some((write) => write.target !== path && below(path, write.target) !== undefined)) return true
  }
  return false
}
