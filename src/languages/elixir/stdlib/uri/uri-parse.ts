import { struct, structName } from '../../values/map.ts'
import { binary, integer, type MapValue, nil, type Value } from '../../values/value.ts'
import { textOf } from '../define.ts'
import { schemePorts } from './uri-text.ts'

/** A text, or nil. */
export const optional = (text: string | undefined): Value => (text === undefined ? nil : binary(text))
const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

interface UriParts {
  readonly scheme: string | undefined
  readonly authority: string | undefined
  readonly userinfo: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly path: string | undefined
  readonly query: string | undefined
  readonly fragment: string | undefined
}

/** A URI as `URI.parse/1` splits it: by the regular expression of RFC 3986, appendix B, without any check. */
function split(text: string): UriParts {
  const found = /^(([a-z][a-z0-9+\-.]*):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#([\s\S]*))?/i.exec(text) ?? []
  const scheme = found[2]?.toLowerCase()
  const { userinfo, host, port } = splitAuthority(found[4])
  return {
    scheme,
    authority: found[3] === undefined ? undefined : found[4],
    userinfo,
    host: found[3] === undefined ? undefined : host,
    port: port ?? (scheme === undefined ? undefined : schemePorts[scheme]),
    path: filled(found[5]),
    query: found[6] === undefined ? undefined : (found[7] ?? ''),
    fragment: found[8] === undefined ? undefined : (found[9] ?? ''),
  }
}

function splitAuthority(text: string | undefined): {
  userinfo?: string | undefined
  host?: string | undefined
  port?: number | undefined
} {
  if (text === undefined) return {}
  const found = /(^(.*)@)?(\[[a-zA-Z0-9:.]*\]|[^:]*)(:(\d*))?/.exec(text) ?? []
  const port = found[5] === undefined || found[5] === '' ? undefined : Number(found[5])
  return {
    userinfo: found[1] === undefined ? undefined : found[2],
    host: (found[3] ?? '').replace(/^\[|\]$/g, ''),
    port,
  }
}

function structOf(parts: UriParts, authority: string | undefined): MapValue {
  return struct('Elixir.URI', {
    scheme: optional(parts.scheme),
    authority: optional(authority),
    userinfo: optional(parts.userinfo),
    host: optional(parts.host),
    port: parts.port === undefined ? nil : integer(parts.port),
    path: optional(parts.path),
    query: optional(parts.query),
    fragment: optional(parts.fragment),
  })
}

/** `URI.parse/1`. */
export function parse(value: Value): Value {
  if (structName(value) === 'Elixir.URI') return value
  const parts = split(textOf(value, 'URI.parse/1'))
  return structOf(parts, parts.authority)
}

/** The first thing in `text` that no URI has, as `:uri_string.parse/1` tells it; undefined where it is fine. */
function flawOf(text: string): string | undefined {
  const bad = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/u.exec(text)
  if (bad)
    return /^[A-Za-z][A-Za-z0-9+\-.]*:\/\//.test(text) && !/[/?#]/.test(text.slice(text.indexOf('//') + 2, bad.index))
      ? ':'
      : bad[0]
  const authority = /^(?:[A-Za-z][A-Za-z0-9+\-.]*:)?\/\/([^/?#]*)/.exec(text)?.[1]
  if (authority !== undefined && !/^(?:[^@[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^:@[\]]*)(?::\d*)?$/.test(authority))
    return ':'
  if (/^[^/?#]*:/.test(text) && !/^[A-Za-z][A-Za-z0-9+\-.]*:/.test(text)) return ':'
  return /[[\]]/.test(authority === undefined ? text : text.replace(authority, '')) ? '[' : undefined
}

/** `URI.new/1`: the URI, or what is wrong with it. */
export function newOf(value: Value): { readonly uri?: Value; readonly flaw?: string; readonly text: string } {
  if (structName(value) === 'Elixir.URI') return { uri: value, text: '' }
  const text = textOf(value, 'URI.new/1')
  const flaw = flawOf(text)
  if (flaw !== undefined) return { flaw, text }
  const parts = split(text)
  return {
    uri: structOf(
      { ...parts, path: parts.path ?? (parts.host === undefined && text === '' ? undefined : parts.path) },
      undefined,
    ),
    text,
  }
}
