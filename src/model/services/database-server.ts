import type { Known } from '../../text/known.ts'
import type { Service } from './service.ts'

/** A database server that a service runs from an image that everybody knows. */
export interface DatabaseServer {
  readonly kind: 'postgres' | 'mysql'
  readonly service: Service
  /** The version that the tag names, such as 17, or `latest`; undefined where it names none. */
  readonly major: number | 'latest' | undefined
  /** Where it listens; undefined where the service changes that. */
  readonly port: number | undefined
  /** What its first start makes; undefined where the environment does not tell. */
  readonly user: Known<string> | undefined
  readonly password: Known<string> | undefined
  /** Of the root of MySQL. */
  readonly rootPassword: Known<string> | undefined
  readonly database: Known<string> | undefined
  /** Whether scripts of the project or others may make more users and databases when it starts first. */
  readonly hasScripts: boolean
}

/** The images of the official ones, and others that start as they do. */
const kinds = [
  {
    kind: 'postgres',
    image:
      /^(docker\.io\/)?((library\/)?postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb(-ha)?)(?=[:@]|$)/,
    // The others start from the official image of the version that their tag names.
    official:
      /^(docker\.io\/)?((library\/)?postgres(?=[:@]|$)|postgis\/postgis(?=:\d)|(pgvector\/pgvector|timescale\/timescaledb)(?=:[\w.-]*\bpg\d))/,
    prefix: 'POSTGRES',
    port: 5432,
  },
  {
    kind: 'mysql',
    image: /^(docker\.io\/)?(library\/)?(mysql|mariadb)(?=[:@]|$)/,
    official: /^(docker\.io\/)?(library\/)?(mysql|mariadb)(?=[:@]|$)/,
    prefix: 'MYSQL',
    port: 3306,
  },
] as const

/**
 * The database server that a service runs; undefined where its image is none, or it is built. The variables are those of
 * the images' pages ("Environment Variables" of postgres, mysql and mariadb).
 */
export function databaseServerOf(service: Service): DatabaseServer | undefined {
  const name = service.image?.name ?? ''
  const found = kinds.find(({ image }) => image.test(name))
  if (found === undefined || service.build !== undefined) return undefined
  const { kind, prefix, port } = found
  // Of what a file says nothing is known.
  const inFile = (key: string) => service.declared.some(({ name: one }) => one.endsWith(`_${key}_FILE`))
  const given = (key: string) =>
    inFile(key) ? undefined : (service.given.get(`${prefix}_${key}`) ?? marias(service, key))
  const user =
    given('USER') ??
    (kind === 'postgres' && !inFile('USER') ? { kind: 'known' as const, value: 'postgres', trail: [] } : undefined)
  const isPlain = service.command === undefined && service.entrypoint === undefined && service.closed.is
  const version = (/:(?:[\w.-]*-)?pg(\d+)/.exec(name) ?? /:(?:v)?(\d+)/.exec(name))?.[1]
  return {
    kind,
    service,
    major: !found.official.test(name) ? undefined : version ? Number(version) : isLatest(name) ? 'latest' : undefined,
    port: isPlain && !service.given.has('PGPORT') ? port : undefined,
    user,
    password: given('PASSWORD'),
    rootPassword: given('ROOT_PASSWORD'),
    database: inFile('DB') ? undefined : (given('DB') ?? given('DATABASE') ?? (kind === 'postgres' ? user : undefined)),
    hasScripts:
      !service.closed.is ||
      service.mounts.some(({ target }) => /^\/docker-entrypoint-initdb\.d|^\/(usr\/local\/bin|etc)\//.test(target)),
  }
}

/** What servers say to each other of what databases; the names of their adapters in Ecto follow from it. */
export type Protocol = 'Postgres' | 'MySQL' | 'SQL Server'

/** By the last part of an image's name: these start in ways of their own, but speak as the others do. */
const named: readonly (readonly [Protocol, RegExp])[] = [
  ['Postgres', /(^|\/)(postgres(ql)?|postgis|pgvector|timescaledb(-ha)?|citus|pgbouncer|cockroach)$/],
  ['MySQL', /(^|\/)(mysql(-server)?|mariadb|percona(-server)?)$/],
  ['SQL Server', /(^|\/)(mssql\/server|azure-sql-edge)$/],
]

/** The publishers whose images hold what their names say. */
const publishers =
  /^((docker\.io\/)?(library\/)?[\w-]+|(docker\.io\/)?(postgis|pgvector|timescale|citusdata|edoburu|cockroachdb|mysql|percona|bitnami|bitnamilegacy)\/[\w-]+|mcr\.microsoft\.com\/.+)$/

/** Whether what an image speaks is known, and not only told by the last part of its name. */
export const isKnownImage = ({ image }: Service): boolean =>
  publishers.test(image?.name.replace(/@.*$|:[^/]*$/, '') ?? '')

/** What the server of a service's image speaks; undefined where the image is none that its name tells, or it is built. */
export function protocolOf({ image, build, entrypoint }: Service): Protocol | undefined {
  const repository = image?.name.replace(/@.*$|:[^/]*$/, '') ?? ''
  return build === undefined && entrypoint === undefined
    ? named.find(([, pattern]) => pattern.test(repository))?.[0]
    : undefined
}

const isLatest = (image: string): boolean => /^[^:@]*(:(latest|alpine))?$/.test(image)

/** MariaDB knows its own names beside those of MySQL. */
const marias = (service: Service, key: string): Known<string> | undefined => service.given.get(`MARIADB_${key}`)
