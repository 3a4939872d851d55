import { faultIn } from '../../model/boot/each-way.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { doubtfulBootsOf } from '../../model/facts/boots.ts'
import { faultOf } from '../../model/facts/hosts.ts'
import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { exactly, partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'host-malformed',
  gotcha: 'host-and-server',
  severity: 'error',
  fix: 'safe',
  noFix: 'what the rest of it was meant for is yours to say',
  ofImages: true,
  summary: 'the public host is more than a host name',
  incident: 'Every absolute link is broken, and sockets are refused.',
  remedy: 'Give the name of the host alone: no scheme, port, path, blank or quote',
  why: `\`url: [host: …]\` takes a host name and nothing else: the scheme, the port and the path have keys of their own.
\`docker run --env-file\` keeps quotes as part of the value; Compose takes them off.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration'],
  examples: [
    {
      title: 'a whole URL',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SHOP_HOST: shop.acme-tools.org
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("SHOP_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- compose.yaml: SHOP_HOST: shop.acme-tools.org --
        SHOP_HOST: https://shop.acme-tools.org
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'a port behind it',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SHOP_HOST: shop.acme-tools.org
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("SHOP_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- compose.yaml: SHOP_HOST: shop.acme-tools.org --
        SHOP_HOST: shop.acme-tools.org:443
                   ^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const { endpoints, doubt } of doubtfulBootsOf(project)) {
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        const found = faultIn(host, (one) => one.kind === 'binary' && faultOf(one.text) !== undefined)
        const text = found?.value.kind === 'binary' ? found.value.text : undefined
        const trail = found ? trailOf(found.value) : []
        const place = placeOf(trail)
        if (text === undefined || place === undefined) continue
        yield {
          message: `the links of \`${endpoint.name}\` are broken: its host is \`${text}\`, which has ${faultOf(text)}`,
          span: place.span,
          related: trail.filter((label) => label !== place),
          fixes: bare(place.span, text),
          ...found?.doubt,
          ...doubt,
        }
      }
    }
  },
})

/** The fix that leaves nothing but the name of a host. A port that goes with it may have been meant. */
function bare(at: Span, host: string): readonly Fix[] {
  const name = /^\w+:\/\/([\w.-]+)(:\d+)?\/*$|^([\w.-]+)(:\d+)\/*$|^[\s'"]*([\w.-]+)[\s'"/]*$/.exec(host)
  const text = name?.[1] ?? name?.[3] ?? name?.[5]
  const edit = text === undefined ? undefined : partInstead(at, exactly(host), text)
  if (!edit) return []
  const port = name?.[2] ?? name?.[4]
  return [{ title: 'Keep only the name of the host', safety: port ? 'unsafe' : 'safe', edits: [edit] }]
}
