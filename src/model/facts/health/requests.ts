import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { nearest } from '../../../text/nearest.ts'
import { absenceIn } from '../../boot/absent-module.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Probe, ProbeRequest } from '../../container/container.ts'
import { answerOfRouter, answerTo, type RouteAnswer, routersIn } from '../../phoenix/answer.ts'
import { type AsksDatabase, asksDatabase } from '../../phoenix/database.ts'
import { type PlugCall, plugsIn } from '../../phoenix/plugs.ts'
import { isUnrouted } from '../../phoenix/unrouted.ts'
import type { Project } from '../../project/project.ts'
import type { Service } from '../../services/service.ts'
import type { Step } from '../../stage-files/step.ts'
import { allBootsOf } from '../boots.ts'
import { lostFunctionsIn } from '../lost/functions.ts'

/** A request of a health check to the app, and what the app does with it. */
export interface AskedRequest {
  readonly deployment: Deployment
  readonly probe: Probe
  readonly request: ProbeRequest
  /** Where nothing hands it to a router, what that would do. */
  readonly answer: RouteAnswer
  /** The endpoint that hands it to nobody. */
  readonly unrouted: ModuleDefinition | undefined
}

/** The requests that the health checks of production make to the app itself. */
export function* requestsOf(project: Project): Generator<AskedRequest, void> {
  for (const deployment of project.deployments) {
    for (const probe of deployment.health) {
      for (const request of probe.requests) {
        if (!isOwn(request, deployment)) continue
        const answer = answerOf(project, deployment, request.path)
        yield { deployment, probe, request, answer, unrouted: unroutedOf(project, deployment) }
      }
    }
  }
}

/** What the app of a deployment does with a request of a path. */
export function answerOf(project: Project, deployment: Deployment, path: string): RouteAnswer {
  const { code } = deployment
  const endpoints = endpointsOf(project, deployment)
  const isLost =
    isEndpointLost(deployment) ||
    unroutedOf(project, deployment) !== undefined ||
    endpoints.some((endpoint) => isRouterLost(endpoint, deployment))
  const answers = isLost
    ? routersIn(code).map((router) => answerOfRouter(code, router, path))
    : endpoints.map((endpoint) => answerTo(code, endpoint, path))
  return (
    answers.find((one) => one.kind === 'handled') ??
    answers.find((one) => one.kind === 'unknown') ??
    answers[0] ?? { kind: 'unknown' }
  )
}

/** The one endpoint of a deployment, where it hands requests to nobody. */
function unroutedOf(project: Project, deployment: Deployment): ModuleDefinition | undefined {
  const [endpoint, more] = endpointsOf(project, deployment)
  return endpoint && more === undefined && isUnrouted(deployment.code, endpoint) ? endpoint : undefined
}

/** The endpoints of the app of a deployment. */
function endpointsOf({ code, apps }: Project, { boot, app }: Deployment): readonly ModuleDefinition[] {
  const configured = boot?.endpoints.flatMap(({ module, name }) => module ?? code.module(name) ?? []) ?? []
  if (configured.length > 0) return configured
  return app || apps.length <= 1 ? code.using('Phoenix.Endpoint') : []
}

/** Whether an endpoint hands requests to a router whose name has a slip. */
const isRouterLost = (endpoint: ModuleDefinition, { code }: Deployment): boolean =>
  plugsIn(endpoint.body, endpoint, code).some(
    ({ handler, named }) =>
      handler === undefined &&
      named?.endsWith('Router') &&
      nearest(
        named,
        routersIn(code).map(({ name }) => name),
        2,
      ) !== undefined,
  )

/** Whether the config names an endpoint that there is not, or its file does not compile: its router is taken for what it would ask. */
const isEndpointLost = ({ boot, code, world }: Deployment): boolean =>
  boot?.endpoints.some(({ module, name }) => module === undefined && absenceIn(world)(code)(name) !== undefined) ===
    true ||
  lostFunctionsIn(code).some(
    ({ stops, span }) => stops === 'build' && /\buse Phoenix\.Endpoint\b/.test(span.source.text),
  )

const isOwn = ({ host }: ProbeRequest, { service }: Deployment) =>
  /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|::1)$/.test(host) || host === service?.name

/** Whether the app has a database at all: a repo, or one that the config names. */
export const hasDatabase = ({ code, apps, deployments }: Project): boolean =>
  code.using('Ecto.Repo').length > 0 ||
  deployments.some(({ boot }) =>
    apps.some(({ name }) => {
      const repos = name === undefined ? undefined : boot?.at(name, 'ecto_repos')
      return repos?.kind === 'list' && repos.items.length > 0
    }),
  )

/** Whether a plug asks the database before the request reaches the one that answers. */
export function plugAsksDatabase({ code }: Project, plug: PlugCall): AsksDatabase {
  const { handler, named } = plug
  if (handler) return asksDatabase(code, handler.module, handler.name, 2)
  if (named === 'Phoenix.Ecto.CheckRepoStatus') return 'yes'
  if (named !== undefined)
    return /^(Plug|Phoenix)\./.test(named) || !/health|check|auth|pow|session/i.test(named) ? 'no' : 'unknown'
  const [name] = plug.call.args
  return name?.kind === 'atom' && builtIn.test(name.name) ? 'no' : 'unknown'
}

const builtIn =
  /^(accepts|fetch_session|fetch_flash|fetch_live_flash|fetch_cookies|fetch_query_params|protect_from_forgery|put_secure_browser_headers|put_root_layout|put_layout|put_view|put_format|match|dispatch|delete_csrf_token|put_router_url|put_static_url|action_fallback|put_resp_content_type|put_resp_header)$/

/** Whether anything in a health check can make it fail when the app answers with an error. */
export function canFail({ steps, requests }: Probe): boolean {
  if (steps.some(decides)) return true
  // `exit 1` behind a `curl` that is content with every answer is never reached.
  const content = requests.length > 0 && requests.every(({ step }) => isContentWithAll(step))
  return !content && steps.some(isFailure)
}

/** Whether a probe fails where nothing answers, which `curl` also does without `-f`. */
export const failsUnanswered = (probe: Probe): boolean =>
  canFail(probe) || probe.steps.some((step) => isFailure(step) || (isContentWithAll(step) && !step.mayFail))

function decides({ command, mayFail }: Step): boolean {
  if (command.kind !== 'program') return !mayFail
  if (trivial.test(command.name)) return false
  return !mayFail && (command.name !== 'curl' || failsOnErrors(command.argv.slice(1)))
}

const isFailure = ({ command }: Step) =>
  command.kind === 'program' && /^(exit|return)$/.test(command.name) && (command.argv[1] ?? '0') !== '0'

/** Whether a step is a `curl` that succeeds whatever the server answers. */
export const isContentWithAll = ({ command }: Step): boolean =>
  command.kind === 'program' && command.name === 'curl' && !failsOnErrors(command.argv.slice(1))

const trivial = /^(true|:|exit|return|echo|printf|sleep|cd|set|export|>|tee|touch|cat|head|tail|wc)$/

/** Whether `curl` fails where the server answers with an error: `-f`, also among other short options. */
const failsOnErrors = (args: readonly (string | undefined)[]): boolean =>
  args.some((arg) => arg === undefined || /^--fail(-with-body)?$|^-[a-zA-Z]*f|^-K$|^--config/.test(arg))

/** Whether a deployment answers requests, as a worker does not. */
export const serves = ({ boot, service }: Deployment): boolean =>
  boot?.endpoints.some((endpoint) => endpoint.listens === 'yes') === true && !isWorkerByName(service)

/** Whether a deployment answers requests or is meant to: nobody has turned its server off. */
export function isMeantToServe(deployment: Deployment, project: Project): boolean {
  const meant = allBootsOf(project).find((one) => one.deployment === deployment)?.endpoints ?? []
  return meant.some(({ listens }) => typeof listens === 'string') && !isWorkerByName(deployment.service)
}

const isWorkerByName = (service: Service | undefined): boolean =>
  /worker|migrat|job|cron|queue|scheduler|release/i.test(service?.name ?? '')

/** The service that depends on another one being healthy. */
export function waitingFor({ services }: Project, { name, stack }: Pick<Service, 'name' | 'stack'>) {
  for (const service of services) {
    if (service.development !== undefined || service.stack !== stack) continue
    const found = service.dependsOn.find((one) => one.name === name && one.condition === 'service_healthy')
    if (found) return { name: service.name, span: found.span }
  }
  return undefined
}
