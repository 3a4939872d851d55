import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, pairsOf, walk } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import type { Span } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { childrenIn } from '../../phoenix/named-modules.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import { definitionsIn } from '../../phoenix/words.ts'

/** What a supervisor is told and does not start with. */
export interface LostChild {
  /** `Shop.Catalog.child_spec`, or a strategy. */
  readonly name: string
  readonly span: Span
  readonly near: string | undefined
  readonly stops: 'start'
  readonly isDoubtful: false
}

/** What the callback modules of applications tell their supervisors: modules that are no children, and strategies that there are not. */
export const lostChildrenIn = (code: Code): readonly LostChild[] =>
  code.using('Application').flatMap((module) => {
    const start = functionOf(module, 'start', 2)
    if (start === undefined) return []
    const children = childrenIn(start, module).flatMap(({ name, span }): readonly LostChild[] => {
      const child = code.module(name)
      const isOld = /\b(worker|supervisor)\s*\(?\s*$/.test(span.source.text.slice(0, span.start))
      return !isOld && child && hasNoSpec(child)
        ? [{ name: `${name}.child_spec`, span, near: undefined, stops: 'start', isDoubtful: false }]
        : []
    })
    const wrong: LostChild[] = []
    walk(bodiesOf(start), (node) => {
      if (node.kind !== 'list') return
      const pairs = pairsOf(node)
      const strategy = pairs.find(([key]) => key === 'strategy')?.[1]
      const name = atomName(strategy)
      if (!strategy || !name || strategies.includes(name) || !pairs.every(([key]) => ofSupervisors.test(key))) return
      wrong.push({
        name: `:${name}`,
        span: strategy.span,
        near: nearest(name, strategies, 3),
        stops: 'start',
        isDoubtful: false,
      })
    })
    return [...children, ...wrong.map((one) => ({ ...one, near: one.near && `:${one.near}` }))]
  })

const strategies = ['one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one']

const ofSupervisors = /^(strategy|name|max_restarts|max_seconds|auto_shutdown)$/

/** What of a module's top adds no function. */
const adds = /^(use|defdelegate|embed_templates)$/

/** Whether a module surely has no `child_spec/1`: it uses nothing, and no macro stands at its top. */
function hasNoSpec(child: ModuleDefinition): boolean {
  const { uses, body } = child
  return (
    uses.length === 0 &&
    definitionsIn(child) !== 'any' &&
    !functionOf(child, 'child_spec', 1) &&
    body.every((node) =>
      node.kind === 'attribute'
        ? !/^(before_compile|on_definition|after_compile)$/.test(node.name)
        : node.kind !== 'call' || (!adds.test(node.name) && /^(def\w*|alias|import|require)$/.test(node.name)),
    )
  )
}
