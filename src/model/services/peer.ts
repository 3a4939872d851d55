import type { Service } from './service.ts'

/** Who answers to a host name inside a container of a compose project. */
export type Peer =
  /** A service on a network that both are on. */
  | { readonly kind: 'service'; readonly service: Service }
  /** A service, on no network that both are on. */
  | { readonly kind: 'apart'; readonly service: Service }
  /** The container itself, where nothing but its own processes listens. */
  | { readonly kind: 'itself' }
  | { readonly kind: 'nobody' }
  /** Somebody outside of the project, or nobody can say. */
  | { readonly kind: 'outside' }

const loopback = /^(localhost|127(\.\d+){1,3}|\[?::1\]?|0\.0\.0\.0)$/i

/**
 * Who `host` is for `service`, among the services of its compose project: Docker's DNS knows the services, containers
 * and aliases of a container's own networks (Compose file reference, "networks").
 */
export function peerOf(host: string, service: Service, services: readonly Service[]): Peer {
  const { connection } = service
  const stack = services.filter((one) => areTogether(one, service))
  if (loopback.test(host)) {
    const shares = stack.some(({ network }) => network === `service:${service.name}`)
    return service.network !== undefined || shares ? { kind: 'outside' } : { kind: 'itself' }
  }
  if (connection.ownNames.includes(host)) return { kind: 'outside' }
  const named = stack.filter((one) => one.connection.names.includes(host))
  const near = named.find((one) => one === service || shareNetwork(one, service))
  // Manifests of several clusters may lie side by side.
  const isMeant = named.length === 1 || service.platform !== 'kubernetes'
  if (near) return isMeant ? { kind: 'service', service: near } : { kind: 'outside' }
  // The machine asks its own DNS, which knows no services.
  const [other] = service.network === 'host' ? named : []
  if (other && other.network === undefined) return { kind: 'apart', service: other }
  if (/[.:]/.test(host)) return { kind: 'outside' }
  if (connection.open !== undefined || named.some((one) => one.network !== undefined)) return { kind: 'outside' }
  const [far] = named
  return far ? { kind: 'apart', service: far } : { kind: 'nobody' }
}

/** Whether two services are started together: by one compose project or file, or in the same cluster. */
export const areTogether = (one: Service, other: Service): boolean =>
  one.stack === other.stack || (one.platform === 'kubernetes' && other.platform === 'kubernetes')

const shareNetwork = (one: Service, other: Service): boolean =>
  one.connection.networks.some(({ name }) => other.connection.networks.some((network) => network.name === name))

/** The names by which a service reaches others. */
export const namesAround = (service: Service, services: readonly Service[]): readonly string[] =>
  services
    .filter((one) => one !== service && areTogether(one, service) && shareNetwork(one, service))
    .flatMap((one) => one.connection.names)
