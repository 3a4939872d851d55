import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { bodyOf, keywordGet, optionsOf, sections, walk } from '../../languages/elixir/syntax/query.ts'
import type { Span } from '../../text/source.ts'
import { routesOf } from './router.ts'
import { bodiesOf } from './run-time.ts'

/** A module that code names, and what comes of it where there is none: the compiler stops, a request or a call fails. */
export interface NamedModule {
  /** In full. */
  readonly name: string
  readonly span: Span
  readonly needs: 'compiler' | 'request' | 'call'
  /** The function in which it stands. */
  readonly from: FunctionDefinition | undefined
  /** Whether a macro brings it to where it is used. */
  readonly isQuoted: boolean
  /** Whether a route hands requests on to it, which mostly is a library. */
  readonly isForwarded?: boolean
}

/** The modules that a module cannot do without, in order of kind. */
export function modulesNamedIn(module: ModuleDefinition): readonly NamedModule[] {
  const named = (node: Node | undefined, needs: NamedModule['needs'], from?: FunctionDefinition, isQuoted = false) => {
    const name = node?.kind === 'alias' ? aliasName(node, module.aliases, module.name) : undefined
    return name === undefined || node === undefined ? [] : [{ name, span: node.span, needs, from, isQuoted }]
  }
  const loaded = (call: CallNode, from?: FunctionDefinition, isQuoted = false) => {
    const [target] = call.args
    const isMany = target?.kind === 'call' && target.name === '{}'
    return isMany ? [] : named(target, 'compiler', from, isQuoted)
  }
  const atTop = module.body.flatMap((node) => {
    if (node.kind !== 'call' || node.target) return []
    const adapter = node.name === 'use' ? named(keywordGet(optionsOf(node), 'adapter'), 'compiler') : []
    if (/^(use|import|require)$/.test(node.name)) return [...loaded(node), ...adapter]
    const plugs = node.name === 'pipeline' ? bodyOf(sections(node).find(({ label }) => label === 'do')?.body) : [node]
    return plugs.flatMap((plug) =>
      plug.kind === 'call' && !plug.target && plug.name === 'plug' ? named(plug.args[0], 'compiler') : [],
    )
  })
  const inFunctions = module.functions.flatMap((definition) => {
    const found: NamedModule[] = []
    const visit = (isQuoted: boolean) => (node: Node) => {
      if (node.kind === 'call' && node.name === 'quote' && !node.target) {
        if (!isQuoted)
          walk(
            sections(node).map(({ body }) => body),
            visit(true),
          )
        return false
      }
      if (node.kind === 'call' && !node.target && /^(use|import|require)$/.test(node.name))
        found.push(...loaded(node, definition, isQuoted))
      else if (node.kind === 'map') found.push(...named(node.struct, 'compiler', definition, isQuoted))
      else if (node.kind === 'call') found.push(...named(node.target, 'call', definition, isQuoted))
      // What is asked for may not be there.
      return !(node.kind === 'call' && node.name === 'try' && !node.target)
    }
    walk(bodiesOf(definition), visit(false))
    return found
  })
  // Behind a condition stand the routes for development.
  const always = module.body.filter((node) => node.kind !== 'call' || !/^(if|unless)$/.test(node.name))
  const routes = routesOf(module, always).flatMap(({ module: name, handler, verb }) =>
    name === undefined || handler === undefined
      ? []
      : [
          {
            name,
            span: handler,
            needs: verb === 'forward' ? 'compiler' : 'request',
            isForwarded: verb === 'forward',
            from: undefined,
            isQuoted: false,
          } as const,
        ],
  )
  return [...atTop, ...routes, ...inFunctions]
}

/** A module that stands as a child in a list. */
export interface ListedChild {
  /** In full. */
  readonly name: string
  readonly span: Span
  /** The list, and what of it is the child. */
  readonly list: Node
  readonly item: Node
}

/** The modules that a function lists as children of a supervisor (Supervisor, "Child specification"). */
export function childrenIn(definition: FunctionDefinition, module: ModuleDefinition): readonly ListedChild[] {
  const found: ListedChild[] = []
  const add = (child: Node, list: Node, item = child): void => {
    const first = child.kind === 'tuple' ? child.items[0] : child
    const [wrapped] = child.kind === 'call' && /^(child_spec|worker|supervisor)$/.test(child.name) ? child.args : []
    if (wrapped) add(wrapped, list, item)
    const name = first?.kind === 'alias' ? aliasName(first, module.aliases, module.name) : undefined
    if (first && name !== undefined) found.push({ name, span: first.span, list, item })
  }
  walk(bodiesOf(definition), (node) => {
    if (node.kind === 'list') {
      for (const item of node.items) if (!(item.kind === 'tuple' && item.keyword)) add(item, node)
      return false
    }
    if (node.kind === 'tuple' || node.kind === 'map' || node.kind === 'fn') return false
    return node.kind !== 'call' || holdsChildren.test(node.name)
  })
  return found
}

/** What children are started with: `{Module, argument}`; of a supervisor it may be a list of children. */
export function childArgumentsIn(definition: FunctionDefinition, module: ModuleDefinition): readonly Node[] {
  const found: Node[] = []
  walk(bodiesOf(definition), (node) => {
    const first = node.kind === 'tuple' && !node.keyword ? node.items[0] : undefined
    const name = first?.kind === 'alias' ? aliasName(first, module.aliases, module.name) : undefined
    if (node.kind === 'tuple' && name !== undefined && !name.endsWith('Supervisor')) found.push(...node.items.slice(1))
  })
  return found
}

/** What may stand around a list of children. */
const holdsChildren = /^(start_link|init|if|unless|case|cond|concat|flatten|reject|filter|then|\|>)$/
