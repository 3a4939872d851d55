import type { Label } from '../../../text/diagnostic.ts'
import type { Known } from '../../../text/known.ts'
import { placeOf } from '../../boot/trail.ts'
import type { Project } from '../../project/project.ts'
import { type Peer, peerOf } from '../../services/peer.ts'
import type { Service } from '../../services/service.ts'
import { bootsOf, startReads } from '../boots.ts'
import { servesBeside } from './databases.ts'

/** A server that a variable names which the app reads, and who answers to its name. */
export interface ServerAddress {
  readonly name: string
  readonly host: string
  readonly peer: Peer
  readonly service: Service
  readonly place: Label
  readonly related: readonly Label[]
}

/** Servers that are asked, and no addresses that people see. */
const schemes = /^(rediss?|valkey|amqps?|mongodb|memcached?|nats|kafka|mqtts?|ldaps?|clickhouse|smtps?|https?):$/
const named =
  /(REDIS|VALKEY|RABBIT|AMQP|ELASTIC|OPENSEARCH|MEILI|TYPESENSE|MEMCACHE|MONGO|KAFKA|NATS|MINIO|CLICKHOUSE|SMTP).*HOST(NAME)?$/

/** The servers, beside databases, that the variables name which a service reads when it starts. */
export const addressesOf = (project: Project): readonly ServerAddress[] =>
  bootsOf(project).flatMap(({ deployment, boot }) => {
    const { service } = deployment
    if (service === undefined) return []
    return startReads(deployment, boot).flatMap(({ name, value, span }): readonly ServerAddress[] => {
      const host = hostOf(name, value)
      const place = placeOf(value.trail)
      if (host === undefined || place === undefined || servesBeside(deployment)) return []
      const peer = peerOf(host, service, project.services)
      return [{ name, host, peer, service, place, related: [{ span, text: `\`${name}\` is read here` }] }]
    })
  })

function hostOf(name: string, value: Known<string>): string | undefined {
  const text = value.kind === 'known' ? value.value : value.kind === 'unknown' ? value.partial : undefined
  if (text === undefined) return undefined
  if (named.test(name)) return /^[\w.-]+$/.test(text) ? text : undefined
  const [, scheme = '', host] = /^([a-z][\w+.-]*:)\/\/(?:[^/?#@]*@)?([\w.-]+)(?=[:/?#]|$)/.exec(text) ?? []
  if (host === undefined || !schemes.test(scheme)) return undefined
  // The own address of the app: links, and what browsers are told.
  return /^https?:$/.test(scheme) && /^localhost$|^127\./.test(host) ? undefined : host
}
