import { stageNamed } from '../../languages/dockerfile/stages.ts'
import type { CopyInstruction, RunInstruction } from '../../languages/dockerfile/types.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Place, StageFiles } from '../../model/stage-files/types.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import type { GraphEdge, Way } from './graph.ts'
import type { DraftStep } from './steps.ts'

/** A stage of a build and its steps, of which the first is its FROM. */
export interface DraftStage {
  readonly built: BuiltStage
  readonly steps: readonly DraftStep[]
}

type Edge = Omit<GraphEdge, 'way'>

/** The arrows of a build: from each step to the next, from a base to the FROM, and from what is copied or mounted. */
export function edgesOf(stages: readonly DraftStage[], build: Build): readonly Edge[] {
  const drafts = new Map(stages.map((stage) => [stage.built, stage]))
  const byFiles = new Map(stages.map((stage) => [stage.built.files, stage]))
  return stages.flatMap((stage) => {
    const base = stage.built.base && drafts.get(stage.built.base)?.steps.at(-1)
    const [first] = stage.steps
    return [
      ...(base && first ? [{ from: base.id, to: first.id, kind: 'base' } as const] : []),
      ...stage.steps
        .slice(1)
        .map((step, index) => ({ from: stage.steps[index]?.id ?? 0, to: step.id, kind: 'next' }) as const),
      ...broughtInto(stage, stages, byFiles, build),
    ]
  })
}

/** The arrows of COPY, ADD and mounts, each source of an instruction once. */
function broughtInto(
  stage: DraftStage,
  stages: readonly DraftStage[],
  byFiles: ReadonlyMap<StageFiles, DraftStage>,
  build: Build,
): readonly Edge[] {
  const { stage: own, files } = stage.built
  const places = new Map<number, Place[]>()
  for (const write of files.writes) {
    if (write.kind !== 'copy' || write.from.in !== 'stage' || write.from.files === files) continue
    const { start } = write.cause.span
    const there = places.get(start)
    if (there) there.push(write.from)
    else places.set(start, [write.from])
  }
  const heads = new Map(stage.steps.toReversed().map((step) => [step.instructionSpan, step.id]))
  return own.instructions.flatMap((instruction) => {
    const to = heads.get(instruction.span)
    if (to === undefined) return []
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD' && instruction.keyword !== 'RUN') return []
    const kind = instruction.keyword === 'RUN' ? 'mount' : 'copy'
    const found = (places.get(instruction.span.start) ?? []).flatMap((place) => makerOf(place, byFiles))
    const ids = found.length > 0 ? found : namedBy(instruction, stages, build, stage.built)
    return [...new Set(ids)].map((from) => ({ from, to, kind }) as const)
  })
}

/** The id of the step that made what is copied: a release in it, else the last to write it, else the last of the stage. */
function makerOf(place: Place, stages: ReadonlyMap<StageFiles, DraftStage>): readonly number[] {
  if (place.in !== 'stage') return []
  const { files, path } = place
  const source = stages.get(files)
  if (source === undefined) return []
  const inside = files.writes.filter(({ target }) => below(path, target) !== undefined)
  const release = inside.findLast((write) => write.kind === 'made' && write.artifact.kind === 'release')
  const made = release ?? inside.findLast(({ kind }) => kind === 'made')
  const last = made ?? files.writes.findLast(({ target }) => below(target, path) !== undefined)
  const at = last?.cause.span
  const step = at && source.steps.find((one) => one.step?.span === at || one.instructionSpan === at)
  const id = (step ?? source.steps.at(-1))?.id
  return id === undefined ? [] : [id]
}

/** The last step of each stage that `--from` names, where what it brings is not known. */
function namedBy(
  instruction: CopyInstruction | RunInstruction,
  stages: readonly DraftStage[],
  { dockerfile }: Build,
  { stage }: BuiltStage,
): readonly number[] {
  const references = instruction.keyword === 'RUN' ? instruction.mounts.map(({ from }) => from) : [instruction.from]
  return references.flatMap((word) => {
    const named = word && stageNamed(dockerfile, word.text, stage)
    return (named && stages[named.index]?.steps.at(-1)?.id) ?? []
  })
}

/** What an arrow carries: the release before the assets before the secrets, where both of its ends lie on that way. */
export function wayOf({ from, to, kind }: Edge, waysAt: (id: number) => readonly Way[]): Way | null {
  if (kind === 'next') return null
  const there = waysAt(to)
  return (
    (['release', 'assets', 'secrets'] as const).find((way) => there.includes(way) && waysAt(from).includes(way)) ?? null
  )
}
