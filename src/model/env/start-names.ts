import type { Source } from '../../text/source.ts'
import { textOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { atRelease } from '../stage-files/release-files.ts'

const assignment = /(?:^|[\s;&|({"'])([A-Za-z_]\w*)\+?=|\$\{([A-Za-z_]\w*):?=/g

/**
 * The names that the scripts of a start and `rel/env.sh.eex` may set, by their text: what they set is for the model of
 * the start to say.
 */
export function namesOfStart(deployment: Deployment): readonly string[] {
  const { start, release, world } = deployment
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  const sources = new Set<Source>(start.map((step) => step.span.source))
  for (const step of start) for (const { span } of step.via) sources.add(span.source)
  const scripts = [...sources].filter((source) => /^#!/.test(source.text))
  const env = origin?.kind === 'context' ? world.sourceAt(origin.path) : undefined
  const texts = [
    ...[...scripts, ...(env ? [env] : [])].map((source) => source.text),
    ...start.map((step) => textOf(step.span)),
    ...start.flatMap((step) => step.via.map(({ span }) => textOf(span))),
  ]
  const names = texts.flatMap((text) =>
    [...text.matchAll(assignment)].map(([, set, fallback]) => set ?? fallback ?? ''),
  )
  return [...new Set(names)].filter((name) => name !== '')
}
