import { field } from '../../values/map.ts'
import type { MapValue } from '../../values/value.ts'

const text = (uri: MapValue, name: string): string | undefined => {
  const value = field(uri, name)
  return value?.kind === 'binary' ? value.text : undefined
}

/** Ports that `URI` knows. */
export const schemePorts: Readonly<Record<string, number>> = {
  ftp: 21,
  sftp: 22,
  tftp: 69,
  http: 80,
  https: 443,
  ldap: 389,
  ws: 80,
  wss: 443,
}

/** What `URI.to_string/1` gives of `%URI{}`. */
export function uriText(uri: MapValue): string {
  const scheme = text(uri, 'scheme')
  const authority = field(uri, 'host')?.kind === 'binary' ? hostPart(uri, scheme) : undefined
  const path = text(uri, 'path') ?? ''
  const query = text(uri, 'query')
  const fragment = text(uri, 'fragment')
  return [
    scheme === undefined ? '' : `${scheme}:`,
    authority === undefined ? '' : `//${authority}`,
    path,
    query === undefined ? '' : `?${query}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('')
}

function hostPart(uri: MapValue, scheme: string | undefined): string {
  const host = text(uri, 'host') ?? ''
  const user = text(uri, 'userinfo')
  const port = field(uri, 'port')
  const isDefault = port?.kind !== 'integer' || (scheme !== undefined && schemePorts[scheme] === Number(port.value))
  return `${user === undefined ? '' : `${user}@`}${host.includes(':') ? `[${host}]` : host}${isDefault ? '' : `:${port.value}`}`
}
