import { placeName, type Span } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { isSpent } from '../stage-files/write-index.ts'
import type { Build } from '../stages/built-stage.ts'

/** Where a deployment is too much to be followed to its end, in words: what lies behind is not known. */
export function limitsOf({ build, start, boot }: Deployment): readonly string[] {
  const steps = [...(build?.stages ?? []).flatMap((stage) => stage.steps), ...start]
  return [
    ...steps.flatMap(({ command, span }) =>
      command.kind === 'unknown' && command.bound ? [limit(span, command.why)] : [],
    ),
    ...[boot?.build, boot?.runtime].flatMap((run) =>
      (run?.notes ?? []).flatMap(({ span, why, kind }) => (kind === 'bound' ? [limit(span, why)] : [])),
    ),
  ]
}

/** The builds in which files were looked for until it was too much, in words. */
export const spentBuilds = (builds: readonly Build[]): readonly string[] =>
  builds.flatMap(({ dockerfile, stages }) =>
    stages.some(({ files }) => isSpent(files))
      ? [`${dockerfile.source.path} is not followed to its end: its files are copied around too often`]
      : [],
  )

const limit = (span: Span, why: string): string => `${placeName(span)} is not followed to its end: ${why}`
