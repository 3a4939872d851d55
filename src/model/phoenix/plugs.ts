import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, bodyOf, calls, sections, stringText, walk } from '../../languages/elixir/syntax/query.ts'
import type { Span } from '../../text/source.ts'
import { type Code, functionOf } from './code.ts'
import { isWrittenOut } from './words.ts'

/** A `plug …` of an endpoint, a pipeline, a router or a controller. */
export interface PlugCall {
  readonly span: Span
  /** The module or the function of the project that it calls; undefined where it is not in view. */
  readonly handler: { readonly module: ModuleDefinition; readonly name: string } | undefined
  /** The module as it is named; undefined for a function. */
  readonly named: string | undefined
  readonly call: CallNode
}

/** The plugs among `nodes`, in order, those inside of `if` too except what is there for development. */
export function plugsIn(nodes: readonly Node[], owner: ModuleDefinition, code: Code): readonly PlugCall[] {
  return nodes.flatMap((node): readonly PlugCall[] => {
    if (node.kind !== 'call' || node.target) return []
    if (node.name === 'plug') return [plugOf(node, owner, code)]
    if (node.name !== 'if' && node.name !== 'unless') return []
    const [condition] = node.args
    if (condition && /code_reloading\?|:dev\b|:test\b|dev_routes|sandbox/.test(textIn(condition))) return []
    return sections(node).flatMap(({ body }) => plugsIn(bodyOf(body), owner, code))
  })
}

const textIn = (node: Node) => node.span.source.text.slice(node.span.start, node.span.end)

function plugOf(call: CallNode, owner: ModuleDefinition, code: Code): PlugCall {
  const [target] = call.args
  const { span } = call
  const name = target?.kind === 'atom' ? atomName(target) : undefined
  if (name !== undefined) {
    const module = functionOf(owner, name, 2)
      ? owner
      : code.modules.find((one) => isWrittenOut(one, name) && functionOf(one, name, 2))
    return { span, call, named: undefined, handler: module && { module, name } }
  }
  const named = aliasName(target, owner.aliases, owner.name)
  const module = named === undefined ? undefined : code.module(named)
  return { span, call, named, handler: module && { module, name: 'call' } }
}

/** The plugs of a pipeline of a router; of a function that `pipe_through` names in place of one, the function. */
export function plugsOfPipeline(router: ModuleDefinition, name: string, code: Code): readonly PlugCall[] {
  const pipelines = calls(router.body, 'pipeline').filter((call) => atomName(call.args[0]) === name)
  if (pipelines.length === 0) {
    for (const call of calls(router.body, 'pipe_through')) {
      const [names] = call.args
      const named = (names?.kind === 'list' ? names.items : call.args).find((one) => atomName(one) === name)
      if (named) return [plugOf({ ...call, args: [named], span: named.span }, router, code)]
    }
  }
  return pipelines.flatMap((call) =>
    plugsIn(bodyOf(sections(call).find(({ label }) => label === 'do')?.body), router, code),
  )
}

/** Whether nodes mention a request path: as text, or as the list of its parts. */
export function mentionsPath(nodes: Node | readonly Node[], path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '')
  const bare = `/${parts.join('/')}`
  let found = false
  walk(nodes, (node) => {
    if (node.kind === 'string') {
      const text = stringText(node)
      if (text === bare || text === `${bare}/`) found = true
    } else if (node.kind === 'list' && parts.length > 0 && node.items.length === parts.length) {
      if (node.items.every((item, index) => stringText(item) === parts[index])) found = true
    } else if (node.kind === 'sigil' && /^[wW]$/.test(node.name)) {
      const [part] = node.parts
      const words = part?.kind === 'text' ? part.text.split(/\s+/) : []
      if (words.includes(bare) || (parts.length === 1 && words.includes(parts[0] ?? ''))) found = true
    }
    return !found
  })
  return found
}
