import { posix } from 'node:path'
import { type Answers, answerOnce } from './answers.ts'
import { locate } from './locate.ts'
import { below } from './paths.ts'
import { overlayOf } from './release-files.ts'
import type { Cause, Origin, Place, StageFiles, Write } from './types.ts'
import { isSpent, spend } from './write-index.ts'

/** Something that lies somewhere in a stage. */
export interface Carried<T> {
  /** Absolute in the stage. */
  readonly target: string
  readonly thing: T
  /** What brought it there: the last first. */
  readonly causes: readonly Cause[]
  /** The files of the stage whose write brought it, and the number of that write. */
  readonly files: StageFiles
  readonly index: number
}

/** What is followed through the copies of a build. */
export interface Cargo<T> {
  /** What a write brings that is no copy within the stages: the things and their paths below its target. */
  readonly begins: (write: Write) => readonly { readonly rest: string; readonly thing: T }[]
  /** Whether what is found at the place of a thing is still that thing. */
  readonly isStill: (origin: Origin, thing: T) => boolean
  /** Whether a copy of a part of it carries it. */
  readonly inParts: boolean
}

/** More than any image has; without it copies of copies could double without end. */
const most = 2000
const deepest = 64

/** Everything of a kind that some write of a stage, or of those that it starts from, put somewhere, in order. */
export function carriedIn<T>(
  files: StageFiles,
  cargo: Cargo<T>,
  answers: Answers<readonly Carried<T>[]> = new Map(),
  depth = 0,
): readonly Carried<T>[] {
  if (depth > deepest) return []
  const lineage: StageFiles[] = []
  for (let stage: StageFiles | undefined = files; stage; stage = stage.base) lineage.push(stage)
  let found: readonly Carried<T>[] = []
  for (const stage of lineage.reverse()) {
    const inherited = found
    found = answerOnce(answers, stage, '', () => broughtTo(stage, inherited, cargo, answers, depth))
  }
  return found
}

function broughtTo<T>(
  files: StageFiles,
  inherited: readonly Carried<T>[],
  cargo: Cargo<T>,
  answers: Answers<readonly Carried<T>[]>,
  depth: number,
): readonly Carried<T>[] {
  const found = [...inherited]
  for (const [index, write] of files.writes.entries()) {
    if (found.length > most || isSpent(files)) break
    const at = (rest: string) => posix.join(write.target, rest)
    for (const { rest, thing } of cargo.begins(write)) {
      found.push({ target: at(rest), thing, causes: [write.cause], files, index })
    }
    const from = sourceOf(write, files)
    if (from?.in !== 'stage') continue
    const { files: other, path, before } = from
    const there = other === files ? [...found] : carriedIn(other, cargo, answers, depth + 1)
    spend(files, there.length)
    for (const one of there) {
      const rest = below(path, one.target) ?? (cargo.inParts && below(one.target, path) !== undefined ? '' : undefined)
      if (rest === undefined) continue
      const { origin } = locate(other, rest === '' ? path : one.target, Math.min(before, other.writes.length))
      if (!isStillIn(cargo, origin, one.thing)) continue
      found.push({ target: at(rest), thing: one.thing, causes: [write.cause, ...one.causes], files, index })
    }
  }
  return found
}

/** Where what a write brings comes from; a release takes along what lies in `rel/overlays`. */
function sourceOf(write: Write, files: StageFiles): Place | undefined {
  if (write.kind === 'copy') return write.from
  if (write.kind === 'link') return linked(write, files)
  if (write.kind !== 'made' || write.artifact.kind !== 'release' || write.artifact.name === '') return undefined
  const { files: before, project, before: at } = write.artifact
  return { in: 'stage', files: before, path: posix.join(project, 'rel/overlays'), before: at }
}

/** Whether what is found at the place of a thing is that thing, or a release that took it along as an overlay. */
export const isStillIn = <T>({ isStill }: Pick<Cargo<T>, 'isStill'>, origin: Origin, thing: T): boolean =>
  isStill(origin, thing) ||
  (origin.kind === 'made' &&
    origin.artifact.kind === 'release' &&
    isStill(overlayOf(origin.artifact, origin.rest).origin, thing))

/** What a link shows. */
const linked = ({ target, to }: Extract<Write, { kind: 'link' }>, files: StageFiles): Place => {
  const path = posix.resolve(posix.dirname(target), to)
  return { in: 'stage', files, path, before: files.writes.length }
}
