import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { atomName, calls, keywordGet, optionsOf, stringText } from '../../languages/elixir/syntax/query.ts'
import { isOpen } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { faultIn } from '../../model/boot/each-way.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { spanOfKey } from '../../model/boot/span-of-key.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { type Booted, doubtfulBootsOf } from '../../model/facts/boots.ts'
import { forceSslOf } from '../../model/facts/forced-ssl.ts'
import { addressOf, allows, originOf, type PublicAddress } from '../../model/facts/origins.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { exactly, partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'origin-mismatch',
  gotcha: 'host-and-server',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'which of the two hosts people use is yours to say',
  summary: 'sockets are refused from the public address of the app',
  incident: 'Pages load, LiveView and channels get 403, and every page tries to connect again without an end.',
  remedy: 'Allow the public address in `check_origin`, or make it the `host` of the endpoint',
  why: `A browser says from which page it opens a socket, and Phoenix compares that with \`check_origin\`: with each of its
origins, with the host of \`url:\` where it is \`true\`, with scheme, host and port of the connection where it is \`:conn\`. An origin needs a scheme or \`//\` in front; Phoenix raises at a bare
host name when the first socket comes.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#socket/3'],
  examples: [
    {
      title: 'the origin of another deployment',
      on: 'health',
      good: `
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: "shop.acme-tools.org", port: 443, scheme: "https"],
            check_origin: ["https://shop.acme-tools.org", "https://staging.acme-tools.org"]
        end
        -- lib/shop_web/endpoint.ex: plug Plug.RequestId … plug ShopWeb.Router --
        socket "/live", Phoenix.LiveView.Socket`,
      bad: `
        -- config/runtime.exs: check_origin: ["https://shop.acme-tools.org", "https://staging.acme-tools.org"] --
        check_origin: ["https://staging.acme-tools.org"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a host without slashes',
      on: 'health',
      good: `
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: "shop.acme-tools.org", port: 443, scheme: "https"],
            check_origin: ["//shop.acme-tools.org"]
        end
        -- lib/shop_web/endpoint.ex: plug Plug.RequestId … plug ShopWeb.Router --
        socket "/live", Phoenix.LiveView.Socket`,
      bad: `
        -- config/runtime.exs: check_origin: ["//shop.acme-tools.org"] --
        check_origin: ["shop.acme-tools.org"]
                      ^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the proxy answers for another host',
      on: 'health',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              VIRTUAL_HOST: shop.acme-tools.org
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: "shop.acme-tools.org", port: 443, scheme: "https"]
        end
        -- lib/shop_web/endpoint.ex: plug Plug.RequestId … plug ShopWeb.Router --
        socket "/live", Phoenix.LiveView.Socket`,
      bad: `
        -- compose.yaml: VIRTUAL_HOST: shop.acme-tools.org --
        VIRTUAL_HOST: www.acme-tools.org
                      ^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const booted of doubtfulBootsOf(project)) {
      for (const endpoint of booted.endpoints) {
        const address = addressOf(endpoint, booted.boot)
        if (address.kind !== 'known') continue
        const found = inConfig(endpoint, address.value, booted) ?? atProxy(endpoint, address.value, booted)
        const all = [...(found ? [found] : []), ...ofSockets(endpoint, address.value, booted)]
        for (const one of all) yield { ...one, ...booted.doubt }
      }
    }
  },
})

/** The sockets of an endpoint, by what they say of `check_origin` themselves. */
function socketsOf({ module }: Endpoint): readonly { readonly own: Node | undefined; readonly span: Span }[] {
  const sockets = module ? calls(module.body, 'socket') : []
  return sockets.map((call) => {
    const options = optionsOf(call)
    const own = keywordGet(keywordGet(options, 'websocket'), 'check_origin') ?? keywordGet(options, 'check_origin')
    return { own, span: call.span }
  })
}

/** The `check_origin` of the config, where a socket goes by it. */
function inConfig(endpoint: Endpoint, address: PublicAddress, booted: Booted): Finding | undefined {
  const { boot, who } = booted
  const socket = socketsOf(endpoint).find(({ own }) => !own)
  if (!socket) return undefined
  const keyed = spanOfKey(boot, [endpoint.otpApp, `Elixir.${endpoint.name}`, 'check_origin'])
  const found = (origins: Value) => {
    if (isConn(origins)) return ofConnection(endpoint, address, booted, placeOf(trailOf(origins))?.span)
    if (origins.kind !== 'list' || origins.tail) return undefined
    const span = placeOfOrigins(origins) ?? keyed
    const texts = origins.items.map((item) => (item.kind === 'binary' ? item.text : undefined))
    return span && judged(texts, address, span, who, address.trail)
  }
  const fault = faultIn(endpoint.at('check_origin'), (origins) => found(origins) !== undefined)
  const finding = fault && found(fault.value)
  const related = [...(finding?.related ?? []), { span: socket.span, text: 'this socket goes by it' }]
  return finding && { ...finding, related, ...fault.doubt }
}

function* ofSockets(endpoint: Endpoint, address: PublicAddress, booted: Booted): Iterable<Finding> {
  for (const { own } of socketsOf(endpoint)) {
    const ofOwn = own && atomName(own) === 'conn' ? ofConnection(endpoint, address, booted, own.span) : undefined
    if (ofOwn) yield ofOwn
    if (own?.kind !== 'list' || own.tail) continue
    const found = judged(own.items.map(stringText), address, own.span, `\`${endpoint.name}\``, address.trail)
    if (found) yield found
  }
}

const isConn = (value: Value | undefined): boolean => value?.kind === 'atom' && value.name === 'conn'

/**
 * `:conn` compares the origin with scheme and port of the connection (Phoenix.Socket.Transport): behind a proxy that ends
 * TLS it is a plain one, unless `force_ssl` believes the proxy. Plugs of the endpoint come after its sockets.
 */
function ofConnection(
  endpoint: Endpoint,
  { scheme, text, trail }: PublicAddress,
  { boot, who }: Booted,
  span: Span | undefined,
): Finding | undefined {
  const own = endpoint.at('https')
  const endsTls = own !== undefined && !(own.kind === 'atom' && /^(nil|false)$/.test(own.name))
  const forced = forceSslOf(endpoint, boot)
  const mayRewrite = forced && (forced.kind !== 'list' || isOpen(forced) || configAt(forced, ['rewrite_on']))
  const rewrites = mayRewrite && !(forced.kind === 'atom' && /^(nil|false)$/.test(forced.name))
  if (scheme !== 'https' || endsTls || rewrites || span === undefined) return undefined
  return {
    message: `${who} refuses the sockets of its own pages: \`check_origin: :conn\` compares \`${text}\` with a connection without TLS`,
    remedy: 'Name the origin, or have `force_ssl` believe the proxy with `rewrite_on: [:x_forwarded_proto]`',
    span,
    related: trail,
  }
}

/** What is wrong with a list of origins; an unknown one may be the right one. */
function judged(
  origins: readonly (string | undefined)[],
  address: PublicAddress,
  span: Span,
  who: string,
  related: readonly Label[],
): Finding | undefined {
  const bare = origins.find((text) => text !== undefined && originOf(text) === undefined)
  if (bare !== undefined)
    return {
      message: `${who} refuses every socket: \`${bare}\` of \`check_origin\` is no origin, at which Phoenix raises`,
      why: 'Pages load, LiveView and channels are answered with 500, and every page tries to connect again without an end.',
      remedy: 'Write the origin with its scheme: `//host` or `https://host`',
      span,
      severity: 'error',
      fixes: slashed(span, bare),
    }
  const parsed = origins.map((text) => (text === undefined ? undefined : originOf(text)))
  if (parsed.some((origin) => origin === undefined || allows(origin, address))) return undefined
  return {
    message: `${who} refuses the sockets of its own pages: \`${address.text}\` is not in \`check_origin\``,
    span,
    related,
  }
}

const placeOfOrigins = (origins: Value): Span | undefined => placeOf(trailOf(origins))?.span

/** The host for which a proxy in front takes requests (`VIRTUAL_HOST` of nginx-proxy), where the endpoint wants another. */
function atProxy(endpoint: Endpoint, address: PublicAddress, { deployment, who }: Booted): Finding | undefined {
  const check = endpoint.at('check_origin')
  if (check && !(check.kind === 'atom' && check.name === 'true')) return undefined
  const socket = socketsOf(endpoint).find(({ own }) => !own)
  if (!socket) return undefined
  const hosts = deployment.service?.declared.find(({ name }) => name === 'VIRTUAL_HOST')
  if (hosts?.value.kind !== 'known' || hosts.valueSpan === undefined) return undefined
  const names = hosts.value.value.split(',').map((one) => one.trim().replace(/:\d+$/, ''))
  if (names.some((name) => name === '' || /[*~^]/.test(name) || name === address.host)) return undefined
  return {
    message: `${who} refuses the sockets of its own pages: the proxy takes \`${names[0]}\`, and the host of \`url:\` is \`${address.host}\``,
    span: hosts.valueSpan,
    related: [...address.trail, { span: socket.span, text: 'this socket goes by it' }],
  }
}

/** The fix that makes an origin of the name of a host. */
function slashed(at: Span, bare: string): readonly Fix[] {
  const edit = /^[\w.*-]+$/.test(bare) ? partInstead(at, exactly(`"${bare}"`), `"//${bare}"`) : undefined
  return edit ? [{ title: `Write \`//${bare}\``, safety: 'unsafe', edits: [edit] }] : []
}
