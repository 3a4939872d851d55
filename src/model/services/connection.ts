import type { ComposeService } from '../../languages/compose/service-types.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import type { Span } from '../../text/source.ts'

/** What a container can reach by name, and under which names others reach it (Docker's embedded DNS). */
export interface Connection {
  /** The networks that it is on; empty where `network_mode` decides. */
  readonly networks: readonly Network[]
  /** Its names on all of its networks: the service, the container, links and aliases. */
  readonly names: readonly string[]
  /** The names that it alone knows: `extra_hosts` and `links`. */
  readonly ownNames: readonly string[]
  /** Where its networks are named; its key where none is. */
  readonly span: Span
  /** Why more may be reached than is in view; undefined where that is all. */
  readonly open: string | undefined
}

export interface Network {
  readonly name: string
  readonly ipv6: boolean
}

/** How a service of a compose project is connected. */
export function connectionOf(service: ComposeService, project: ComposeProject): Connection {
  const { networkMode, networks: named, links, extraHosts, containerName, dns } = service
  const used = networkMode ? [] : named.length > 0 ? named : [{ name: 'default', aliases: [] }]
  const external = used.find(({ name }) => project.networks.get(name)?.external)
  return {
    networks: used.map(({ name }) => ({ name, ipv6: project.networks.get(name)?.ipv6 ?? false })),
    names: [
      service.name,
      ...(containerName?.value.kind === 'known' ? [containerName.value.value] : []),
      ...used.flatMap(({ aliases }) => aliases),
    ],
    ownNames: [...extraHosts, ...links.flatMap(({ value }) => (value.kind === 'known' ? value.value.split(':') : []))],
    span: named[0]?.nameSpan ?? networkMode?.span ?? service.nameSpan,
    open: networkMode
      ? '`network_mode` decides what it reaches'
      : external
        ? `the network \`${external.name}\` is external`
        : dns
          ? 'it asks a DNS of its own'
          : project.elsewhere.some(({ holds }) => holds === 'services') || project.damages.length > 0
            ? 'not all services are here'
            : undefined,
  }
}
