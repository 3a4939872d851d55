import { isNil } from '../../languages/elixir/values/value.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { trailOf } from '../../model/boot/trail.ts'
import {
  type Booted,
  bootsOf,
  endpointIn,
  given,
  openReads,
  readsIn,
  startReads,
  without,
} from '../../model/facts/boots.ts'
import { placeholderOf } from '../../model/facts/hosts.ts'
import { isNamedElsewhere } from '../../model/facts/named-elsewhere.ts'
import { hostRequired } from '../edits/host.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'host-unset',
  gotcha: 'host-and-server',
  severity: 'info',
  fix: 'unsafe',
  ofImages: true,
  summary: 'without its variable, the public host is a placeholder',
  incident: 'Nobody sets the variable, all looks well, and the links in mails lead to `https://example.com`.',
  why: `Phoenix generates \`System.get_env("PHX_HOST") || "example.com"\`. A boot without the variable does not fail, and its
links and the origin that sockets are checked against are those of the placeholder. A host that is \`nil\` becomes
\`localhost\`, and sockets are then accepted from everywhere.`,
  links: ['https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-endpoint-configuration'],
  examples: [
    {
      title: 'the default of the generator',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- config/runtime.exs: url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"] --
        url: [host: System.get_env("PHX_HOST") || "example.com", port: 443, scheme: "https"]
                                                  ^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'nil',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"]`,
      bad: `
        -- config/runtime.exs: url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"] --
        url: [host: System.get_env("PHX_HOST"), port: 443, scheme: "https"]
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const booted of bootsOf(project)) {
      const { boot, endpoints, deployment, who } = booted
      for (const endpoint of endpoints) {
        const host = endpoint.at('url', 'host')
        if (host && isNil(host)) {
          const read = startReads(deployment, boot).find(
            ({ span, value }) => value.kind === 'unset' && trailOf(host).some((label) => label.span === span),
          )
          if (read === undefined) continue
          yield {
            message: `\`${read.name}\` is not set, so the links of ${who} lead to \`localhost\``,
            span: read.span,
            related: read.value.trail,
            severity: 'warning',
            fixes: hostRequired(project, read.span, read.name),
          }
        }
        for (const read of readsIn(host, openReads(booted))) {
          if (isNamedElsewhere(read.name, project) || !decides(booted, read.name, endpoint)) continue
          const fallback = endpointIn(without(boot, read.name), endpoint)?.at('url', 'host')
          if (fallback === undefined || host === undefined || placeholderOf(host) !== undefined) continue
          const text = isNil(fallback) ? 'localhost' : placeholderOf(fallback)
          if (text === undefined) continue
          yield {
            message: `wherever \`${read.name}\` is not set, the links of \`${endpoint.name}\` lead to \`${text || 'https://'}\``,
            span: isNil(fallback) ? read.span : (trailOf(fallback)[0]?.span ?? read.span),
            related: isNil(fallback) ? [] : [{ span: read.span, text: `\`${read.name}\` is read here` }],
            fixes: hostRequired(project, read.span, read.name),
          }
        }
      }
    }
  },
})

/** Whether the host comes from the variable, as it stands or as the host of a URL. */
const decides = ({ boot }: Booted, name: string, endpoint: Endpoint): boolean =>
  ['docker-gotchas.test', 'https://docker-gotchas.test'].some((trial) => {
    const host = endpointIn(given(boot, name, trial), endpoint)?.at('url', 'host')
    return host?.kind === 'binary' && host.text.includes('docker-gotchas')
  })
