import { aliasName } from '../languages/elixir/aliases.ts'
import { pairKey } from '../languages/elixir/map.ts'
import { walk } from '../languages/elixir/query.ts'
import type { Value } from '../languages/elixir/value.ts'
import type { Deployment, ProbeRequest } from '../model/deployment.ts'
import type { Code } from '../model/phoenix/code.ts'
import type { Project } from '../model/project.ts'
import type { Finding, Label } from '../text/diagnostic.ts'
import { hasInit } from './boots.ts'
import { type AskedRequest, canFail, requestsOf } from './health.ts'
import { askingAction, healthSources, probedImage } from './health-parts.ts'
import { defineRule } from './rule.ts'

export default defineRule({
  id: 'health-unreachable',
  gotcha: 'health',
  severity: 'error',
  ofImages: true,
  summary: 'the health check asks what the app does not serve',
  incident:
    'The app works and the container is unhealthy for ever: it gets no traffic, or is restarted again and again.',
  why: `A path that no plug of the endpoint and no route of its router takes is answered with 404, and on a port on which
the endpoint does not listen nobody answers at all. To a health check both mean that the app is broken.`,
  links: ['https://hexdocs.pm/phoenix/routing.html', 'https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      title: 'a path that is no route',
      bad: `
${probedImage(`HEALTHCHECK CMD curl -fsS http://localhost:4000/healthz
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`)}
${healthSources(askingAction)}`,
      good: `
${probedImage('HEALTHCHECK CMD curl -fsS http://localhost:4000/health')}
${healthSources(askingAction)}`,
    },
    {
      title: 'a port on which nobody listens',
      bad: `
${probedImage(`HEALTHCHECK CMD curl -fsS http://localhost:8080/health
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`)}
${healthSources(askingAction)}`,
      good: `
${probedImage('HEALTHCHECK CMD curl -fsS http://localhost:4000/health')}
${healthSources(askingAction)}`,
    },
  ],
  *check(project) {
    for (const asked of requestsOf(project)) {
      if (!canFail(asked.probe)) continue
      const found = closedPort(project, asked) ?? closedAddress(asked) ?? noRoute(asked) ?? refused(asked)
      if (found) yield found
    }
  },
})

/** A request by IPv6, where the endpoint listens on an address of IPv4, as it does without `ip:`. */
function closedAddress({ deployment, request, probe }: AskedRequest): Finding | undefined {
  const { boot } = deployment
  if (!/^\[?::1?\]?$/.test(request.host) || !boot?.settled || boot.doubt !== undefined) return undefined
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

function noRoute({ request, probe, answer }: AskedRequest): Finding | undefined {
  if (answer.kind !== 'none') return undefined
  return {
    message: `the health check asks \`${request.path}\`, which is no route of \`${answer.router.name}\``,
    span: request.span,
    related: [...probe.via, { span: answer.router.nameSpan, text: 'no route here takes it' }],
  }
}

/** A request that basic authentication stops, since it has no password. */
function refused({ request, probe, answer }: AskedRequest): Finding | undefined {
  if (answer.kind !== 'handled') return undefined
  const { command } = request.step
  const authorized =
    command.kind === 'program' && command.argv.some((arg) => /^(-u|--user|-H|--header)/.test(arg ?? ''))
  const guard = answer.before.find(
    ({ handler, named, call: { args } }) =>
      named === 'Plug.BasicAuth' || (!handler && args[0]?.kind === 'atom' && args[0].name === 'basic_auth'),
  )
  if (guard === undefined || authorized) return undefined
  return {
    message: `the health check asks \`${request.path}\` without a password, and basic authentication answers 401`,
    span: request.span,
    related: [...probe.via, ...answer.trail, { span: guard.span, text: 'the password is asked for here' }],
  }
}

function closedPort({ code }: Project, { deployment, request, probe }: AskedRequest): Finding | undefined {
  const { port } = request
  const listening = portsOf(deployment)
  if (port.kind !== 'known' || listening === undefined || listening.ports.includes(port.value)) return undefined
  if (listening.ports.length === 0 || listensElsewhere(code) || isProxied(deployment, request)) return undefined
  return {
    message: `the health check asks port ${port.value}, and the app listens on ${listening.ports.join(' and ')}`,
    span: request.span,
    related: [...probe.via, ...listening.trail],
  }
}

/** The ports of all endpoints; undefined where one is not known. */
function portsOf({ boot }: Deployment): { ports: readonly string[]; trail: readonly Label[] } | undefined {
  if (boot === undefined || boot.doubt !== undefined || boot.endpoints.length === 0) return undefined
  const ports: string[] = []
  const trail: Label[] = []
  for (const endpoint of boot.endpoints) {
    if (endpoint.listens !== true) return undefined
    for (const scheme of ['http', 'https']) {
      const options = endpoint.at(scheme)
      if (options === undefined || isOff(options)) continue
      const port = endpoint.at(scheme, 'port')
      if (port?.kind === 'integer') ports.push(String(port.value))
      else if (port?.kind === 'binary') ports.push(port.text)
      else return undefined
      trail.push(...(port.trail ?? []))
    }
  }
  return { ports, trail }
}

const isOff = (value: Value) => value.kind === 'absent' || (value.kind === 'atom' && /^(nil|false)$/.test(value.name))

const servers =
  /^(Bandit|Plug\.Cowboy|Plug\.Adapters\.Cowboy2?|ThousandIsland|Ranch|:ranch|:cowboy|:gen_tcp|GRPC\.Server.*|PromEx.*|TelemetryMetricsPrometheus.*)$/

/** Whether the app may listen on ports of its own. */
function listensElsewhere(code: Code): boolean {
  let found = false
  for (const module of code.modules) {
    walk(module.body, (node) => {
      if (node.kind !== 'alias' && node.kind !== 'atom') return
      if (servers.test(aliasName(node, module.aliases, module.name) ?? '')) found = true
    })
  }
  return found
}

/** Whether another program of the container may listen on the port: a proxy that its start runs. */
const isProxied = ({ start, ships }: Deployment, { step }: ProbeRequest): boolean =>
  step.command.kind !== 'program' ||
  start.some(
    ({ command }) =>
      command.kind === 'unknown' ||
      (command.kind === 'program' &&
        /nginx|caddy|haproxy|supervisord|s6|tailscale|litefs|socat|nc|thruster/.test(command.name)),
  ) ||
  /litefs|nginx|caddy|s6/.test(ships?.stage.base.text ?? '')
