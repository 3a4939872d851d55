import type { Tree } from '../../files/tree.ts'
import { likely } from '../../model/facts/boots.ts'
import { databaseServerOf } from '../../model/services/database-server.ts'
import { areTogether } from '../../model/services/peer.ts'
import type { Service } from '../../model/services/service.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'database-volume-misplaced',
  gotcha: 'image',
  severity: 'error',
  summary: 'the volume of the database is not where the database keeps its data',
  incident: 'The database refuses to start, or all of its data is gone with the next container.',
  remedy: 'Mount the volume where this version of the image keeps its data',
  why: `What is not in a volume is lost with the container. Postgres keeps its data in \`/var/lib/postgresql/data\` up to version 17;
from 18 on in a folder of its version below \`/var/lib/postgresql\`, and the image refuses to start with a mount at the
old place. MySQL and MariaDB keep it in \`/var/lib/mysql\`.`,
  links: ['https://hub.docker.com/_/postgres', 'https://github.com/docker-library/postgres/pull/1259'],
  examples: [
    {
      title: 'the old place in Postgres 18',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment: [DATABASE_URL]
          db:
            image: postgres:18
            volumes:
              - data:/var/lib/postgresql
        volumes:
          data:`,
      bad: `
        -- compose.yaml: - data:/var/lib/postgresql --
        - data:/var/lib/postgresql/data
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'the new place in Postgres 17',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment: [DATABASE_URL]
          db:
            image: postgres:17
            volumes:
              - data:/var/lib/postgresql/data
        volumes:
          data:`,
      bad: `
        -- compose.yaml: - data:/var/lib/postgresql/data --
        - data:/var/lib/postgresql
          ^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check({ services, deployments, tree }) {
    const ours = deployments.flatMap(({ service }) => service ?? [])
    for (const service of services) if (ours.some((one) => areTogether(one, service))) yield* misplaced(service, tree)
  },
})

function misplaced(service: Service, tree: Tree): readonly Finding[] {
  const server = databaseServerOf(service)
  const { given, mounts, image, name, closed } = service
  if (server === undefined || given.has('PGDATA') || service.command !== undefined) return []
  const related = image ? [{ span: image.span, text: 'this decides where the data is' }] : []
  // What is not in view may set PGDATA.
  const doubt = closed.is ? {} : likely
  const targets = mounts.map(({ target }) => target.replace(/\/+$/, ''))
  const { major, kind } = server
  if (kind === 'postgres' && major !== undefined && (major === 'latest' || major >= 18)) {
    const old = mounts[targets.indexOf('/var/lib/postgresql/data')]
    if (old === undefined) return []
    const version = major === 'latest' ? 'Postgres from 18 on, as its image is now,' : `Postgres ${major}`
    const message = `\`${name}\` does not start: ${version} takes no mount at \`/var/lib/postgresql/data\``
    return [
      {
        message,
        span: old.span,
        related,
        why: 'The database stops at its start, and again at each restart.',
        ...(major === 'latest' ? likely : doubt),
      },
    ]
  }
  const home = kind === 'mysql' ? '/var/lib/mysql' : '/var/lib/postgresql/data'
  if (major === undefined || targets.includes(home)) return []
  const near = mounts.find(
    ({ type, target }) => type === 'volume' && /^\/(data|var\/lib\/(postgres|pg|mysql|mariadb))/.test(target),
  )
  if (near === undefined || isNamedInExample(service, tree)) return []
  const message = `\`${name}\` keeps its data in \`${home}\`, and not in this volume`
  return [{ message, span: near.span, related, why: 'All of the data is gone with the next container.', ...doubt }]
}

/** Whether the example of an env file that is not there says where the data is: `db.env.sample`. */
const isNamedInExample = ({ envFiles }: Service, { sources }: Tree): boolean =>
  envFiles.some(
    ({ path, isThere }) =>
      !isThere &&
      sources.some(
        (one) =>
          /^[._-](sample|example|template|dist)$/.test(one.path.startsWith(path) ? one.path.slice(path.length) : '') &&
          /^[ \t]*(export[ \t]+)?PGDATA=/m.test(one.text),
      ),
  )
