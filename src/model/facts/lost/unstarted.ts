import { isUnder } from '../../../files/folders.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, keywordGet } from '../../../languages/elixir/syntax/query.ts'
import { isWithin, type Span, textOf } from '../../../text/source.ts'
import { absenceIn } from '../../boot/absent-module.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { definedEndpoints } from '../../boot/endpoint.ts'
import { placeOf, trailOf } from '../../boot/trail.ts'
import { functionOf } from '../../phoenix/code.ts'
import type { MixApp } from '../../phoenix/mix.ts'
import { childArgumentsIn, childrenIn } from '../../phoenix/named-modules.ts'
import { type OutsideCall, reachOf } from '../../phoenix/reach.ts'
import { startedBy } from '../../phoenix/released.ts'

/** A part of the app that nothing starts. */
export interface Unstarted {
  /** `release`: no release has the app that the endpoint is of. */
  readonly what: 'application' | 'endpoint' | 'release' | 'pubsub' | 'repo'
  readonly name: string
  /** Where it is defined, or where the config names it. */
  readonly defined: Span
  /** Where it should be named. */
  readonly span: Span
}

/** What of a deployment's app nothing starts: its callback module, or each of its endpoints, repos and servers of PubSub. */
export function unstartedOf(deployment: Deployment): readonly Unstarted[] {
  const { app, code } = deployment
  if (app === undefined) return []
  const apps = [app, ...app.children]
  if (code.unread.length > 0 || apps.some(({ unread }) => unread)) return []
  const uncalled = apps.flatMap((one) => uncalledOf(one, deployment))
  if (uncalled.length > 0) return uncalled
  const outside = notReleasedOf(deployment, app)
  if (outside.length > 0) return outside
  const roots = apps.flatMap(({ applicationModule }) => code.module(applicationModule ?? '') ?? [])
  const starts = roots.flatMap((module) => ({ module, start: functionOf(module, 'start', 2) }))
  const [first] = starts
  if (
    first?.start === undefined ||
    starts.some(({ module, start }) => !start || childrenIn(start, module).length === 0)
  )
    return []
  // What is listed under a name that no module has may be meant.
  const absence = absenceIn(deployment.world)(code)
  if (starts.some(({ module, start }) => start && childrenIn(start, module).some(({ name }) => absence(name))))
    return []
  const at = first.start.clauses[0]?.call.args[0]?.span ?? first.module.nameSpan
  const bodies = starts.flatMap(({ module, start }) => (start ? [openTextOf(start, module)] : []))
  const pubSubs = pubSubsOf(deployment, bodies, at)
  const started = namedFrom(roots, deployment)
  if (started === undefined) return pubSubs
  const endpoints = definedEndpoints(code, app)
  const lost = endpoints.some(({ module }) => started.has(module.name))
    ? []
    : endpoints.map(({ module }) => ({ what: 'endpoint' as const, ...definedBy(module), span: at }))
  const repos = askedRepos(deployment).filter(({ name }) => !started.has(name))
  return [...lost, ...repos.map((module) => ({ what: 'repo' as const, ...definedBy(module), span: at })), ...pubSubs]
}

/** The repos of `ecto_repos` that code asks. */
function askedRepos({ app, boot, code }: Deployment): readonly ModuleDefinition[] {
  return code.using('Ecto.Repo').filter(({ name, span, uses }) => {
    const options = uses.find(({ module }) => module === 'Ecto.Repo')?.options
    const owner = atomName(keywordGet(options, 'otp_app'))
    if (![app, ...(app?.children ?? [])].some((one) => one?.name !== undefined && one.name === owner)) return false
    const asked = new RegExp(`(?<![\\w.])(${name}|${name.split('.').at(-1)})(\\.[a-z]|[,)])`)
    const listed = [app, ...(app?.children ?? [])].some((one) => {
      const repos = one?.name === undefined ? undefined : boot?.at(one.name, 'ecto_repos')
      return (
        repos?.kind === 'list' && repos.items.some((item) => item.kind === 'atom' && item.name === `Elixir.${name}`)
      )
    })
    return listed && code.modules.some((other) => other.span !== span && asked.test(withoutComments(other.span)))
  })
}

const withoutComments = (at: Span): string => textOf(at).replace(/^[ \t]*#.*$/gm, '')

/** The text of a function without what children are started with: what is left decides which children there are. */
function openTextOf(definition: FunctionDefinition, module: ModuleDefinition): string {
  let text = definition.clauses.map(({ call }) => textOf(call.span)).join('\n')
  for (const { span } of childArgumentsIn(definition, module)) text = text.replace(textOf(span), '')
  return text
}

const definedBy = ({ name, nameSpan }: ModuleDefinition) => ({ name, defined: nameSpan })

/** The servers of PubSub that the config of an endpoint names, where what the applications start is a list that is written out. */
function pubSubsOf({ boot, code }: Deployment, starts: readonly string[], at: Span): readonly Unstarted[] {
  const isOpen = starts.some((text) =>
    /\+\+|\|>|\b(Enum|List|Application|System|Code|Mix)\.|\b(if|case|cond|for)\b/.test(text),
  )
  if (isOpen) return []
  return (boot?.endpoints ?? []).flatMap(({ at: key }): readonly Unstarted[] => {
    const server = key('pubsub_server')
    const defined = server && placeOf(trailOf(server))?.span
    if (server?.kind !== 'atom' || defined === undefined || !server.name.startsWith('Elixir.')) return []
    const name = server.name.replace('Elixir.', '')
    const started = new RegExp(`(name:|\\[) *(${name}|${name.split('.').at(-1)}|__MODULE__|@\\w+|[a-z]\\w*)(?![\\w.])`)
    const isStarted = code.modules.some(
      ({ span }) => /PubSub/.test(textOf(span)) && started.test(withoutComments(span)),
    )
    return isStarted ? [] : [{ what: 'pubsub', name, defined, span: at }]
  })
}

/** The endpoints of an umbrella whose apps none of its releases starts. */
function notReleasedOf({ code, release }: Deployment, app: MixApp): readonly Unstarted[] {
  const whole = release?.app
  const defined = app.releases.find(({ name }) => name === release?.name)
  const span = defined?.applications?.span
  if (!whole || !app.notStarted || span === undefined || definedEndpoints(code, app).length > 0) return []
  const started = whole.releases.flatMap((one) => startedBy(one, whole) ?? whole.children)
  const endpoints = definedEndpoints(code, whole).filter(({ otpApp }) => !started.some(({ name }) => name === otpApp))
  return endpoints.map(({ module }) => ({ what: 'release', ...definedBy(module), span }))
}

/** The callback module of an application whose mix.exs names none. */
function uncalledOf(app: MixApp, { code }: Deployment): readonly Unstarted[] {
  if (app.callback !== 'none' || app.unread || app.umbrella) return []
  const own = code
    .using('Application')
    .filter((module) => isUnder(module.span.source.path, app.folder) && functionOf(module, 'start', 2))
  const [module, ...others] = own
  return module && others.length === 0
    ? [{ what: 'application', ...definedBy(module), span: app.applicationSpan ?? module.nameSpan }]
    : []
}

/** Whether what a call gives may be a module that is started. */
function mayName({ node, module, from }: OutsideCall, roots: readonly ModuleDefinition[]): boolean {
  if (module === undefined || /^(Module|Code|:application)$/.test(module)) return true
  if (module !== 'Application' || (node.kind === 'call' && /^(load|put_env|spec)$/.test(node.name))) return false
  // What migrates asks for the repos and starts them for a moment.
  if (textOf(node.span).includes(':ecto_repos') && !roots.includes(from.module)) return false
  return childArgumentsIn(from.definition, from.module).every(({ span }) => !isWithin(node.span, span))
}

/** The modules that the start of the applications names, and the modules that they name; undefined where not all is in view. */
function namedFrom(roots: readonly ModuleDefinition[], { code }: Deployment): ReadonlySet<string> | undefined {
  const found = new Set(roots.map(({ name }) => name))
  const waiting = [...roots]
  for (let module = waiting.pop(); module; module = waiting.pop()) {
    for (const { name, arity } of module.functions) {
      if (roots.includes(module) && name !== 'start') continue
      const { named, hidden, outside } = reachOf(code, { module, name, arity })
      if (hidden || outside.some((call) => mayName(call, roots))) return undefined
      for (const one of named) {
        const next = found.has(one) ? undefined : code.module(one)
        found.add(one)
        if (next) waiting.push(next)
      }
    }
  }
  return found
}
