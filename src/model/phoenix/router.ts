import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, bodyOf, keywordGet, optionsOf, sections, stringText } from '../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../text/once.ts'
import type { Span } from '../../text/source.ts'

/** A route of a router (Phoenix.Router). */
export interface Route {
  /** `get`, `forward`, `live` … */
  readonly verb: string
  /** With the scopes around it, such as `/api/health`; undefined where it is put together. */
  readonly path: string | undefined
  /** The controller, plug or LiveView in full. */
  readonly module: string | undefined
  /** Where that stands, where any request comes to it. */
  readonly handler: Span | undefined
  readonly action: string | undefined
  readonly actionSpan: Span | undefined
  /** What `pipe_through` names, outermost first. */
  readonly pipelines: readonly string[]
  readonly span: Span
}

const verbs = /^(get|post|put|patch|delete|options|head|match|live|forward|resources)$/

const routing = /(^|[\n\r;]|\bdo:?)[ \t(]*(get|post|put|patch|delete|options|head|match|live|forward|resources)[\s(]/

/** Whether a module may have routes: without one of these words at the beginning of an expression it has none. */
export const mayRoute = oncePer(({ span: { source } }: ModuleDefinition): boolean => routing.test(source.text))

/** The routes of a router, or of a part of its `body`, in order. */
export function routesOf(router: ModuleDefinition, body = router.body): readonly Route[] {
  const routes: Route[] = []
  visit(body, { path: '', module: '', pipelines: [] })
  return routes

  function visit(nodes: readonly Node[], outer: RouteScope): void {
    let scope = outer
    for (const node of nodes) {
      if (node.kind !== 'call' || node.target) continue
      const inside = bodyOf(sections(node).find((section) => section.label === 'do')?.body)
      if (node.name === 'pipe_through') scope = { ...scope, pipelines: [...scope.pipelines, ...namesIn(node.args[0])] }
      else if (node.name === 'scope') visit(inside, scopeOf(node, scope, router))
      else if (verbs.test(node.name)) routes.push(routeOf(node, scope, router))
      else if (inside.length > 0 && node.name !== 'pipeline') visit(inside, scope)
    }
  }
}

interface RouteScope {
  readonly path: string | undefined
  readonly module: string
  readonly pipelines: readonly string[]
}

function scopeOf(call: CallNode, outer: RouteScope, router: ModuleDefinition): RouteScope {
  const options = optionsOf(call)
  const first = call.args[0]
  const path = first?.kind === 'list' ? (stringText(keywordGet(options, 'path')) ?? '') : stringText(first)
  const second = call.args[1]
  const named = second?.kind === 'alias' ? second : keywordGet(options, 'alias')
  const module = named?.kind === 'alias' ? aliasName(named, router.aliases, router.name) : undefined
  return {
    ...outer,
    path: joined(outer.path, path),
    module: isUnaliased(options) ? '' : module === undefined ? outer.module : nested(outer.module, module),
  }
}

function routeOf(call: CallNode, scope: RouteScope, router: ModuleDefinition): Route {
  const [first, ...rest] = call.name === 'match' ? call.args.slice(1) : call.args
  const target = rest[0]
  const module =
    target && (target.kind === 'alias' || target.kind === 'variable')
      ? aliasName(target, router.aliases, router.name)
      : undefined
  return {
    verb: call.name,
    path: joined(scope.path, stringText(first)),
    module: module === undefined ? undefined : nested(isUnaliased(optionsOf(call)) ? '' : scope.module, module),
    handler: module === undefined || isNone(keywordGet(optionsOf(call), 'only')) ? undefined : target?.span,
    action: atomName(rest[1]),
    actionSpan: rest[1]?.span,
    pipelines: scope.pipelines,
    span: call.span,
  }
}

const isNone = (actions: Node | undefined): boolean => actions?.kind === 'list' && actions.items.length === 0

/** Whether `alias: false` takes away what the scopes around set before names. */
const isUnaliased = (options: Node | undefined): boolean => atomName(keywordGet(options, 'alias')) === 'false'

const nested = (outer: string, module: string) => (outer === '' ? module : `${outer}.${module}`)

function joined(outer: string | undefined, path: string | undefined): string | undefined {
  if (outer === undefined || path === undefined) return undefined
  return `/${[...outer.split('/'), ...path.split('/')].filter((part) => part !== '').join('/')}`
}

function namesIn(node: Node | undefined): readonly string[] {
  return node?.kind === 'list'
    ? node.items.flatMap((item) => atomName(item) ?? [])
    : atomName(node) === undefined
      ? []
      : [atomName(node) ?? '']
}

/** Whether a request for `path` reaches the route: `:id` and `*rest` match anything, `forward` all below. */
export function matches(route: Route, path: string): boolean {
  if (route.path === undefined) return false
  const wanted = path
    .replace(/[?#].*/s, '')
    .split('/')
    .filter((part) => part !== '')
  const pattern = route.path.split('/').filter((part) => part !== '')
  if (route.verb === 'forward') return pattern.every((part, index) => part === wanted[index])
  if (pattern.at(-1)?.startsWith('*')) return pattern.slice(0, -1).every((part, index) => fits(part, wanted[index]))
  return pattern.length === wanted.length && pattern.every((part, index) => fits(part, wanted[index]))
}

const fits = (pattern: string, part: string | undefined) =>
  part !== undefined && (pattern.startsWith(':') || pattern === part)
