import { textNode, valueAt, type YamlNode } from '../../yaml/node.ts'
import type { Gathered, LoadEnvironment } from '../problems.ts'
import type { ComposeBuild } from '../service-types.ts'
import { entriesOf, pairsOf } from './environment.ts'
import { mountsOf } from './mounts.ts'
import { scalarAt, scalarsOf, traced, tracedAt } from './values.ts'

/** How a service's image is built; undefined where it is not. */
export function buildOf(
  gathered: Gathered,
  node: YamlNode | undefined,
  environment: LoadEnvironment,
): ComposeBuild | undefined {
  if (node?.kind !== 'map') return undefined
  const inline = tracedAt(node, 'dockerfile_inline')
  const implied = node.entries.has('dockerfile_inline') ? undefined : traced(textNode('Dockerfile', node.span))
  const args = [...entriesOf(gathered, valueAt(node, 'args'), environment).values()]
  return {
    context: traced(scalarAt(node, 'context') ?? textNode('.', node.span)),
    dockerfile: tracedAt(node, 'dockerfile') ?? implied,
    dockerfileInline: inline,
    target: tracedAt(node, 'target'),
    args: args.filter((arg) => arg.value.kind !== 'unset'),
    additionalContexts: pairsOf(valueAt(node, 'additional_contexts')),
    secrets: mountsOf(node, 'secrets'),
    platforms: scalarsOf(valueAt(node, 'platforms')).map(traced),
    span: node.span,
  }
}
