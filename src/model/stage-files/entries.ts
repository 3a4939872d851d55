import { posix } from 'node:path'
import { isThere } from './folder.ts'
import { hasWildcard, nameMatcher } from './glob.ts'
import { realPath } from './locate.ts'
import { below } from './paths.ts'
import type { Place, StageFiles, Write } from './types.ts'
import { isSpent, namesBelow, writesAt } from './write-index.ts'

/** The paths that a pattern finds in a stage. */
export interface Matches {
  readonly paths: readonly string[]
  /** Whether there may be others that nobody in view has named. */
  readonly more: boolean
}

/**
 * Expands the wildcards of `pattern` (absolute) over what is known to be in `files`. Those of a shell do not find names
 * that begin with a dot (POSIX.1-2017, 2.13.3), those of COPY do.
 */
export function pathsMatching(files: StageFiles, pattern: string, by: 'shell' | 'copy'): Matches {
  const before = files.writes.length
  let paths: readonly string[] = ['/']
  let more = false
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    if (!hasWildcard(part)) {
      paths = paths.map((path) => posix.join(path, part))
      continue
    }
    const matchesName = nameMatcher(part)
    const matches = (name: string) =>
      (by === 'copy' || part.startsWith('.') || !name.startsWith('.')) && matchesName(name)
    paths = paths.flatMap((path) => {
      const names = namesIn(files, path, before)
      more ||= names.more
      return [...names.names].filter(matches).map((name) => posix.join(path, name))
    })
  }
  return { paths: paths.filter((path) => isThere(files, path, before)).sort(), more }
}

interface FolderNames {
  readonly names: Set<string>
  more: boolean
}

function namesIn(files: StageFiles, folder: string, before: number): FolderNames {
  const found: FolderNames = { names: new Set(), more: false }
  collect(files, realPath(files, folder), before, found, new Map())
  // What an image from elsewhere holds is not in view.
  return found.names.size === 0 ? { ...found, more: true } : found
}

type Visited = Map<StageFiles, Set<string>>

function collect(files: StageFiles, folder: string, before: number, found: FolderNames, visited: Visited): void {
  const seen = visited.get(files) ?? new Set()
  visited.set(files, seen)
  const question = `${folder}:${before}`
  if (seen.has(question)) return
  seen.add(question)
  for (let stage: StageFiles | undefined = files; stage; stage = stage.base) {
    const limit = stage === files ? before : stage.writes.length
    for (const name of namesBelow(stage, folder, limit)) found.names.add(name)
    for (const index of writesAt(stage, folder, limit)) {
      const write = stage.writes[index]
      if (write === undefined || (write.until !== undefined && write.until <= limit)) continue
      const rest = below(write.target, folder)
      if (rest !== undefined) collectFrom(write, rest, found, visited)
    }
    found.more ||= isSpent(stage)
  }
}

function collectFrom(write: Write, rest: string, found: FolderNames, visited: Visited): void {
  if (write.kind === 'copy') collectPlace(write.from, rest, found, visited)
  else if (write.kind === 'made' && write.artifact.kind === 'release') {
    const names =
      rest === '' ? ['bin', 'lib', 'releases'] : rest === 'bin' ? [write.artifact.name, 'server', 'migrate'] : []
    for (const name of names) found.names.add(name)
    if (rest !== '') found.more = true
  } else if (write.kind === 'made' || write.kind === 'unknown') found.more = true
}

function collectPlace(place: Place, rest: string, found: FolderNames, visited: Visited): void {
  if (place.in === 'elsewhere') {
    found.more = true
    return
  }
  const path = posix.join(place.path, rest).replace(/^\.$/, '')
  if (place.in === 'stage') {
    collect(place.files, path, Math.min(place.before, place.files.writes.length), found, visited)
    return
  }
  if (place.context.typeOf(path) === 'unseen') found.more = true
  for (const name of place.context.namesIn(path)) found.names.add(name)
}
