import { isAtom, type Value } from '../../languages/elixir/values/value.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { allBootsOf } from '../../model/facts/boots.ts'
import { mayBeProxied } from '../../model/facts/neighbours/proxies.ts'
import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { isOfProduction, partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'bound-to-loopback',
  gotcha: 'host-and-server',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'development reads this address too, or something else decides it',
  ofImages: true,
  summary: 'the endpoint listens where nobody outside of the container can reach it',
  incident: 'The app runs, its log says that it listens, and every connection to the container is refused.',
  remedy:
    'Let the endpoint listen on all addresses: `ip: {0, 0, 0, 0}`, or `{0, 0, 0, 0, 0, 0, 0, 0}` for IPv6 as well',
  why: `Inside of a container \`127.0.0.1\` is the container itself. What comes through a published port or from another
container arrives at another address, so the endpoint has to listen on all of them: \`{0, 0, 0, 0}\`, or
\`{0, 0, 0, 0, 0, 0, 0, 0}\` for IPv6 as well.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html', 'https://docs.docker.com/engine/network/'],
  examples: [
    {
      title: 'the address of development',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000]`,
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, http: [ip: {127, 0, 0, 1}, port: 4000]
                                                                 ^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the same in IPv6',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000]`,
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 1}, port: 4000]
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { deployment, endpoints, who, doubt } of allBootsOf(project)) {
      if (mayBeProxied(deployment)) continue
      for (const endpoint of endpoints) {
        const [ip, other] = ['http', 'https'].flatMap((scheme) => endpoint.at(scheme, 'ip') ?? [])
        const bound = other === undefined && (endpoint.at('http', 'ip') ? !endpoint.at('https', 'port') : true)
        const fault = bound ? faultIn(ip, isLoopback) : undefined
        if (fault === undefined) continue
        const trail = trailOf(fault.value)
        const place = placeOf(trail)
        if (place === undefined) continue
        yield {
          message: `\`${endpoint.name}\` of ${who} listens on the loopback address of its container only`,
          span: place.span,
          related: trail.filter(({ span, text }) => text !== place.text || span.source !== place.span.source),
          fixes: openTo(place.span),
          ...fault.doubt,
          ...doubt,
        }
      }
    }
  },
})

function isLoopback(ip: Value): boolean {
  if (isAtom(ip, 'loopback')) return true
  if (ip.kind !== 'tuple') return false
  const numbers = ip.items.map((item) => (item.kind === 'integer' ? Number(item.value) : -1))
  const isIpv6 = numbers.length === 8 && numbers.join() === '0,0,0,0,0,0,0,1'
  return isIpv6 || (numbers.length === 4 && numbers[0] === 127)
}

/** The fix that listens on all addresses, where that is not what development has as well. */
function openTo(at: Span): readonly Fix[] {
  const written = /\{127(?:,\s*\d+){3}\}|\{(?:0,\s*){7}1\}|:loopback/
  const edit = isOfProduction(at.source) ? partInstead(at, written, '{0, 0, 0, 0, 0, 0, 0, 0}') : undefined
  return edit ? [{ title: 'Listen on all addresses of the container', safety: 'unsafe', edits: [edit] }] : []
}
