import type { Release } from './artifact.ts'
import { carriedIn } from './carried.ts'
import { locate, type StageFiles } from './files.ts'

/** A release and where it lies. */
export interface PlacedRelease {
  readonly target: string
  readonly release: Release
}

/** The releases among the files of a stage, the last that was put there first. */
export function releasesIn(files: StageFiles): readonly PlacedRelease[] {
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
