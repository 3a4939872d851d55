import { pairKey } from '../../languages/elixir/values/map.ts'
import { isFollowed } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { hasInit } from '../../model/boot/endpoint.ts'
import type { ProbeRequest } from '../../model/container/container.ts'
import { guardOf } from '../../model/facts/health/guards.ts'
import { portsByDefault, portsOf } from '../../model/facts/health/own-ports.ts'
import { type AskedRequest, canFail, failsUnanswered, requestsOf } from '../../model/facts/health/requests.ts'
import { mayBeProxied } from '../../model/facts/neighbours/proxies.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import { listensElsewhere } from '../../model/phoenix/servers.ts'
import type { Project } from '../../model/project/project.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { healthRoute } from '../edits/health-route.ts'
import { partInstead } from '../edits/literal.ts'
import { healthPath } from '../edits/probe.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-unreachable',
  gotcha: 'health',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'whether the request or the app is to change is yours to say',
  ofImages: true,
  summary: 'the health check asks what the app does not serve',
  incident:
    'The app works and the container is unhealthy for ever: it gets no traffic, or is restarted again and again.',
  remedy: 'Let the health check ask a route, a port and a host that the endpoint answers without a login',
  why: `A path that no plug of the endpoint and no route of its router takes is answered with 404, and on a port on which
the endpoint does not listen nobody answers at all. To a health check both mean that the app is broken.`,
  links: ['https://hexdocs.pm/phoenix/routing.html', 'https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      title: 'a path that is no route',
      on: 'health',
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -fsS http://localhost:4000/healthz
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a port on which nobody listens',
      on: 'health',
      bad: `
        -- Dockerfile: HEALTHCHECK CMD curl -fsS http://localhost:4000/health --
        HEALTHCHECK CMD curl -fsS http://localhost:8080/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const asked of requestsOf(project)) {
      if (!failsUnanswered(asked.probe)) continue
      const unanswered = noPort(asked) ?? closedPort(project, asked) ?? closedAddress(asked)
      const found =
        unanswered ?? (canFail(asked.probe) ? (noRoute(project, asked) ?? refused(project, asked)) : undefined)
      if (found) yield found
    }
  },
})

/** A URL whose port is no number: `http://localhost:4000health`, or a variable where no shell puts its value. */
function noPort({ request, probe }: AskedRequest): Finding | undefined {
  const { command } = request.step
  const words = command.kind === 'program' ? command.argv : []
  const port = words
    .map((word) => /^https?:\/\/(?:\[[^\]]*\]|[^/:@[\]]+):([^/?#@]*[^\d/?#@][^/?#@]*)([/?#]|$)/.exec(word ?? '')?.[1])
    .find(Boolean)
  if (port === undefined) return undefined
  return {
    message: `the health check asks port \`${port}\`, which is no number`,
    span: request.span,
    related: probe.via,
  }
}

/** A request by IPv6, where the endpoint listens on an address of IPv4, as it does without `ip:`. */
function closedAddress({ deployment, request, probe }: AskedRequest): Finding | undefined {
  const { boot } = deployment
  if (!/^\[?::1?\]?$/.test(request.host) || !isFollowed(boot)) return undefined
  const [endpoint, more] = boot.endpoints
  const options = endpoint?.at('http')
  if (!endpoint || more || options?.kind !== 'list' || hasInit(endpoint) || isProxied(deployment, request))
    return undefined
  const ip = endpoint.at('http', 'ip')
  const isIpv4 = options.items.every((item) => /^(port|ip|http_\w+|protocol_options)$/.test(pairKey(item) ?? ''))
  if (!isIpv4 || options.tail || (ip && (ip.kind !== 'tuple' || ip.items.length !== 4))) return undefined
  return {
    message: `the health check asks \`${request.host}\`, and the app listens on IPv4 only`,
    span: request.span,
    related: [...probe.via, ...(ip?.trail ?? [])],
  }
}

function noRoute(project: Project, asked: AskedRequest): Finding | undefined {
  const { request, probe, answer, deployment, unrouted } = asked
  if (answer.kind !== 'none' && !unrouted) return undefined
  const own = portsOf(deployment.boot)
  const isOwn = request.port.kind === 'known' && own.kind === 'known' && own.value.includes(request.port.value)
  if (!isOwn && listensElsewhere(project.code)) return undefined
  if (unrouted)
    return {
      message: `the health check asks \`${request.path}\`, and \`${unrouted.name}\` has no plug that answers: it asks no router`,
      span: request.span,
      related: [...probe.via, { span: unrouted.nameSpan, text: 'none of its plugs is a router' }],
    }
  if (answer.kind !== 'none') return undefined
  return {
    message: `the health check asks \`${request.path}\`, which is no route of \`${answer.router.name}\``,
    span: request.span,
    related: [...probe.via, { span: answer.router.nameSpan, text: 'no route here takes it' }],
    fixes: answering(project, request),
  }
}

/** A request without a password or a session, which a plug before the route asks for. */
function refused(project: Project, { request, probe, answer }: AskedRequest): Finding | undefined {
  if (answer.kind !== 'handled') return undefined
  const { command } = request.step
  const authorized =
    command.kind === 'program' && command.argv.some((arg) => /^(-u|--user|-H|--header|-b|--cookie)/.test(arg ?? ''))
  const plug = answer.before.find((one) => guardOf(project, one) !== undefined)
  if (plug === undefined || authorized) return undefined
  const guard = guardOf(project, plug)
  const login = guard === 'login'
  return {
    message: login
      ? `the health check asks \`${request.path}\` without a session, and the route is for those who have logged in`
      : `the health check asks \`${request.path}\` without a password, and basic authentication answers 401`,
    span: request.span,
    related: [
      ...probe.via,
      ...answer.trail,
      { span: plug.span, text: `the ${login ? 'session' : 'password'} is asked for here` },
    ],
    ...(guard === 'password' ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

function closedPort(project: Project, { deployment, request, probe }: AskedRequest): Finding | undefined {
  const { port } = request
  const listening = portsOf(deployment.boot)
  const told = listening.kind === 'unknown' ? portsByDefault(project, deployment) : undefined
  const own = told?.ports ?? listening
  if (port.kind !== 'known' || own.kind !== 'known') return undefined
  const { value: ports, trail } = own
  if (ports.length === 0 || ports.includes(port.value)) return undefined
  if (listensElsewhere(project.code) || isProxied(deployment, request)) return undefined
  const found = {
    message: `the health check asks port ${port.value}, and the app listens on ${ports.join(' and ')}`,
    span: request.span,
    related: [...probe.via, ...trail],
    fixes: asking(request, portIn(port.value), ports.length === 1 ? ports[0] : undefined),
  }
  if (told === undefined) return found
  // Who says the port twice means it, and starts the container so.
  const isMeant = exposes(deployment, port.value)
  return {
    ...found,
    message: `${found.message} wherever ${listed(told.names)} ${told.names.length === 1 ? 'is' : 'are'} not set`,
    severity: isMeant ? 'info' : 'warning',
    certainty: 'likely',
  }
}

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' and ')

const exposes = ({ ships }: Deployment, wanted: string): boolean =>
  ships?.stage.instructions.some(
    (one) => one.keyword === 'EXPOSE' && one.ports.some(({ text }) => text.replace(/\/.*/, '') === wanted),
  ) ?? false

/** Whether another program of the container may listen on the port: a proxy, or what its start runs out of view. */
const isProxied = (deployment: Deployment, { step }: ProbeRequest): boolean =>
  step.command.kind !== 'program' ||
  deployment.start.some(({ command }) => command.kind === 'unknown') ||
  mayBeProxied(deployment)

const escaped = (text: string) => text.replace(/[^\w/]/g, '\\$&')
const pathIn = ({ path }: ProbeRequest) => new RegExp(`(?<=[\\w\\]])${escaped(path)}(?![\\w/?-])`)
const portIn = (port: string) => new RegExp(`(?<=:)${port}(?!\\d)`)

/** The fix that asks what is there. */
function asking(request: ProbeRequest, part: RegExp, text: string | undefined): readonly Fix[] {
  const edit = text === undefined || request.path === '' ? undefined : partInstead(request.span, part, text)
  if (text === undefined || edit === undefined) return []
  const title = `Ask ${/^\d+$/.test(text) ? `port ${text}` : `\`${text}\``}`
  return [{ title, safety: 'unsafe', edits: [edit] }]
}

/** The fix for a path that is no route: the route that is there for it, or a new one. */
function answering(project: Project, request: ProbeRequest): readonly Fix[] {
  if (healthRoutesOf(project.code).length > 0) return asking(request, pathIn(request), healthPath(project))
  const edits = healthRoute(project, request.path)
  return edits ? [{ title: `Answer \`${request.path}\``, safety: 'unsafe', edits }] : []
}
