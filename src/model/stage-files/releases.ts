import { carriedIn } from './carried.ts'
import { locate } from './locate.ts'
import type { Release, StageFiles } from './types.ts'

/** A release and where it lies. */
export interface PlacedRelease {
  readonly target: string
  readonly release: Release
}

/** Answers about stages that have changed no more since. */
const known = new WeakMap<StageFiles, { readonly writes: number; readonly placed: readonly PlacedRelease[] }>()

/** The releases among the files of a stage, the last that was put there first. */
export function releasesIn(files: StageFiles): readonly PlacedRelease[] {
  const earlier = known.get(files)
  if (earlier?.writes === files.writes.length) return earlier.placed
  const placed = search(files)
  known.set(files, { writes: files.writes.length, placed })
  return placed
}

function search(files: StageFiles): readonly PlacedRelease[] {
  const carried = carriedIn<Release>(files, {
    begins: (write) =>
      write.kind === 'made' && write.artifact.kind === 'release' ? [{ rest: '', thing: write.artifact }] : [],
    isStill: (origin, release) => origin.kind === 'made' && origin.artifact === release,
    inParts: true,
  })
  return carried
    .filter(({ target, thing }) => {
      const { origin } = locate(files, target)
      return origin.kind === 'made' && origin.artifact === thing
    })
    .map(({ target, thing }) => ({ target, release: thing }))
    .reverse()
}
