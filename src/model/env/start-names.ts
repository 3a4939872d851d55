import { type Source, type Span, span, textOf, wholeOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { atRelease } from '../stage-files/release-files.ts'

const assignment = /(?:^|[\s;&|({"'])([A-Za-z_]\w*)\+?=|\$\{([A-Za-z_]\w*):?=/g

/**
 * The names that the scripts of a start and `rel/env.sh.eex` may set, by their text, and where: what they set is for the
 * model of the start to say.
 */
export function namesOfStart(deployment: Deployment): ReadonlyMap<string, Span> {
  const { start, release, world } = deployment
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  const sources = new Set<Source>(start.map((step) => step.span.source))
  for (const step of start) for (const { span: at } of step.via) sources.add(at.source)
  const scripts = [...sources].filter((source) => /^#!/.test(source.text))
  const env = origin?.kind === 'context' ? world.sourceAt(origin.path) : undefined
  const texts = [
    ...[...scripts, ...(env ? [env] : [])].map(wholeOf),
    ...start.map((step) => step.span),
    ...start.flatMap((step) => step.via.map((label) => label.span)),
  ]
  const names = new Map<string, Span>()
  for (const at of texts) {
    for (const { 0: text, 1: set, 2: fallback, index } of textOf(at).matchAll(assignment)) {
      const name = set ?? fallback ?? ''
      const from = at.start + index + text.indexOf(name)
      if (!names.has(name)) names.set(name, span(at.source, from, from + name.length))
    }
  }
  return names
}
