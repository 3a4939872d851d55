import { connectionsOf } from '../../model/facts/neighbours/databases.ts'
import { leavesUnnamed } from '../../model/outcome/database.ts'
import type { Service } from '../../model/services/service.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'pooler-loses-statements',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: 'named prepared statements go through a PgBouncer that pools transactions',
  incident: 'Under load queries fail with "prepared statement does not exist", now and then.',
  remedy: 'Set `prepare: :unnamed` in the config of the repo',
  why: `Where PgBouncer pools transactions, the next query may go over another connection, on which a statement that was prepared
before is not known. \`prepare: :unnamed\` asks for no names; PgBouncer keeps track of them itself from 1.21 on, with
\`max_prepared_statements\`.`,
  links: [
    'https://hexdocs.pm/ecto_sql/Ecto.Adapters.Postgres.html',
    'https://www.pgbouncer.org/config.html#max_prepared_statements',
  ],
  examples: [
    {
      title: 'a pooler between the app and its database',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@pool/postgres
          pool:
            image: edoburu/pgbouncer:1.20.1-p0
            environment:
              DB_HOST: db
              POOL_MODE: transaction
          db:
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL") --
        config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL"), prepare: :unnamed`,
      bad: `
        -- config/runtime.exs: config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL"), prepare: :unnamed --
        config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a pooler that is told to pool transactions',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: ecto://postgres:\${DB_PASSWORD:?set it in .env}@pool/postgres
          pool:
            image: bitnami/pgbouncer:1.22.0
            environment:
              PGBOUNCER_POOL_MODE: session`,
      bad: `
        -- compose.yaml: PGBOUNCER_POOL_MODE: session --
        PGBOUNCER_POOL_MODE: transaction
        -- config/runtime.exs: System.fetch_env!("DATABASE_URL") --
        System.fetch_env!("DATABASE_URL")
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const { database, peer, service, booted, repo, faultAt } of connectionsOf(project)) {
      const pooler = peer.kind === 'service' ? peer.service : undefined
      const mode = pooler && poolsTransactions(pooler)
      const write = booted.boot.writes.findLast(({ path }) => path.includes(`Elixir.${repo}`))
      if (!pooler || !mode || !write) continue
      if (!database.namesStatements && !faultAt('prepare', (value) => !leavesUnnamed(value))) continue
      yield {
        message: `\`${service.name}\` names its prepared statements, and \`${pooler.name}\` gives each transaction another connection`,
        span: write.span,
        related: [{ span: mode, text: 'it pools transactions' }],
        certainty: 'likely',
      }
    }
  },
})

/** Where a PgBouncer is told to pool transactions, if it does not keep track of prepared statements. */
function poolsTransactions({ image, declared }: Service) {
  const [, version] = /pgbouncer[^:]*(?::v?(\d+\.\d+))?/.exec(image?.name ?? '') ?? []
  if (!/pgbouncer/.test(image?.name ?? '') || version === undefined) return undefined
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const follows = major > 1 || minor >= 24
  const keeps = declared.some(({ name, written }) => /MAX_PREPARED_STATEMENTS$/.test(name) && !/^["']?0/.test(written))
  if (follows || (keeps && minor >= 21)) return undefined
  const mode = declared.find(({ name }) => /^(PGBOUNCER_)?POOL_MODE$/.test(name))
  return mode?.value.kind === 'known' && mode.value.value === 'transaction' ? mode.span : undefined
}
