import type { Problem } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { decodeText, fileProblem, largestText, tooLarge, unreadSource } from './decode.ts'
import { type Host, ReadFailure } from './host.ts'
import { beginsAsDockerfile, mayBeDockerfile } from './names.ts'
import { byPath, type Tree, type TreeEntry } from './tree.ts'
import { type WalkLimits, walk } from './walk.ts'
import { isAlwaysFile, type WantedPaths, wantedOf } from './wanted.ts'

/** A tree as it was found, and what could not be read. */
export interface Discovery extends Tree {
  /** The path of the file is that of the span's source. */
  readonly problems: readonly FileProblem[]
  /** What was left out because there is too much, in a sentence: nothing may be concluded from what was not seen. */
  readonly truncated: string | undefined
}

/** What is wrong with a file or folder as a whole. */
export interface FileProblem extends Problem {
  /** Nothing is there that should have been read: it is a folder, or a link that leads nowhere or out. */
  readonly misplaced?: true
}

export interface DiscoverOptions {
  /** Paths that are read whatever their names are. */
  readonly named?: readonly string[]
  readonly limits?: Partial<DiscoverLimits>
}

export interface DiscoverLimits extends WalkLimits {
  /** Of one file, in bytes. */
  readonly file: number
  /** Of all files that are read, in bytes. */
  readonly total: number
}

const usualLimits: DiscoverLimits = { entries: 50_000, depth: 30, file: largestText, total: 200_000_000 }

/**
 * Lists a host and reads what says how the project is built and started. Files that git ignores are listed as such;
 * of them, those are read whose names say what they are, such as `.env`. Everything is sorted by path.
 */
export async function discover(host: Host, options: DiscoverOptions = {}): Promise<Discovery> {
  const limits = { ...usualLimits, ...options.limits }
  const found = await walk(host, limits)
  const entries = found.entries.toSorted(byPath)
  const problems = [...found.problems, ...entries.flatMap(misplaced)]
  const named = new Set(options.named)
  const wanted = entries.flatMap((entry): Candidate[] => {
    if (entry.kind !== 'file') return []
    const isNamed = named.has(entry.path)
    const how = isNamed ? 'named' : wantedOf(entry.path, entry.size)
    return how === undefined || (how !== 'named' && entry.gitIgnored) ? [] : [{ entry, how, isNamed }]
  })
  const small = withinTotal(wanted, limits)
  const read: FileRead[] = []
  for (const candidate of small) read.push(await readText(host, candidate, limits.file))
  const left = wanted.length - small.length
  return {
    sources: read.flatMap((file) => file.source ?? []),
    entries,
    problems: [...problems, ...read.flatMap((file) => file.problem ?? [])].sort(byProblemPath),
    truncated: found.truncated ?? (left > 0 ? `${left} files beyond ${limits.total} bytes are left out` : undefined),
  }
}

interface Candidate {
  readonly entry: TreeEntry
  readonly how: Exclude<WantedPaths, undefined>
  /** By the user. */
  readonly isNamed: boolean
}

/** Those of the files that together stay below the limit of bytes; a file that is too large for itself counts nothing. */
function withinTotal(wanted: readonly Candidate[], limits: DiscoverLimits): readonly Candidate[] {
  let total = 0
  return wanted.filter(({ entry: { size } }) => {
    if (size <= limits.file) total += size
    return size > limits.file || total <= limits.total
  })
}

interface FileRead {
  readonly source?: Source
  readonly problem?: Problem | undefined
}

async function readText(host: Host, { entry, how, isNamed }: Candidate, limit: number): Promise<FileRead> {
  const unread = (problem: Problem): FileRead => ({ problem, source: unreadSource(problem) })
  const large = tooLarge(entry.path, entry.size, limit)
  if (large) return unread(large)
  try {
    const bytes = await host.read(entry.path)
    if (how === 'script' && !(bytes[0] === 0x23 && bytes[1] === 0x21)) return {}
    const decoded = decodeText(entry.path, bytes, limit)
    const isInDoubt = !isNamed && mayBeDockerfile(entry.path)
    if (isInDoubt && !beginsAsDockerfile(decoded.source?.text ?? '')) return {}
    if (!decoded.problem) return { source: decoded.source }
    if (how === 'named') return unread(decoded.problem)
    return how === 'script' ? {} : { source: unreadSource(decoded.problem) }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error
    const message = error.reason === 'denied' ? 'the file may not be read' : 'the file cannot be read'
    return unread(fileProblem(entry.path, message))
  }
}

/** The problem of an entry whose name promises a file that it is not. */
function misplaced({ path, kind, size }: TreeEntry): readonly FileProblem[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (kind === 'folder' && isAlwaysFile(name))
    return [{ ...fileProblem(path, 'there is a folder where a file is expected'), misplaced: true }]
  if (kind !== 'other' || wantedOf(path, size) !== 'named') return []
  return [
    { ...fileProblem(path, 'this is no file, or a link that leads nowhere or out of the project'), misplaced: true },
  ]
}

const byProblemPath = (one: Problem, other: Problem) => byPath(one.span.source, other.span.source)
