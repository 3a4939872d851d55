import { placeName, type Span } from '../text/source.ts'
import type { Deployment } from './boot/deployment.ts'

/** Where a deployment is too much to be followed to its end, in words: what lies behind is not known. */
export function limitsOf({ build, start, boot }: Deployment): readonly string[] {
  const steps = [...(build?.stages ?? []).flatMap((stage) => stage.steps), ...start]
  return [
    ...steps.flatMap(({ command, span }) =>
      command.kind === 'unknown' && command.bound ? [limit(span, command.why)] : [],
    ),
    ...[boot?.build, boot?.runtime].flatMap((run) =>
      (run?.notes ?? []).flatMap(({ span, why, bound }) => (bound ? [limit(span, why)] : [])),
    ),
  ]
}

const limit = (span: Span, why: string): string => `${placeName(span)} is not followed to its end: ${why}`
