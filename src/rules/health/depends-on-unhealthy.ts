import { neverEnds } from '../../model/facts/neighbours/endless.ts'
import { firstWait } from '../../model/facts/neighbours/waits.ts'
import type { Service } from '../../model/services/service.ts'
import { migrates } from '../../model/stage-files/migrating.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { databaseProbe, healthyInstead } from '../edits/depends-on.ts'
import { defineRule } from '../rule.ts'

const databases = /(^|\/)(postgres|postgis|timescaledb|mysql|mariadb|percona|mongo|clickhouse|cockroach|mssql|pgvector)/

export default defineRule({
  id: 'depends-on-unhealthy',
  gotcha: 'health',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'how this image says that it is well is not known',
  summary: 'a service starts before its database takes connections',
  incident: 'On a fresh machine the first `docker compose up` fails: the migration runs before the database listens.',
  remedy: 'Wait with `condition: service_healthy`, and give the database a health check',
  why: `\`depends_on\` alone waits until the container of the database has started, not until it takes connections. With
\`condition: service_healthy\` and a health check of the database, Compose waits for that; without a health check it refuses
to start. A running app tries again by
itself; a migration at the start does not.`,
  links: ['https://docs.docker.com/compose/how-tos/startup-order/'],
  examples: [
    {
      title: 'migrations at the start',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment: [DATABASE_URL]
            command: sh -c "bin/migrate && exec bin/server"
            depends_on:
              db:
                condition: service_healthy
          db:
            image: postgres:17
            healthcheck:
              test: pg_isready
        -- rel/overlays/bin/server --
        #!/bin/sh
        PHX_SERVER=true exec /app/bin/shop start`,
      bad: `
        -- compose.yaml: depends_on: … condition: service_healthy --
        depends_on:
          - db
            ^^`,
      fixed: true,
    },
    {
      title: 'waiting for a health check that is not there',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            depends_on:
              db:
                condition: service_healthy
          db:
            image: postgres:17
            healthcheck:
              test: pg_isready`,
      bad: `
        -- compose.yaml: depends_on: … db: --
        depends_on:
          db:
          ^^
        -- compose.yaml: healthcheck: … test: pg_isready --`,
    },
    {
      title: 'waiting for a server to end',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            depends_on:
              cache:
                condition: service_started
          cache:
            image: redis:7`,
      bad: `
        -- compose.yaml: depends_on: … condition: service_started --
        depends_on:
          cache:
          ^^^^^
            condition: service_completed_successfully`,
    },
  ],
  *check(project) {
    const { deployments, services } = project
    for (const { service, start } of deployments) {
      const migrating = start.findIndex(migrates)
      const migration = start[migrating]
      for (const { name, condition, span } of service?.dependsOn ?? []) {
        const needed = services.find((one) => one.name === name && one.stack === service?.stack)
        if (service && needed && condition === 'service_healthy' && isNeverHealthy(needed)) {
          yield {
            message: `\`${service.name}\` waits until \`${name}\` is healthy, and \`${name}\` has no health check: Compose refuses to start \`${service.name}\``,
            why: '`docker compose up` ends without starting the app: the database is never healthy.',
            remedy: `Give \`${name}\` a health check`,
            span,
            related: [
              needed.health
                ? { span: needed.health.span, text: 'it is turned off here' }
                : { span: needed.image?.span ?? needed.span, text: 'neither the service nor this image has one' },
            ],
            fixes: waiting(service, needed),
            severity: 'error',
          }
        }
        const endless = condition === 'service_completed_successfully' && needed && neverEnds(needed, project)
        if (service && endless)
          yield {
            message: `\`${service.name}\` waits until \`${name}\` has ended, and it never ends`,
            why: '`docker compose up` waits for ever, and the app is never started.',
            remedy: `Wait until \`${name}\` is healthy or has started, or let it end`,
            span,
            related: [endless],
            noFix: 'what it should wait for is yours to say',
            severity: 'error',
          }
        if (condition !== 'service_started' || !databases.test(needed?.image?.name ?? '') || !service) continue
        const others = service.dependsOn.flatMap((one) => (one.name === name ? [] : [one.name]))
        const waitedAt = firstWait(start, name, others)
        if (waitedAt >= 0 && (migrating < 0 || waitedAt <= migrating)) continue
        yield {
          message: `\`${service.name}\` waits until \`${name}\` has started, and not until it takes connections`,
          span,
          related: migration
            ? [...migration.via, { span: migration.span, text: 'this needs the database at once' }]
            : [],
          fixes: needed ? waiting(service, needed) : [],
          ...(migration
            ? {}
            : {
                severity: 'info' as const,
                why: 'On a fresh machine the first `docker compose up` logs errors of the database until it takes connections.',
              }),
          certainty: 'likely',
        }
      }
    }
  },
})

/** The official images that have no HEALTHCHECK of their own. */
const official =
  /^(docker\.io\/)?((library\/)?(postgres|mysql|mariadb|mongo|redis|valkey|rabbitmq|memcached|nats|nginx|caddy|traefik)|postgis\/postgis|pgvector\/pgvector)(:|@|$)/

const isNeverHealthy = ({ build, image, health }: Service): boolean =>
  build === undefined && (health ? health.disabled : official.test(image?.name ?? ''))

/** The fix that waits for the database, which gets a health check where it has none. */
function waiting(service: Service, needed: Service): readonly Fix[] {
  const isDeclared = service.dependsOn.some(
    ({ name, condition }) => name === needed.name && condition === 'service_healthy',
  )
  const waits = isDeclared ? [] : healthyInstead(service, needed.name)
  const probe = needed.health === undefined ? databaseProbe(needed) : undefined
  if (needed.health?.disabled || (!isDeclared && waits.length === 0) || (!needed.health && !probe)) return []
  const title = `Wait until \`${needed.name}\` takes connections`
  return [{ title, safety: 'unsafe', edits: [...waits, ...(probe ? [probe] : [])] }]
}
