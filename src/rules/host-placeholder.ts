import { placeOf, trailOf } from '../model/boot/trail.ts'
import { hasInit } from './boots.ts'
import { releaseImage } from './example-parts.ts'
import { placeholderOf } from './hosts.ts'
import { defineRule } from './rule.ts'

const project = (host: string, marks: string) => `
${releaseImage}
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              PHX_HOST: ${host}${marks}
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        -- config/runtime.exs --
        import Config

        config :shop, ShopWeb.Endpoint,
          server: true,
          http: [port: 4000],
          url: [host: System.get_env("PHX_HOST") || "example.com", port: 443, scheme: "https"]
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
        end`

export default defineRule({
  id: 'host-placeholder',
  gotcha: 'host-and-server',
  severity: 'error',
  ofImages: true,
  summary: 'the public host is a placeholder such as `localhost` or `example.com`',
  incident:
    'Links in mails and redirects lead to nobody, and LiveView refuses its socket because the origin is not allowed.',
  why: `The endpoint builds every absolute link from \`url: [host: …]\`, and checks the origin of sockets against it. What
counts is the host that the endpoint gets at its start, whatever the variable is called that brings it.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration'],
  examples: [
    {
      title: 'localhost in the compose file',
      bad: project('localhost', '\n                        ^^^^^^^^^'),
      good: project('shop.acme-tools.org', ''),
    },
  ],
  *check({ deployments }) {
    for (const { boot, service, runs } of deployments) {
      if (!boot?.settled || boot.doubt !== undefined) continue
      for (const endpoint of boot.endpoints) {
        const host = endpoint.at('url', 'host')
        if (host === undefined || endpoint.listens === false) continue
        const text = placeholderOf(host)
        if (text === undefined || hasInit(endpoint)) continue
        const trail = trailOf(host)
        const place = placeOf(trail)
        if (place === undefined) continue
        const who = service ? `the service \`${service.name}\`` : `\`${endpoint.name}\``
        yield {
          message: `the links of ${who} lead to \`${text === '' ? 'https://' : text}\``,
          span: place.span,
          related: trail.filter((label) => label !== place),
          ...(runs === 'unknown' ? { severity: 'warning', certainty: 'likely' } : {}),
        }
      }
    }
  },
})
