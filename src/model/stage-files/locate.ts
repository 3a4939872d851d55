import { posix } from 'node:path'
import { hasOwnReleaseSteps } from '../phoenix/mix.ts'
import { type Answers, answerOnce } from './answers.ts'
import { below } from './paths.ts'
import type { Artifact, Located, Place, StageFiles, Write } from './types.ts'
import { hasLinks, isDone, isSpent, writesAt } from './write-index.ts'

/** What is found on the way: where it hangs on a link that is copied as it is, that link. */
interface FoundOrigin extends Located {
  readonly link?: Link
}

interface Link {
  /** Where it lies below the folder that is copied. */
  readonly at: string
  readonly to: string
  /** What is asked for below it. */
  readonly rest: string
}

const absent: FoundOrigin = { origin: { kind: 'absent' }, causes: [] }
const deepest = 64
/** Links that lead to links. */
const mostHops = 16

/** What `mix release` writes; anything else in a release comes from `rel/overlays`. */
const partOfRelease = /^(bin(\/[^/]*)?|(lib|releases|erts-[^/]*)(\/.*)?)$/

/** What is at `path` (absolute) in `files` before write number `before`, over links: a reaching definition. */
export function locate(files: StageFiles, path: string, before = files.writes.length): Located {
  const work = () => search(files, path, { files, before, depth: 0, answers: new Map(), folder: undefined })
  return isDone(files) ? answerOnce(located, files, `${path}:${before}`, work) : work()
}

const located = new WeakMap<StageFiles, Map<string, Located>>()

/** `path` without the links that lie on its way; with `last` also without the one that it is itself. */
export function realPath(files: StageFiles, path: string, last = true): string {
  const before = files.writes.length
  let real = path
  if (!hasLinks(files)) return path
  for (let hops = 0; hops < mostHops; hops++) {
    const { link } = search(files, real, { files, before, depth: 0, answers: new Map(), folder: '/' })
    if (link === undefined || (!last && link.rest === '')) return real
    real = leadsTo(`/${link.at}`, link.to, link.rest)
  }
  return real
}

/** Where the link at `path` itself leads to, as it is written; undefined where there is none. */
export function linkAt(files: StageFiles, path: string): string | undefined {
  if (!hasLinks(files)) return undefined
  const before = files.writes.length
  const { link } = search(files, path, { files, before, depth: 0, answers: new Map(), folder: '/' })
  return link?.rest === '' ? link.to : undefined
}

const leadsTo = (link: string, to: string, rest: string) => posix.join(posix.resolve(posix.dirname(link), to), rest)

interface Search {
  /** The files in which links are followed. */
  readonly files: StageFiles
  readonly before: number
  /** The folder that is copied: links below it are not followed in these files. */
  readonly folder: string | undefined
  readonly depth: number
  /** What was found on the way: copies often meet again in an earlier stage. */
  readonly answers: Answers<FoundOrigin>
}

function search(files: StageFiles, path: string, at: Search): FoundOrigin {
  if (at.depth > deepest) return { origin: { kind: 'unknown', why: 'the copies go round in a circle' }, causes: [] }
  if (isSpent(files))
    return { origin: { kind: 'unknown', why: 'there is too much to look at in this build' }, causes: [] }
  return answerOnce(at.answers, files, `${path}:${at.before}:${at.folder ?? ''}`, () => {
    let { before } = at
    for (let stage: StageFiles | undefined = files; stage; stage = stage.base) {
      const found = searchWrites(stage, path, before, at)
      if (found) return found
      before = stage.base?.writes.length ?? 0
    }
    return absent
  })
}

function searchWrites(files: StageFiles, path: string, before: number, at: Search): FoundOrigin | undefined {
  let added: FoundOrigin | undefined
  for (const index of writesAt(files, path, before)) {
    const write = files.writes[index]
    const rest = write && below(write.target, path)
    if (write === undefined || rest === undefined || (write.until !== undefined && write.until <= before)) continue
    const found = through(write, rest, at)
    if (write.kind === 'unknown' && write.adds) {
      added ??= { ...found, causes: [write.cause] }
      continue
    }
    const isGone = write.kind === 'link' && write.cause.runs === 'always'
    if (found.origin.kind !== 'absent' || found.link || isGone)
      return { ...found, causes: [write.cause, ...found.causes] }
  }
  return added
}

function through(write: Write, rest: string, at: Search): FoundOrigin {
  switch (write.kind) {
    case 'copy': {
      const found = searchIn(write.from, rest, at)
      if (found.link) return follow(posix.join(write.target, found.link.at), found.link, at)
      // What was removed there is not copied, and what is here stays.
      return found.origin.kind === 'removed' ? absent : found
    }
    case 'link':
      return follow(write.target, { to: write.to, rest }, at)
    case 'inline':
      return rest === '' ? { origin: { kind: 'inline', written: write.written }, causes: [] } : absent
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

/** What a link at `path` shows; where it is copied along with a folder, the link itself. */
function follow(path: string, { to, rest }: Pick<Link, 'to' | 'rest'>, at: Search): FoundOrigin {
  const inside = at.folder === undefined ? undefined : below(at.folder, path)
  if (inside) return { ...absent, link: { at: inside, to, rest } }
  return search(at.files, leadsTo(path, to, rest), { ...at, depth: at.depth + deepest / mostHops })
}

/** Whether an artifact brings what lies at `rest` in it. */
function isIn(artifact: Artifact, rest: string, at: Search): boolean {
  if (artifact.kind === 'other' && artifact.isFile) return rest === ''
  // A bundler writes anything but the manifest of the digest.
  if (artifact.kind === 'bundle') return !rest.endsWith('cache_manifest.json')
  // The folder of a release without a known name is one above it.
  if (artifact.kind !== 'release' || artifact.name === '' || rest === '' || partOfRelease.test(rest)) return true
  const overlay = posix.join(artifact.project, 'rel/overlays', rest)
  if (hasOwnReleaseSteps(artifact.app)) return true
  return enter(artifact.files, overlay, artifact.before, at).origin.kind !== 'absent'
}

/** Searches files of which something was copied; links below `folder` came along as links. */
const enter = (files: StageFiles, path: string, before: number, at: Search, folder?: string): FoundOrigin =>
  search(files, path, { ...at, files, before, folder, depth: at.depth + 1 })

function searchIn(place: Place, rest: string, at: Search): FoundOrigin {
  if (place.in === 'elsewhere') return { origin: { kind: 'unknown', why: place.why }, causes: [] }
  const path = posix.join(place.path, rest).replace(/^\.$/, '')
  if (place.in === 'stage') {
    return enter(place.files, path, Math.min(place.before, place.files.writes.length), at, place.path)
  }
  const type = place.context.typeOf(path)
  if (type === 'unseen') return { origin: { kind: 'unknown', why: 'the build context is not here' }, causes: [] }
  return type === undefined ? absent : { origin: { kind: 'context', path, type }, causes: [] }
}
