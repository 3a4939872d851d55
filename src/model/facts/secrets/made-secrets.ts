import { type Span, span, textOf } from '../../../text/source.ts'
import { type Cargo, carriedIn, isStillIn } from '../../stage-files/carried.ts'
import { locate } from '../../stage-files/locate.ts'
import type { Artifact, Cause, StageFiles, Write } from '../../stage-files/types.ts'

/** Programs that make what nobody can guess. */
export const makesSecret =
  /\bphx\.gen\.secret\b|\bopenssl\s+(rand|genrsa|genpkey)\b|\/dev\/u?random\b|\bpwgen\b|\buuidgen\b|\/proc\/sys\/kernel\/random|\btoken_(hex|urlsafe|bytes)\b|\bstrong_rand_bytes\b/

/** A file of an image into which a command of the build wrote a secret that it made. */
export interface MadeSecret {
  /** Absolute in the image. */
  readonly path: string
  /** What brought it there: the last first. */
  readonly causes: readonly Cause[]
  readonly made: Span
}

/** The files of a stage in which a secret lies that a RUN made up, in whatever stage that was. */
export function madeSecretsIn(files: StageFiles): readonly MadeSecret[] {
  const cargo: Cargo<Artifact> = {
    begins: (write) => (write.kind === 'made' && holdsSecret(write) ? [{ rest: '', thing: write.artifact }] : []),
    isStill: (origin, thing) => origin.kind === 'made' && origin.artifact === thing,
    inParts: false,
  }
  return carriedIn(files, cargo).flatMap(({ target, thing, causes, files: stage, index }): readonly MadeSecret[] => {
    const { origin } = locate(stage, target, stage.writes[index]?.layer ?? index + 1)
    const first = causes.at(-1)
    if (first === undefined || !isStillIn(cargo, origin, thing)) return []
    return /cookie/i.test(target) ? [] : [{ path: target, causes, made: first.span }]
  })
}

function holdsSecret({ artifact, cause }: Extract<Write, { kind: 'made' }>): boolean {
  return artifact.kind === 'other' && artifact.isFile === true && makesSecret.test(textOf(commandAround(cause.span)))
}

/** What joins one command of a shell to another. */
const joint = /&&|\|\||;|(?<!\\)\r?\n/g

/** The pipeline that a place of a shell text stands in. */
function commandAround({ source, start, end }: Span): Span {
  const before = [...source.text.slice(0, start).matchAll(joint)].at(-1)
  const after = source.text.slice(end).search(joint)
  const from = before ? before.index + before[0].length : 0
  return span(source, from, after === -1 ? source.text.length : end + after)
}
