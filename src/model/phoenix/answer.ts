import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { sections } from '../../languages/elixir/syntax/query.ts'
import type { Label } from '../../text/diagnostic.ts'
import { type Code, functionOf } from './code.ts'
import { mentionsPath, type PlugCall, plugsIn, plugsOfPipeline } from './plugs.ts'
import { matches, type Route, routesOf } from './router.ts'

/** What the endpoint does with a GET request. */
export type RouteAnswer =
  /** A function of the project answers; `before` are the plugs that see the request first. */
  | {
      readonly kind: 'handled'
      readonly module: ModuleDefinition
      readonly name: string
      readonly before: readonly PlugCall[]
      readonly trail: readonly Label[]
    }
  /** No plug and no route takes it: 404. */
  | { readonly kind: 'none'; readonly router: ModuleDefinition; readonly before: readonly PlugCall[] }
  | { readonly kind: 'unknown' }

const unknown: RouteAnswer = { kind: 'unknown' }

/** Plugs of libraries that pass every request on, or that are no matter for a health check. */
const passing =
  /^(Plug(?!\.(Static|HealthCheck|Router))|Phoenix(?!\.Ecto)|Sentry|Corsica|CORSPlug|RemoteIp|PromEx|Logster|LoggerJSON|Absinthe|Tidewave|NewRelic|Appsignal|Honeybadger|Spandex|OpentelemetryPhoenix|Guardian|Ueberauth|Pow|Hammer|Unplug|PlugCanonicalHost|SiteEncrypt|Beacon|Gettext|Cldr|SetLocale)(\.|$)/

/** Who answers a GET of `path`, by the plugs of the endpoint and the routes of its router. */
export function answerTo(code: Code, endpoint: ModuleDefinition, path: string): RouteAnswer {
  const clean = path.replace(/[?#].*/s, '')
  if (/\.\w+$/.test(clean)) return unknown
  return answerOf(code, clean, plugsIn(endpoint.body, endpoint, code), [])
}

function answerOf(code: Code, path: string, plugs: readonly PlugCall[], before: readonly PlugCall[]): RouteAnswer {
  const seen = [...before]
  let sure = true
  for (const plug of plugs) {
    const { handler, named, call } = plug
    const trail = [{ span: plug.span, text: 'this plug answers it' }]
    if (handler && isRouter(code, handler.module)) {
      const answer = answerOfRouter(code, handler.module, path, seen)
      return answer.kind === 'none' && !sure ? unknown : answer
    }
    const options = call.args.slice(1)
    if (handler) {
      const own = handler.name === 'call' ? handler.module.body : bodiesOf(handler.module, handler.name)
      if (mentionsPath(own, path) || mentionsPath(options, path)) {
        if (!functionOf(handler.module, handler.name)) return unknown
        return { kind: 'handled', ...handler, before: seen, trail }
      }
    } else if (mentionsPath(options, path) || /health|heartbeat|ping|checkup/i.test(named ?? '')) {
      return unknown
    } else if (named !== undefined && !passing.test(named) && named !== 'Plug.Static') sure = false
    seen.push(plug)
  }
  return unknown
}

const bodiesOf = (module: ModuleDefinition, name: string) =>
  functionOf(module, name)?.clauses.map((clause) => clause.call) ?? []

const isRouter = (code: Code, module: ModuleDefinition) =>
  routersIn(code).includes(module) || code.using('Plug.Router').includes(module)

const asked = /^(get|head|match|forward|resources|live)$/

/** The routers of Phoenix in the code. */
export const routersIn = (code: Code): readonly ModuleDefinition[] => code.using('Phoenix.Router', 'router')

/** Who answers a GET of `path` by the routes of a router, behind the plugs `before`. */
export function answerOfRouter(
  code: Code,
  router: ModuleDefinition,
  path: string,
  before: readonly PlugCall[] = [],
): RouteAnswer {
  if (code.using('Plug.Router').includes(router)) return unknown
  const route = routesOf(router).find((one) => asked.test(one.verb) && (one.path === undefined || matches(one, path)))
  if (route === undefined) return isOpen(router) ? unknown : { kind: 'none', router, before }
  if (route.path === undefined || route.module === undefined || route.verb === 'live') return unknown
  const module = code.module(route.module)
  if (module === undefined) return unknown
  const piped = route.pipelines.flatMap((name) => plugsOfPipeline(router, name, code))
  const seen = [...before, ...piped, ...plugsIn(module.body, module, code)]
  const trail = [{ span: route.span, text: `this route answers \`${path}\`` }]
  if (route.verb === 'forward' && isRouter(code, module)) {
    const answer = answerOfRouter(code, module, rest(route, path), [...before, ...piped])
    return answer.kind === 'handled' ? { ...answer, trail: [...trail, ...answer.trail] } : unknown
  }
  const name = nameOf(route, module)
  return name === undefined ? unknown : { kind: 'handled', module, name, before: seen, trail }
}

/** The action, or `call` of a module plug. */
function nameOf(route: Route, module: ModuleDefinition): string | undefined {
  const action = route.verb === 'resources' ? 'index' : route.action
  if (action !== undefined && functionOf(module, action)) return action
  return functionOf(module, 'call', 2) ? 'call' : undefined
}

function rest(route: Route, path: string): string {
  const taken = (route.path ?? '').split('/').filter((part) => part !== '').length
  return `/${path
    .split('/')
    .filter((part) => part !== '')
    .slice(taken)
    .join('/')}`
}

const macros =
  /^(use|import|alias|require|pipeline|pipe_through|plug|scope|get|post|put|patch|delete|options|head|connect|trace|match|forward|resources|live|live_session|live_dashboard|if|unless|def|defp|defmacro|@|moduledoc)$/

/** Whether macros of others may define routes in a router. */
function isOpen(router: ModuleDefinition): boolean {
  const opens = (nodes: ModuleDefinition['body']): boolean =>
    nodes.some((node) => {
      if (node.kind === 'attribute') return false
      if (node.kind !== 'call' || node.target || !macros.test(node.name)) return true
      if (node.name === 'use') {
        const used = aliasName(node.args[0], router.aliases, router.name)
        return used !== 'Phoenix.Router' && node.args[1]?.kind !== 'atom'
      }
      if (!/^(scope|live_session|if|unless)$/.test(node.name)) return false
      return sections(node).some(({ body }) => opens(body.kind === 'block' ? body.body : [body]))
    })
  return opens(router.body)
}

/** The routes of the project that look like they were made for health checks. */
export const healthRoutesOf = (code: Code): readonly Route[] =>
  routersIn(code)
    .flatMap((router) => routesOf(router))
    .filter(
      ({ verb, path }) =>
        /^(get|match|forward)$/.test(verb) &&
        /\/(_?health[\w-]*|readyz?|livez?|up|_?status|ping)(\/|$)/.test(path ?? ''),
    )
