import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import { type FunctionDefinition, type ModuleDefinition, usesSome } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, fullName, keywordGet, walk } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { oncePer } from '../../../text/once.ts'
import { isWithin, type Span, textOf } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { childrenIn, type ListedChild } from '../../phoenix/named-modules.ts'
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
  startsIn(code).flatMap(({ start, named, children }) => {
    const lost = children.flatMap(({ name, span, item }): readonly LostChild[] => {
      const child = code.module(name)
      const isOld = item.kind === 'call' && item.name !== 'child_spec'
      const lacks = isOld || !child ? undefined : hasNoSpec(child) ? 'child_spec' : lacksStart(child)
      return lacks === undefined
        ? []
        : [{ name: `${name}.${lacks}`, span, near: undefined, stops: 'start', isDoubtful: false }]
    })
    const wrong = supervisorsIn(start).flatMap((call): readonly LostChild[] => {
      const strategy = strategyOf(call, named)
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
    return [...lost, ...wrong.map((one) => ({ ...one, near: one.near && `:${one.near}` }))]
  })

/** What makes the supervisor of an application refuse to start. */
export interface RefusedChild {
  /** What is wrong, as a clause of a sentence. */
  readonly fault: string
  readonly span: Span
  /** The child that has the id already. */
  readonly other?: Span
}

/** Options that a process does not start without. */
const required: Readonly<Record<string, readonly string[]>> = {
  PartitionSupervisor: ['name', 'child_spec'],
  Registry: ['keys', 'name'],
  'Phoenix.PubSub': ['name'],
  Finch: ['name'],
}

/** The children without which supervisors do not start: of an id that another one has, or without an option; and supervisors without a strategy. */
export const refusedChildrenIn = (code: Code): readonly RefusedChild[] =>
  startsIn(code).flatMap(({ start, named, children }) => {
    const unset = children.flatMap(({ name, span, item }): readonly RefusedChild[] => {
      const given = item.kind === 'tuple' ? item.items[1] : item.kind === 'alias' ? noOptions : undefined
      const keys = given && keysIn(given)
      const lacks = code.module(name) ? undefined : keys && required[name]?.find((key) => !keys.has(key))
      return lacks === undefined ? [] : [{ fault: `\`${name}\` has no \`${lacks}:\``, span }]
    })
    const isSifted = start.clauses.some(({ call }) =>
      /\b(reject|filter|uniq\w*|map|flat_map)\b/.test(textOf(call.span)),
    )
    const twice = (isSifted ? [] : children).flatMap((child, index): readonly RefusedChild[] => {
      const id = idOf(child, code)
      const other = children.slice(0, index).find((one) => one.list === child.list && idOf(one, code) === id)
      if (id === undefined || other === undefined) return []
      return [{ fault: `two children have the id \`${id}\``, span: child.span, other: other.span }]
    })
    const aimless = supervisorsIn(start).flatMap((call): readonly RefusedChild[] => {
      const [first, options] = call.args
      const isOfList = first?.kind === 'list' || (first?.kind === 'variable' && call.args.length === 2)
      const keys = isOfList && options ? keysIn(meaningOf(options, named)) : undefined
      return keys === undefined || keys.has('strategy')
        ? []
        : [{ fault: 'its supervisor is told no `strategy:`', span: call.nameSpan }]
    })
    return [...unset, ...twice, ...aimless]
  })

const noOptions = { kind: 'list', items: [] } as const

/** The keys of a keyword list that is written out, and nothing else. */
function keysIn(node: Node | typeof noOptions): ReadonlySet<string> | undefined {
  if (node.kind !== 'list') return undefined
  const keys = node.items.map((item) => (item.kind === 'tuple' ? atomName(item.items[0]) : undefined))
  return keys.includes(undefined) ? undefined : new Set(keys.filter((key) => key !== undefined))
}

/** Children that have the name of their module for an id, whatever they are started with. */
const oneOfAKind = /^(Agent|Task)$/

/** The id that a child surely has in its supervisor. */
function idOf({ name, item }: ListedChild, code: Code): string | undefined {
  const child = code.module(name)
  if (item.kind === 'call') return undefined
  if (!child) return oneOfAKind.test(name) ? name : undefined
  return isOfElixir(child) && child.uses.every(({ options }) => !options || keysIn(options)?.has('id') === false)
    ? name
    : undefined
}

/** Whether the `child_spec/1` of a module is that of Elixir's own behaviours. */
const isOfElixir = (child: ModuleDefinition): boolean =>
  child.uses.length === 1 &&
  child.uses.every(({ module }) => /^(GenServer|Agent|Task|Supervisor|DynamicSupervisor)$/.test(module)) &&
  !functionOf(child, 'child_spec', 1) &&
  hasNothingMade(child)

/** `start_link`, where the `child_spec/1` of a module calls it and nothing defines it. */
function lacksStart(child: ModuleDefinition): string | undefined {
  const written = definitionsIn(child)
  const isMade = written === 'any' || written.has('start_link') || /\bstart:/.test(textOf(child.span))
  return !isMade && isOfElixir(child) ? 'start_link' : undefined
}

interface Start {
  readonly start: FunctionDefinition
  /** What it gives names to. */
  readonly named: ReturnType<typeof assignedIn>
  /** The children of the lists that it hands to a supervisor. */
  readonly children: readonly ListedChild[]
}

/** How applications start. */
const startsIn = oncePer((code: Code): readonly Start[] =>
  code.using('Application').flatMap((module): readonly Start[] => {
    const start = functionOf(module, 'start', 2)
    if (start === undefined) return []
    const named = assignedIn(start)
    const isHanded = ({ span }: ListedChild) =>
      named.every(({ name, value }) => !isWithin(span, value.span) || hands(name, start))
    return [{ start, named, children: childrenIn(start, module).filter(isHanded) }]
  }),
)

/** What a name stands for, or a node that is no name. */
const meaningOf = (node: Node, named: Start['named']): Node =>
  (node.kind === 'variable' ? named.find(({ name }) => name === node.name)?.value : node) ?? node

function strategyOf({ args }: CallNode, named: Start['named']): Node | undefined {
  const last = args.at(-1)
  const options = last && meaningOf(last, named)
  return options?.kind === 'list' ? keywordGet(options, 'strategy') : undefined
}

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

/** What of a module's top defines functions that are written elsewhere. */
const delegates = /^(defdelegate|embed_templates)$/

/** Whether a module surely has no `child_spec/1`: it uses nothing, and no macro stands at its top. */
const hasNoSpec = (child: ModuleDefinition): boolean =>
  !usesSome(child) && definitionsIn(child) !== 'any' && !functionOf(child, 'child_spec', 1) && hasNothingMade(child)

/** Whether no macro at the top of a module, but those that it uses, may define functions. */
const hasNothingMade = ({ body }: ModuleDefinition): boolean =>
  body.every((node) =>
    node.kind === 'attribute'
      ? !/^(before_compile|on_definition|after_compile)$/.test(node.name)
      : node.kind !== 'call' || (!delegates.test(node.name) && /^(def\w*|alias|import|require|use)$/.test(node.name)),
  )
