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
  /** Where it looks for it there; undefined where that is not known. */
  readonly port: AskedPort | undefined
  /** Whether it asks by HTTP. */
  readonly isWeb: boolean
  readonly peer: Peer
  readonly service: Service
  readonly place: Label
  readonly related: readonly Label[]
}

/** A port, and where a person changes it. */
export interface AskedPort {
  readonly number: number
  readonly place: Label
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
    const reads = startReads(deployment, boot)
    return reads.flatMap(({ name, value, span }): readonly ServerAddress[] => {
      const { host, port, isWeb = false } = addressIn(name, value)
      const place = placeOf(value.trail)
      if (host === undefined || place === undefined || servesBeside(deployment)) return []
      const peer = peerOf(host, service, project.services)
      const beside = reads.find((one) => one.name === name.replace(/HOST(NAME)?$/, 'PORT') && one.name !== name)
      const besidePlace = beside && placeOf(beside.value.trail)
      const number = beside?.value.kind === 'known' && /^\d+$/.test(beside.value.value) ? beside.value.value : undefined
      const asked =
        port !== undefined
          ? { number: port, place }
          : besidePlace && number !== undefined
            ? { number: Number(number), place: besidePlace }
            : undefined
      const related = [{ span, text: `\`${name}\` is read here` }]
      return [{ name, host, port: asked, isWeb, peer, service, place, related }]
    })
  })

const usualPorts: Readonly<Record<string, number>> = {
  'redis:': 6379,
  'valkey:': 6379,
  'amqp:': 5672,
  'mongodb:': 27017,
  'nats:': 4222,
  'http:': 80,
}

interface Written {
  readonly host?: string
  readonly port?: number | undefined
  readonly isWeb?: boolean
}

function addressIn(name: string, value: Known<string>): Written {
  const text = value.kind === 'known' ? value.value : value.kind === 'unknown' ? value.partial : undefined
  if (text === undefined) return {}
  if (named.test(name)) return /^[\w.-]+$/.test(text) ? { host: text } : {}
  const [, scheme = '', host, written] =
    /^([a-z][\w+.-]*:)\/\/(?:[^/?#@]*@)?([\w.-]+)(?::(\d+))?(?=[:/?#]|$)/.exec(text) ?? []
  if (host === undefined || !schemes.test(scheme)) return {}
  // The own address of the app: links, and what browsers are told.
  if (/^https?:$/.test(scheme) && /^localhost$|^127\./.test(host)) return {}
  const isWhole = value.kind === 'known'
  const port = written !== undefined ? Number(written) : isWhole ? usualPorts[scheme] : undefined
  return { host, port, isWeb: /^https?:$/.test(scheme) }
}
