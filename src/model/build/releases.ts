import { posix } from 'node:path'
import type { Release } from './artifact.ts'
import { below, type StageFiles } from './files.ts'

/** A release and where it lies. */
export interface PlacedRelease {
  readonly target: string
  readonly release: Release
}

/** The releases among the files of a stage, the last that was put there first. */
export function releasesIn(files: StageFiles, seen: ReadonlySet<StageFiles> = new Set()): readonly PlacedRelease[] {
  if (seen.has(files)) return []
  const visited = new Set([...seen, files])
  const found = files.writes.flatMap((write): readonly PlacedRelease[] => {
    if (write.kind === 'made' && write.artifact.kind === 'release')
      return [{ target: write.target, release: write.artifact }]
    if (write.kind !== 'copy' || write.from.in !== 'stage' || write.until !== undefined) return []
    const { path } = write.from
    return releasesIn(write.from.files, visited).flatMap(({ target, release }) => {
      const inside = below(path, target)
      if (inside !== undefined) return [{ target: posix.join(write.target, inside), release }]
      return below(target, path) === undefined ? [] : [{ target: write.target, release }]
    })
  })
  return [...found.reverse(), ...(files.base ? releasesIn(files.base, visited) : [])]
}
