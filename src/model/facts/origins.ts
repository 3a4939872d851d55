import type { Label } from '../../text/diagnostic.ts'
import { type Known, known, unknown, unset } from '../../text/known.ts'
import type { Boot } from '../boot/boot.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import { endpointConfig } from '../boot/endpoint-config.ts'
import { trailOf } from '../boot/trail.ts'
import { onEveryBranch, resultOf } from '../outcome/made.ts'
import { urlOf } from '../outcome/url.ts'
import { faultOf, placeholderOf } from './hosts.ts'

/** The public address of an endpoint, as the links have it. */
export interface PublicAddress {
  /** Such as `https://shop.example`. */
  readonly text: string
  readonly scheme: string
  readonly host: string
  readonly port: number
  /** Where its host comes from. */
  readonly trail: readonly Label[]
}

/** The address of an endpoint; unset where it has none that people use. */
export function addressOf(endpoint: Endpoint, boot: Boot): Known<PublicAddress> {
  const host = endpoint.at('url', 'host')
  if (host?.kind !== 'binary') return unknown('the host of the address is not known')
  if (placeholderOf(host) !== undefined || faultOf(host.text) !== undefined) return unset()
  const config = endpointConfig(endpoint, ['url', 'static_url', 'http', 'https'])
  const text = resultOf(onEveryBranch(config, (closed) => urlOf(closed, boot.environment)))
  if (text.kind !== 'known') return text
  const origin = originOf(text.value)
  if (origin?.scheme === undefined || origin.port === undefined || isOfNetwork(origin.host)) return unset()
  const { scheme, host: name } = origin
  const trail = trailOf(host)
  return known(
    scheme === 'https' && isOfPlainListener(endpoint, origin.port)
      ? { text: `https://${name}`, scheme, host: name, port: 443, trail }
      : { text: text.value, scheme, host: name, port: origin.port, trail },
  )
}

/** Whether links have the port of a listener without TLS, by which nobody reaches what is shown by HTTPS. */
const isOfPlainListener = (endpoint: Endpoint, port: number): boolean => {
  const own = endpoint.at('http', 'port')
  return endpoint.at('https') === undefined && own?.kind === 'integer' && Number(own.value) === port
}

/** Whether a host is a name that only a network of containers or machines knows: `web`. */
const isOfNetwork = (host: string): boolean => /^[\w-]+$/.test(host)

/** An entry of `check_origin`; what is undefined may be anything. */
export interface WebOrigin {
  readonly scheme: string | undefined
  readonly host: string
  readonly port: number | undefined
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 }

/** An origin as Phoenix reads it (Phoenix.Socket.Transport, `check_origin`); undefined where it has no host, which raises. */
export function originOf(text: string): WebOrigin | undefined {
  const [, scheme, host, port] = /^(?:([A-Za-z][\w+.-]*):)?\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::(\d+))?/.exec(text) ?? []
  if (host === undefined) return undefined
  const own = scheme?.toLowerCase()
  return { scheme: own, host, port: port === undefined ? defaultPorts[own ?? ''] : Number(port) }
}

/** Whether an origin lets the pages of an address open sockets: `//*.example.com` takes every host that ends so. */
export function allows(origin: WebOrigin, { scheme, host, port }: PublicAddress): boolean {
  if (origin.scheme !== undefined && origin.scheme !== scheme) return false
  if (origin.port !== undefined && origin.port !== port) return false
  return origin.host.startsWith('*.') ? host.endsWith(origin.host.slice('*.'.length)) : origin.host === host
}
