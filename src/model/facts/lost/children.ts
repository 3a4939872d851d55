import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, fullName, keywordGet, walk } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { isWithin, type Span, textOf } from '../../../text/source.ts'
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
    const named = assignedIn(start)
    const isHanded = (at: Span) => named.every(({ name, value }) => !isWithin(at, value.span) || hands(name, start))
    const children = childrenIn(start, module).flatMap(({ name, span }): readonly LostChild[] => {
      const child = code.module(name)
      const isOld = /\b(worker|supervisor)\s*\(?\s*$/.test(span.source.text.slice(0, span.start))
      return !isOld && child && hasNoSpec(child) && isHanded(span)
        ? [{ name: `${name}.child_spec`, span, near: undefined, stops: 'start', isDoubtful: false }]
        : []
    })
    const wrong = supervisorsIn(start).flatMap(({ args }): readonly LostChild[] => {
      const last = args.at(-1)
      const options = last?.kind === 'variable' ? named.find((one) => one.name === last.name)?.value : last
      const strategy = options?.kind === 'list' ? keywordGet(options, 'strategy') : undefined
      const name = atomName(strategy)
      if (!strategy || !name || strategies.includes(name)) return []
      return [
        {
          name: `:${name}`,
          span: strategy.span,
          near: nearest(name, strategies, 3),
          stops: 'start',
          isDoubtful: false,
        },
      ]
    })
    return [...children, ...wrong.map((one) => ({ ...one, near: one.near && `:${one.near}` }))]
  })

/** What a function gives a name to. */
function assignedIn(definition: FunctionDefinition): readonly { readonly name: string; readonly value: Node }[] {
  const found: { name: string; value: Node }[] = []
  walk(bodiesOf(definition), (node) => {
    if (node.kind === 'binary' && node.operator === '=' && node.left.kind === 'variable')
      found.push({ name: node.left.name, value: node.right })
  })
  return found
}

/** Whether a function hands a list that it has given a name to a supervisor, as it is or with more. */
const hands = (name: string, { clauses }: FunctionDefinition): boolean =>
  clauses.some(({ call }) =>
    new RegExp(
      `\\b(start_link|init|concat|flatten|reject|filter)\\(\\s*\\[?\\s*${name}\\b|\\b${name}\\s*(\\+\\+|\\|>\\s*(Supervisor|Enum|List))|\\+\\+\\s*${name}\\b`,
    ).test(textOf(call.span)),
  )

function supervisorsIn(definition: FunctionDefinition): readonly CallNode[] {
  const found: CallNode[] = []
  walk(bodiesOf(definition), (node) => {
    if (node.kind === 'call' && /^(Dynamic)?Supervisor\.(start_link|init)$/.test(fullName(node) ?? '')) found.push(node)
  })
  return found
}

const strategies = ['one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one']

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
