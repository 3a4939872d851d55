import { type Cargo, carriedIn, isStillIn } from './carried.ts'
import { locate } from './locate.ts'
import { below } from './paths.ts'
import type { Cause, Place, StageFiles } from './types.ts'

/** A file of the build context that lies in a stage, or in a layer of it below one that removes it. */
export interface Landing {
  /** Absolute in the stage. */
  readonly target: string
  /** In the tree. */
  readonly file: string
  /** Whether the context is in view; where it is not, a name that COPY writes out stands for the file. */
  readonly seen: boolean
  /** What brought it there: the last first. */
  readonly causes: readonly Cause[]
}

type CopiedPlace = Extract<Place, { in: 'context' }>

/** Every file of the context that satisfies `wanted` and is in a layer of `files`. */
export function landingsIn(files: StageFiles, wanted: (path: string) => boolean): readonly Landing[] {
  const cargo: Cargo<{ readonly file: string; readonly seen: boolean }> = {
    begins: (write) => (write.kind === 'copy' && write.from.in === 'context' ? filesOf(write.from, wanted) : []),
    isStill: (origin, { file, seen }) =>
      (origin.kind === 'context' && origin.path === file) || (origin.kind === 'unknown' && !seen),
    inParts: false,
  }
  return carriedIn(files, cargo).flatMap(({ target, thing, causes, files: stage, index }): readonly Landing[] => {
    // What is gone again at the end of its layer was never in the image.
    const { origin } = locate(stage, target, stage.writes[index]?.layer ?? index + 1)
    return isStillIn(cargo, origin, thing) ? [{ target, ...thing, causes }] : []
  })
}

function filesOf({ context, path }: CopiedPlace, wanted: (path: string) => boolean) {
  if (context.typeOf(path) === 'unseen') return wanted(path) ? [{ rest: '', thing: { file: path, seen: false } }] : []
  return [...context.filesUnder(path), ...context.ignoredUnder(path)].flatMap((file) => {
    const rest = path === '' ? file : below(path, file)
    return rest !== undefined && wanted(file) ? [{ rest, thing: { file, seen: true } }] : []
  })
}
