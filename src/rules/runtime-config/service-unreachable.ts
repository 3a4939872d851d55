import { likely } from '../../model/facts/boots.ts'
import { addressesOf, type ServerAddress } from '../../model/facts/neighbours/addresses.ts'
import { type Connected, connectionsOf } from '../../model/facts/neighbours/databases.ts'
import type { Project } from '../../model/project/project.ts'
import { databaseServerOf } from '../../model/services/database-server.ts'
import { knownPortsOf } from '../../model/services/known-server.ts'
import { areTogether, namesAround, type Peer } from '../../model/services/peer.ts'
import type { Service } from '../../model/services/service.ts'
import type { Finding, Fix, Label } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/nearest.ts'
import { exactly, partInstead } from '../edits/literal.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'service-unreachable',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'which service was meant is yours to say',
  summary: 'the app looks for its database, or for another service, where it is not',
  incident: 'The app starts and cannot reach its database: every query fails, and a migration at the start stops it.',
  remedy: 'Name the service of the database as the host, on a network that both are in',
  why: `Inside a container \`localhost\` is the container itself. The services of a compose file reach each other by the name
of the service, or by an alias, if both are on the same network, and at the port on which the other one listens: what
\`ports:\` publishes is for the world outside.`,
  links: [
    'https://docs.docker.com/compose/how-tos/networking/',
    'https://docs.docker.com/reference/compose-file/services/#networks',
  ],
  examples: [
    {
      title: 'a database on localhost',
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
        DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@localhost/shop
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
    {
      title: 'the port that is published',
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
            ports: ["5433:5432"]
            environment:
              POSTGRES_USER: shop
              POSTGRES_PASSWORD: \${DB_PASSWORD:?set it in .env}`,
      bad: `
        -- compose.yaml: DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db/shop --
        DATABASE_URL: ecto://shop:\${DB_PASSWORD:?set it in .env}@db:5433/shop
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const one of connectionsOf(project))
      yield* [...unreachable(one, project), ...otherProtocol(one), ...wrongPort(one)]
    for (const one of addressesOf(project)) yield* [...lost(one, project), ...otherPort(one)]
  },
})

const whichNetwork = 'which network they should share is yours to say'

/** A database whose host is nobody that the service can reach. */
function unreachable({ database, peer, service, placesOf, doubt }: Connected, project: Project): readonly Finding[] {
  const { hostname } = database
  const places = hostname && placesOf(hostname)
  const host = hostname?.text
  if (host === undefined || places === undefined) return []
  const [place, ...others] = places
  const servers = serversAround(service, project)
  const reason = reasonOf(peer, host, service, 'its database', namesAround(service, project.services))
  if (reason === undefined) return []
  if (peer.kind === 'apart')
    return [
      {
        ...reason,
        remedy: 'Put both on one network',
        related: [...reason.related, place, ...others],
        noFix: whichNetwork,
        ...(service.network === 'host' ? likely : doubt),
      },
    ]
  const [server, ...more] = servers
  const beside =
    server && more.length === 0
      ? { span: server.span, text: `the database of this ${server.platform ? '' : 'compose '}file` }
      : undefined
  return [
    {
      ...reason,
      span: place.span,
      related: [...(beside ? [beside] : []), ...others],
      fixes: beside && server ? hostInstead(place, host, nameFor(server)) : [],
      ...(server ? doubt : likely),
    },
  ]
}

/** A database of another kind than the adapter is for. */
function otherProtocol({ database, mismatch, repo, placesOf, doubt }: Connected): readonly Finding[] {
  const places = database.hostname && placesOf(database.hostname)
  if (mismatch === undefined || places === undefined) return []
  const { adapter, answers, service, isSure } = mismatch
  const [place, ...others] = places
  return [
    {
      message: `\`${repo}\` speaks the protocol of ${adapter.speaks}, and \`${service.name}\` that of ${answers}`,
      why: 'The app starts and no connection comes about: each side waits for the other, or does not understand it.',
      remedy: 'Let the adapter be that of the database, or name another service as its host',
      span: place.span,
      related: [
        { span: service.image?.span ?? service.span, text: `\`${service.name}\` runs this` },
        { span: adapter.span, text: `the adapter of \`${repo}\`` },
        ...others,
      ],
      ...(isSure ? doubt : likely),
    },
  ]
}

/** A database that listens, at another port. */
function wrongPort({ database, server, service, placesOf, doubt }: Connected): readonly Finding[] {
  const { port } = database
  const places = port && placesOf(port)
  if (!places || port.text === undefined || server?.port === undefined || Number(port.text) === server.port) return []
  const [place, ...others] = places
  const published = server.service.ports.find((one) => one.published === port.text)
  const fix = partInstead(place.span, exactly(`:${port.text}`), '')
  return [
    {
      message: `\`${server.service.name}\` listens on port ${server.port}, and \`${service.name}\` looks for its database at ${port.text}`,
      remedy: `Name port ${server.port}, on which it listens inside of its container`,
      span: place.span,
      related: [
        ...(published ? [{ span: published.span, text: 'this port is for the world outside of the network' }] : []),
        ...others,
      ],
      fixes:
        fix && port.key === 'url'
          ? [{ title: 'Take the port on which it listens', safety: 'unsafe', edits: [fix] }]
          : [],
      ...doubt,
    },
  ]
}

/** Another server that a variable names. */
function lost({ name, host, peer, service, place, related }: ServerAddress, project: Project): readonly Finding[] {
  const reason = reasonOf(peer, host, service, `the server of \`${name}\``, namesAround(service, project.services))
  if (reason === undefined) return []
  const said = { why: 'The app starts and does not reach the server: no connection comes about.', ...likely }
  return peer.kind === 'apart'
    ? [
        {
          ...reason,
          remedy: 'Put both on one network',
          related: [...reason.related, place, ...related],
          noFix: whichNetwork,
          ...said,
        },
      ]
    : [{ ...reason, remedy: 'Name its service as the host', span: place.span, related, ...said }]
}

/** Another server that listens, at another port. */
function otherPort({ name, port, isWeb, peer, service, related }: ServerAddress): readonly Finding[] {
  const ports = peer.kind === 'service' ? knownPortsOf(peer.service, isWeb) : undefined
  if (!ports || port === undefined || peer.kind !== 'service' || ports.includes(port.number)) return []
  const published = peer.service.ports.find((one) => one.published === String(port.number))
  return [
    {
      message: `\`${peer.service.name}\` listens on port ${ports[0]}, and \`${service.name}\` looks for the server of \`${name}\` at ${port.number}`,
      why: 'The app starts and does not reach the server: the connection is refused.',
      remedy: 'Name the port on which it listens inside of its container',
      span: port.place.span,
      related: [
        ...(published ? [{ span: published.span, text: 'this port is for the world outside of the network' }] : []),
        ...related,
      ],
      ...likely,
    },
  ]
}

/** Why a service surely does not reach a peer; undefined where nothing proves that. */
function reasonOf(
  peer: Peer,
  host: string,
  service: Service,
  what: string,
  names: readonly string[],
): (Pick<Finding, 'message' | 'span'> & { readonly related: readonly Label[] }) | undefined {
  const at = { span: service.connection.span, related: [] }
  if (peer.kind === 'itself')
    return { ...at, message: `\`${service.name}\` looks for ${what} on \`${host}\`, which is its own container` }
  if (peer.kind === 'nobody')
    return {
      ...at,
      message: `\`${service.name}\` looks for ${what} on \`${host}\`, and no service or alias is called so${didYouMean(host, names)}`,
    }
  if (peer.kind !== 'apart') return undefined
  const { name, connection } = peer.service
  return {
    ...at,
    message: `\`${service.name}\` and \`${name}\` are on no common network, so that \`${service.name}\` does not reach ${what}`,
    related: [{ span: connection.span, text: `the networks of \`${name}\`` }],
  }
}

/** The databases that a service could reach. */
const serversAround = (service: Service, { services }: Project): readonly Service[] =>
  services.filter((one) => areTogether(one, service) && databaseServerOf(one) !== undefined)

/** The name by which others reach it. */
const nameFor = ({ name, platform, connection }: Service): string => (platform && connection.names[0]) ?? name

function hostInstead(place: Label, host: string, name: string): readonly Fix[] {
  const edit =
    partInstead(place.span, new RegExp(`(?<=@|//)${exactly(host).source}(?=[:/?"']|$)`), name) ??
    partInstead(place.span, new RegExp(`^${exactly(host).source}$|(?<=:?-)${exactly(host).source}(?=\\}$)`), name)
  return edit ? [{ title: `Name the service \`${name}\``, safety: 'unsafe', edits: [edit] }] : []
}
