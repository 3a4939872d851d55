import type { Step } from '../../model/stage-files/step.ts'
import type { Artifact, Write } from '../../model/stage-files/types.ts'
import type { BuiltStage } from '../../model/stages/built-stage.ts'
import type { GraphEffect } from './graph.ts'

/** What the steps of a stage change in its files. */
export interface StepEffects {
  readonly steps: ReadonlyMap<Step, readonly GraphEffect[]>
  /** What instructions change, by `start:end` of their span. */
  readonly spans: ReadonlyMap<string, readonly GraphEffect[]>
}

/** The effects of a stage, by step and by instruction. */
export function effectsOf({ files, steps }: BuiltStage): StepEffects {
  const byStep = new Map<Step, GraphEffect[]>()
  const bySpan = new Map<string, GraphEffect[]>()
  const places = new Map(steps.map((step) => [step.span, step]))
  const known = new Set<unknown>(steps)
  for (const write of files.writes) {
    if (write.until !== undefined) continue
    const effect = { kind: kindOf(write), path: write.target }
    const step = write.kind === 'made' ? write.artifact.step : places.get(write.cause.span)
    if (step && known.has(step)) add(byStep, step, effect)
    else add(bySpan, `${write.cause.span.start}:${write.cause.span.end}`, effect)
  }
  return { steps: byStep, spans: bySpan }
}

function kindOf(write: Write): GraphEffect['kind'] {
  if (write.kind === 'made') return kindOfArtifact(write.artifact)
  if (write.kind === 'link') return 'copy'
  return write.kind === 'inline' || write.kind === 'folder' ? 'files' : write.kind
}

const kindOfArtifact = ({ kind }: Artifact): GraphEffect['kind'] => (kind === 'other' ? 'files' : kind)

/** A wildcard may copy thousands of files. */
const most = 20

function add<Key>(effects: Map<Key, GraphEffect[]>, key: Key, effect: GraphEffect): void {
  const there = effects.get(key)
  if (there === undefined) effects.set(key, [effect])
  else if (there.length < most && there.every((one) => one.kind !== effect.kind || one.path !== effect.path))
    there.push(effect)
}
