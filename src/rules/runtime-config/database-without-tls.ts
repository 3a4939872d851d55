import { truthOf } from '../../languages/elixir/values/value.ts'
import { connectionsOf } from '../../model/facts/neighbours/databases.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'database-without-tls',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'the app asks for TLS, and the Postgres of the compose file has none',
  incident: 'Postgrex says "ssl not available" at each connection, and the app never gets to its data.',
  remedy: 'Turn `ssl:` off for this database, or give it a certificate',
  why: `A stock postgres image has no certificate, so it answers the request for TLS with "no", and with \`ssl: true\` Postgrex
takes no connection without. Let the environment decide where the same release also talks to a database that has TLS.`,
  links: [
    'https://hexdocs.pm/postgrex/Postgrex.html#start_link/1',
    'https://www.postgresql.org/docs/current/ssl-tcp.html',
  ],
  examples: [
    {
      title: 'TLS to a container beside the app',
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
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}`,
      bad: `
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, ssl: true, url: System.fetch_env!("DATABASE_URL")
                                      ^^^^`,
    },
    {
      title: 'TLS that the URL asks for',
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
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}`,
      bad: `
        -- compose.yaml: DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@db/postgres --
        DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@db/postgres?ssl=true
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const { database, server, service, at, faultAt, doubt } of connectionsOf(project)) {
      // Without a command, and with nothing mounted over its config, it starts as the image is.
      if (server?.kind !== 'postgres' || server.port === undefined || server.hasScripts || database.tls === 'no')
        continue
      const fault = database.tls === 'yes' ? undefined : faultAt('ssl', (ssl) => truthOf(ssl) === 'yes')
      // Who gives a variable for it has the choice, also where code out of view reads it.
      const isGiven = [...service.given.keys()].some((name) => /SSL|TLS/.test(name))
      if (database.tls !== 'yes' && (fault === undefined || isGiven)) continue
      const [place, ...others] = fault?.places ?? at('ssl') ?? at('url', 'ssl=') ?? []
      if (place === undefined) continue
      yield {
        message: `\`${service.name}\` asks \`${server.service.name}\` for TLS, which this Postgres does not have`,
        span: place.span,
        related: [
          { span: server.service.image?.span ?? server.service.span, text: 'it has no certificate' },
          ...others,
        ],
        ...fault?.doubt,
        ...doubt,
      }
    }
  },
})
