import { textOfArgs } from '../follow/arg.ts'
import type { Service } from './service.ts'

interface KnownServer {
  /** The repository of the image, without its registry. */
  readonly image: RegExp
  /** What of its settings gives it other ports. */
  readonly changes: RegExp
  /** The ports on which it answers, the usual one first. */
  readonly ports: readonly number[]
  /** Those on which it answers browsers and monitors. */
  readonly web?: readonly number[]
}

/** Servers beside databases, and their ports (the pages of the images; "Networking" of RabbitMQ, "Networking settings" of Elasticsearch). */
const servers: readonly KnownServer[] = [
  { image: /^(redis|valkey\/valkey|bitnami\/redis|redis\/redis-stack-server)$/, changes: /port/i, ports: [6379] },
  { image: /^(rabbitmq|bitnami\/rabbitmq)$/, changes: /port|listen/i, ports: [5672, 5671], web: [15672, 15692] },
  {
    image: /^(elasticsearch|elasticsearch\/elasticsearch|opensearchproject\/opensearch)$/,
    changes: /http\.port|transport\.port/i,
    ports: [9200],
  },
  { image: /^(minio\/minio|bitnami\/minio)$/, changes: /--address|port_number|minio_address/i, ports: [9000] },
  { image: /^(memcached)$/, changes: /-p\b|--port|port/i, ports: [11211] },
  { image: /^(mongo)$/, changes: /port/i, ports: [27017] },
  { image: /^(nats)$/, changes: /-p\b|port|\.conf/i, ports: [4222], web: [8222] },
  { image: /^(getmeili\/meilisearch)$/, changes: /addr/i, ports: [7700] },
]

/** Servers of which nothing more is known than that they run no app. */
const others =
  /^(postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb(-ha)?|mysql|mariadb|valkey|nginx|httpd|caddy|traefik|haproxy|adminer|dpage\/pgadmin4|edoburu\/pgbouncer|axllent\/mailpit|prom\/\w+|grafana\/\w+)$/

/** The repository of an image, without the registry of all. */
const repositoryOf = (image: string): string =>
  image.replace(/[:@].*$/s, '').replace(/^(docker\.io\/)?(library\/)?/, '')

/** Whether an image is one of a server that everybody knows, which runs no app whatever its environment is. */
export const isServerImage = (image: string): boolean =>
  others.test(repositoryOf(image)) || servers.some((one) => one.image.test(repositoryOf(image)))

/**
 * The ports on which a service answers that runs a server which everybody knows, by HTTP where `isWeb`; undefined where its
 * settings may change them.
 */
export function knownPortsOf(service: Service, isWeb: boolean): readonly number[] | undefined {
  const { image, build, command, entrypoint, declared, closed, mounts } = service
  const repository = repositoryOf(image?.name ?? '')
  const server = servers.find((one) => one.image.test(repository.replace(/^[^/]+\.[^/]+\//, '')))
  if (server === undefined || build !== undefined || entrypoint !== undefined || !closed.is) return undefined
  const settings = [textOfArgs(command ?? []), ...declared.map(({ name }) => name)]
  const isSet =
    settings.some((text) => server.changes.test(text)) || (command ?? []).some(({ text }) => text === undefined)
  return isSet || mounts.some(({ target }) => /\.(conf|cfg|ya?ml|acl)$|\/etc\//.test(target))
    ? undefined
    : (isWeb && server.web) || server.ports
}
