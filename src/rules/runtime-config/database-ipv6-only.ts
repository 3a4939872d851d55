import { connectionsOf } from '../../model/facts/neighbours/databases.ts'
import { asksForIpv6 } from '../../model/outcome/database.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'database-ipv6-only',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'the repo looks for IPv6 alone, on a network of Compose that has IPv4',
  incident: 'The name of the database is not found (:nxdomain), although the container is there.',
  remedy: 'Ask for IPv4 as well, or give the network of the stack IPv6',
  why: `With \`socket_options: [:inet6]\` the name of the host is asked for addresses of IPv6 and no others. A network of Compose has
none unless it says \`enable_ipv6: true\`. \`mix phx.new\` asks \`ECTO_IPV6\` for that reason.`,
  links: [
    'https://hexdocs.pm/phoenix/fly.html',
    'https://docs.docker.com/reference/compose-file/networks/#enable_ipv6',
  ],
  examples: [
    {
      title: 'IPv6 whatever the environment says',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@db/postgres
          db:
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        maybe_ipv6 = if System.get_env("ECTO_IPV6") in ~w(true 1), do: [:inet6], else: []
        config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL"), socket_options: maybe_ipv6`,
      bad: `
        -- config/runtime.exs: socket_options: maybe_ipv6 --
        socket_options: [:inet6]
                        ^^^^^^^^`,
    },
    {
      title: 'IPv6 that the environment asks for',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              ECTO_IPV6: "false"
              DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@db/postgres
          db:
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        maybe_ipv6 = if System.get_env("ECTO_IPV6") in ~w(true 1), do: [:inet6], else: []
        config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL"), socket_options: maybe_ipv6`,
      bad: `
        -- compose.yaml: ECTO_IPV6: "false" --
        ECTO_IPV6: "true"
                   ^^^^^^`,
    },
  ],
  *check(project) {
    for (const { database, peer, service, at, faultAt } of connectionsOf(project)) {
      if (peer.kind !== 'service' || service.connection.open !== undefined) continue
      const fault = database.onlyIpv6 ? undefined : faultAt('socket_options', asksForIpv6)
      if (!database.onlyIpv6 && fault === undefined) continue
      if ([...service.connection.networks, ...peer.service.connection.networks].some(({ ipv6 }) => ipv6)) continue
      const [place, ...others] = fault?.places ?? at('socket_options') ?? []
      if (place === undefined) continue
      const switching = [place, ...others].find(({ reads }) => reads !== undefined)?.reads
      yield {
        message: `\`${service.name}\` asks for addresses of IPv6 alone, and \`${peer.service.name}\` has none in their network`,
        span: place.span,
        related: [
          { span: peer.service.connection.span, text: `\`${peer.service.name}\` is on a network with IPv4` },
          ...others,
        ],
        ...(switching === undefined
          ? {}
          : { remedy: `Leave \`${switching}\` unset, or give the network of the stack IPv6` }),
        certainty: 'likely',
      }
    }
  },
})
