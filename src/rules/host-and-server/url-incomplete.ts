import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { truthOf, type Value } from '../../languages/elixir/values/value.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { spanOfKey } from '../../model/boot/span-of-key.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { bootsOf, likely } from '../../model/facts/boots.ts'
import { placeholderOf } from '../../model/facts/hosts.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { type Span, span as spanOf, textOf } from '../../text/source.ts'
import { insertedAt } from '../edits/lines.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'url-incomplete',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'under which port people reach it is not in view',
  summary: 'the links have a scheme or a port that nobody can use',
  incident:
    'Links in mails and redirects lead to `http://…:443` or to the port inside of the container, and nobody answers there.',
  remedy: 'Give `url:` the scheme, host and port that people use: `scheme: "https", port: 443`',
  why: `What \`url:\` leaves out, the endpoint takes from its listener: the scheme \`http\` unless it has \`https:\`, and the port of
\`http:\`. Behind a proxy that ends TLS, \`url:\` has to say all three: host, \`port: 443\` and \`scheme: "https"\`.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration'],
  examples: [
    {
      title: 'a port without a scheme',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: 4000],
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- config/runtime.exs: url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443]
                                                         ^^^`,
      fixed: true,
    },
    {
      title: 'a scheme without a port',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: http: [port: 4000] --
        http: [port: 4000],
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- config/runtime.exs: url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"] --
        url: [host: System.fetch_env!("PHX_HOST"), scheme: "https"]
                                                           ^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { deployment, boot, endpoints, doubt } of bootsOf(project)) {
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        const fault = host && placeholderOf(host) === undefined ? faultOf(endpoint, deployment) : undefined
        if (fault === undefined) continue
        const path = [endpoint.otpApp, `Elixir.${endpoint.name}`, 'url', fault.key]
        const value = boot.at(...path)
        const written = spanOfKey(boot, path)
        const span = fault.isListener ? written : ((value && placeOf(trailOf(value))?.span) ?? written)
        if (span === undefined) continue
        const name = host?.kind === 'binary' ? host.text : '…'
        yield {
          message: `the links of \`${endpoint.name}\` lead to \`${fault.scheme}://${name}:${fault.port}\`: ${fault.why}`,
          span,
          fixes: completed(span, fault),
          ...(fault.isListener ? { ...likely, noFix: 'by which port people reach the app is yours to say' } : doubt),
        }
      }
    }
  },
})

interface UrlFault {
  readonly scheme: string
  readonly port: string
  /** The key of `url:` that is there, of those that do not fit. */
  readonly key: 'host' | 'port' | 'scheme'
  readonly why: string
  /** Whether the links have the port of the listener: what is to be changed is what they take it from. */
  readonly isListener?: true
}

/** How the scheme and the port of the links do not fit. */
function faultOf(endpoint: Endpoint, deployment: Deployment): UrlFault | undefined {
  if (isOn(endpoint.at('https'))) return undefined
  const scheme = endpoint.at('url', 'scheme')
  const port = endpoint.at('url', 'port')
  const own = portIn(port)
  const listens = portIn(endpoint.at('http', 'port'))
  if (scheme === undefined && own === '443')
    return { scheme: 'http', port: own, key: 'port', why: '`url:` has the port of HTTPS and no `scheme`' }
  if (scheme?.kind !== 'binary' && scheme !== undefined) return undefined
  if (scheme?.text === 'https' && own === '80')
    return { scheme: 'https', port: own, key: 'port', why: '`url:` has the port of plain HTTP' }
  if (scheme?.text === 'https' && own !== undefined && own === listens && own !== '443')
    return {
      scheme: 'https',
      port: own,
      key: 'port',
      why: '`url:` has the port of the listener, which is plain HTTP',
      isListener: true,
    }
  if (port !== undefined || listens === undefined) return undefined
  if (scheme?.text === 'https' && listens !== '443')
    return {
      scheme: 'https',
      port: listens,
      key: 'scheme',
      why: '`url:` has no `port`, and that of the listener is plain HTTP',
    }
  const moved = scheme === undefined && deployment.service ? publishedAs(deployment, listens) : undefined
  return moved === undefined
    ? undefined
    : {
        scheme: 'http',
        port: listens,
        key: 'host',
        why: `\`url:\` has no \`port\`, and the port is published as ${moved}`,
      }
}

const isOn = (value: Value | undefined): boolean =>
  value !== undefined && alternatives(value).some((one) => truthOf(one) !== 'no' && one.kind !== 'absent')

/** A port, or the one that is known among those that it may be. */
const portIn = (value: Value | undefined): string | undefined =>
  (value === undefined ? [] : alternatives(value)).flatMap((one) =>
    one.kind === 'integer' ? [`${one.value}`] : one.kind === 'binary' ? [one.text] : [],
  )[0]

/** Under which other ports the host publishes the port of a service; undefined where it is published as it is, or not. */
function publishedAs({ service }: Deployment, port: string): string | undefined {
  const own = (service?.ports ?? []).filter(({ target }) => `${target}` === port)
  const published = own.flatMap((one) => one.published?.replace(/^.*:/, '') ?? [])
  return published.length === 0 || published.includes(port) ? undefined : published.join(' and ')
}

/** The fix that gives links the scheme and the port of HTTPS, where one of them is written out. */
function completed(at: Span, { key, scheme }: UrlFault): readonly Fix[] {
  const { source, start, end } = at
  const text = textOf(at)
  const keyStart = start - `${key}: `.length
  if (source.text.slice(Math.max(keyStart, 0), start) !== `${key}: `) return []
  const edit =
    key === 'port' && /^"?443"?$/.test(text)
      ? insertedAt(source, end, ', scheme: "https"')
      : key === 'port' && text === '80' && scheme === 'https'
        ? { span: spanOf(source, start, end), text: '443' }
        : key === 'scheme' && text === '"https"'
          ? insertedAt(source, keyStart, 'port: 443, ')
          : undefined
  return edit ? [{ title: 'Let links lead to port 443 by HTTPS', safety: 'unsafe', edits: [edit] }] : []
}
