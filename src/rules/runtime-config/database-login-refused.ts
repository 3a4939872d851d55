import { type Connected, connectionsOf } from '../../model/facts/neighbours/databases.ts'
import type { Told } from '../../model/outcome/database.ts'
import type { Project } from '../../model/project/project.ts'
import type { DatabaseServer } from '../../model/services/database-server.ts'
import type { Finding } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'database-login-refused',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'the app logs in to its database with what the database was not made with',
  incident:
    'On a fresh machine every connection ends with "password authentication failed" or "database does not exist".',
  remedy: 'Let the app and the database have the same user, password and database name',
  why: `The first start of the image makes one user, its password and one database, as \`POSTGRES_USER\`, \`POSTGRES_PASSWORD\` and
\`POSTGRES_DB\` (or \`MYSQL_…\`) say: without them \`postgres\`, and a database that is called as the user. Nothing else is
there until somebody makes it.`,
  links: ['https://hub.docker.com/_/postgres', 'https://hexdocs.pm/ecto/Ecto.Repo.html#module-urls'],
  examples: [
    {
      title: 'a user that nobody makes',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}`,
      bad: `
        -- compose.yaml: POSTGRES_USER: shop --
        POSTGRES_DB: shop
        -- compose.yaml: DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop --
        DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'another database',
      on: 'repo',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop
          db:
            image: postgres:17
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}`,
      bad: `
        -- compose.yaml: DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop --
        DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop_prod
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    for (const connected of connectionsOf(project)) yield* refusals(connected, project)
  },
})

function refusals(connected: Connected, project: Project): readonly Finding[] {
  const { database, server } = connected
  const { username, password } = database
  if (server === undefined || server.hasScripts) return []
  const unmade = withoutPassword(server)
  if (unmade) return [unmade]
  const name = server.service.name
  // The root of MySQL is always there, with a password of its own.
  const isRoot = server.kind === 'mysql' && username?.text === 'root'
  const user = isRoot
    ? undefined
    : refusal(
        connected,
        username,
        server,
        server.user,
        (told, made) =>
          `\`${connected.service.name}\` logs in to \`${name}\` as \`${told}\`, and the only user there is \`${made}\``,
      )
  if (user) return [user]
  const secret = refusal(
    connected,
    password,
    server,
    isRoot ? server.rootPassword : server.password,
    () => `\`${connected.service.name}\` logs in to \`${name}\` with another password than \`${name}\` is made with`,
  )
  const other =
    makesDatabases(project) || isAlwaysThere(database.database?.text, server)
      ? undefined
      : refusal(
          connected,
          database.database,
          server,
          server.database,
          (told, made) =>
            `\`${connected.service.name}\` uses the database \`${told}\`, and \`${name}\` is made with \`${made}\` alone`,
        )
  return [secret && { ...secret, ...escaping(password, server.password) }, other].flatMap((one) => one ?? [])
}

/** Variables by one of which the images know what the password of the first user is to be, or that there is none. */
const passwords = {
  postgres: /^POSTGRES_(PASSWORD(_FILE)?|HOST_AUTH_METHOD)$|^PGDATA$/,
  mysql:
    /^(MYSQL|MARIADB)_((ALLOW_EMPTY|RANDOM)_)?ROOT_PASSWORD(_FILE|_HASH(_FILE)?)?$|^(MYSQL|MARIADB)_ALLOW_EMPTY_PASSWORD$|^(MYSQL|MARIADB)_RANDOM_ROOT_PASSWORD$/,
}

/** That the server does not make its database at all (docker-entrypoint.sh of postgres, mysql and mariadb). */
function withoutPassword({ kind, service }: DatabaseServer): Finding | undefined {
  const { name, given, entrypoint, command, image, mounts } = service
  if (entrypoint || command || [...given.keys()].some((key) => passwords[kind].test(key))) return undefined
  const variable = kind === 'postgres' ? 'POSTGRES_PASSWORD' : 'MYSQL_ROOT_PASSWORD'
  // In a folder of somebody else's there may be a database already.
  const mayBeMade = mounts.some(({ target, isNew }) => !isNew && /^\/var\/lib\/(postgresql|mysql)\b/.test(target))
  return {
    message: `\`${name}\` stops at its first start: nothing gives it \`${variable}\``,
    why: 'The image makes no database without a password: its container stops, and whatever waits for it does not start.',
    remedy: `Give \`${name}\` the password with which the app logs in`,
    span: image?.span ?? service.span,
    related: [],
    ...(mayBeMade ? { severity: 'warning', certainty: 'likely' } : {}),
  }
}

/** What to do about a password that a URL makes another one of. */
const escaping = (told: Told | undefined, made: Known<string> | undefined): Partial<Finding> =>
  told?.key === 'url' && made?.kind === 'known' && /[%:]/.test(made.value)
    ? {
        remedy:
          'Write `%` as `%25` and `:` as `%3A` in the URL, as `URI.encode_www_form/1` does: there they are no part of the password',
      }
    : {}

/** The databases that a server makes for itself (initdb; MySQL, "Data Directory Initialization"). */
const isAlwaysThere = (name: string | undefined, { kind }: DatabaseServer): boolean =>
  name !== undefined && (kind === 'mysql' ? name === 'mysql' : /^(postgres|template1)$/.test(name))

/** That the app surely says something else than the server was made with; undefined where nothing proves that. */
function refusal(
  { placesOf, doubt }: Connected,
  told: Told | undefined,
  { service }: DatabaseServer,
  made: Known<string> | undefined,
  message: (told: string, made: string) => string,
): Finding | undefined {
  const places = told && placesOf(told)
  if (told?.text === undefined || !places || made?.kind !== 'known' || made.value === told.text) return undefined
  const [place, ...others] = places
  const setter = made.trail.at(-1)
  return {
    message: message(told.text, made.value),
    span: place.span,
    related: [
      setter
        ? { span: setter.span, text: `\`${service.name}\` is made with this` }
        : { span: service.span, text: 'nothing else is said here' },
      ...others,
    ],
    ...doubt,
  }
}

/** Whether something in view may make a database before the app asks for it. */
const makesDatabases = ({ tree, deployments }: Project): boolean =>
  deployments.some(({ start }) =>
    start.some(({ span }) => /ecto\.(create|setup)|createdb|storage_up/.test(textOf(span))),
  ) || tree.sources.some(({ path, text }) => /\.ex$/.test(path) && text.includes('storage_up'))
