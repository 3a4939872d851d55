import { mapGet, mapOf, struct, structName } from '../map.ts'
import { atom, binary, boolean, integer, list, type MapValue, nil, tuple, type Value } from '../value.ts'
import { charsOf } from './chars.ts'
import { bytes, functions, outside, show, textOf, unmodelled } from './define.ts'
import { enumerate } from './enumerable.ts'
import { type CallContext, noClause, raise, type StdTable } from './types.ts'
import { schemePorts, uriText } from './uri-text.ts'

const optional = (text: string | undefined): Value => (text === undefined ? nil : binary(text))
const known = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

interface Parts {
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
function split(text: string): Parts {
  const found = /^(([a-z][a-z0-9+\-.]*):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#([\s\S]*))?/i.exec(text) ?? []
  const scheme = found[2]?.toLowerCase()
  const { userinfo, host, port } = splitAuthority(found[4])
  return {
    scheme,
    authority: found[3] === undefined ? undefined : found[4],
    userinfo,
    host: found[3] === undefined ? undefined : host,
    port: port ?? (scheme === undefined ? undefined : schemePorts[scheme]),
    path: known(found[5]),
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

function structOf(parts: Parts, authority: string | undefined): MapValue {
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

function parse(value: Value): Value {
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

function newOf(value: Value): { readonly uri?: Value; readonly flaw?: string; readonly text: string } {
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

const unreserved = /[A-Za-z0-9\-._~]/
const reserved = /[:/?#[\]@!$&'()*+,;=]/
const utf8 = new TextEncoder()

function encode(text: string, isPlain: (char: string) => boolean, space = '%20'): string {
  return Array.from(utf8.encode(text), (byte) => {
    const char = String.fromCharCode(byte)
    if (byte < 128 && isPlain(char)) return char
    return char === ' ' ? space : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

const encodeForm = (text: string): string => encode(text, (char) => unreserved.test(char), '+')

/** `%XX` as bytes; what is no such escape stays as it is. */
function decode(text: string, plus: boolean): string {
  const encoded = utf8.encode(plus ? text.replaceAll('+', ' ') : text)
  const decoded: number[] = []
  for (let at = 0; at < encoded.length; at++) {
    const hex = encoded[at] === 37 ? String.fromCharCode(encoded[at + 1] ?? 0, encoded[at + 2] ?? 0) : ''
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      decoded.push(Number.parseInt(hex, 16))
      at += 2
    } else decoded.push(encoded[at] ?? 0)
  }
  const value = bytes(decoded)
  return value.kind === 'binary' ? value.text : unmodelled('the decoded text is no UTF-8')
}

function encodeQuery(context: CallContext, from: Value, form: Value): string {
  const how =
    form.kind === 'atom' && form.name === 'rfc3986'
      ? (text: string) => encode(text, (char) => unreserved.test(char))
      : encodeForm
  const part = (value: Value | undefined, what: string): string => {
    const given = outside(context, value ?? nil)
    if (given.kind === 'list')
      return raise('ArgumentError', `encode_query/2 ${what} cannot be lists, got: ${show(context, given)}`)
    return how(charsOf(context, given))
  }
  return enumerate(context, from)
    .map((item) => {
      const pair = outside(context, item)
      if (pair.kind !== 'tuple' || pair.items.length !== 2) return noClause('URI.encode_kv_pair/2')
      return `${part(pair.items[0], 'keys')}=${part(pair.items[1], 'values')}`
    })
    .join('&')
}

const pairsIn = (text: string, plus = true): readonly (readonly [string, string | undefined])[] =>
  text
    .split('&')
    .filter((part, _, all) => (part !== '' || all.length > 1 ? part !== '' : false))
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [decode(part, plus), ''] : [decode(part.slice(0, at), plus), decode(part.slice(at + 1), plus)]
    })

function decodeQuery(value: Value, into: Value, form: Value): Value {
  const plus = !(form.kind === 'atom' && form.name === 'rfc3986')
  const text = textOf(value, 'URI.decode_query/3')
  if (into.kind !== 'map') return noClause('URI.decode_query/3')
  return mapOf([...into.entries, ...pairsIn(text, plus).map(([key, item]) => [binary(key), optional(item)] as const)])
}

/** The URI that `reference` means on the page `base`: RFC 3986, section 5.2. */
function merge(base: Value, reference: Value): Value {
  const [page, link] = [parse(base), parse(reference)]
  if (page.kind !== 'map' || link.kind !== 'map') return unmodelled('the URI is not known')
  const get = (uri: MapValue, name: string) => mapGet(uri, atom(name)) ?? nil
  const at = (uri: MapValue, name: string): string | undefined => {
    const value = get(uri, name)
    return value.kind === 'binary' ? value.text : undefined
  }
  if (get(page, 'scheme').kind === 'atom') return raise('ArgumentError', 'you must merge onto an absolute URI')
  const replaced = (uri: MapValue, path: string | undefined, query: Value): Value =>
    mapOf([
      ...uri.entries,
      [atom('path'), optional(path)],
      [atom('query'), query],
      [atom('fragment'), get(link, 'fragment')],
    ])
  if (at(link, 'scheme') !== undefined) return replaced(link, withoutDots(at(link, 'path')), get(link, 'query'))
  if (at(link, 'host') !== undefined)
    return mapOf([
      ...link.entries,
      [atom('scheme'), get(page, 'scheme')],
      [atom('path'), optional(withoutDots(at(link, 'path')))],
    ])
  const path = at(link, 'path')
  if (path === undefined)
    return replaced(page, at(page, 'path'), at(link, 'query') === undefined ? get(page, 'query') : get(link, 'query'))
  const whole = path.startsWith('/') ? path : (at(page, 'path') ?? '/').replace(/[^/]*$/, '') + path
  return replaced(page, withoutDots(whole), get(link, 'query'))
}

function withoutDots(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  const kept: string[] = []
  const parts = path.split('/')
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (part === '..') {
      if (kept.length > 1) kept.pop()
      if (isLast) kept.push('')
    } else if (part === '.') {
      if (isLast) kept.push('')
    } else kept.push(part)
  }
  return kept.join('/')
}

/** `URI`. */
export const uriFunctions: StdTable = {
  ...functions('URI', 'map', {
    'parse/1': (_, value) => parse(value),
    'new!/1': (_, value) => {
      const { uri, flaw, text } = newOf(value)
      return uri ?? raise('URI.Error', `cannot parse due to reason invalid_uri: "${flaw ?? text}"`)
    },
    'merge/2': (_, base, reference) => merge(base, reference),
    'decode_query/1': (_, value) => decodeQuery(value, mapOf([]), nil),
    'decode_query/2': (_, value, into) => decodeQuery(value, into, nil),
    'decode_query/3': (_, value, into, form) => decodeQuery(value, into, form),
    'append_query/2': (_, uri, query) => {
      if (uri.kind !== 'map' || structName(uri) !== 'Elixir.URI') return noClause('URI.append_query/2')
      const before = mapGet(uri, atom('query'))
      const added = textOf(query, 'URI.append_query/2')
      const joined =
        before?.kind === 'binary' && before.text !== '' ? `${before.text.replace(/&$/, '')}&${added}` : added
      return mapOf([...uri.entries, [atom('query'), binary(joined)]])
    },
    'append_path/2': (_, uri, path) => {
      if (uri.kind !== 'map' || structName(uri) !== 'Elixir.URI') return noClause('URI.append_path/2')
      const before = mapGet(uri, atom('path'))
      const added = textOf(path, 'URI.append_path/2')
      if (!added.startsWith('/') || added.startsWith('//'))
        return raise('ArgumentError', `path must start with "/", got: "${added}"`)
      return mapOf([
        ...uri.entries,
        [atom('path'), binary((before?.kind === 'binary' ? before.text.replace(/\/$/, '') : '') + added)],
      ])
    },
  }),
  ...functions('URI', 'tuple', {
    'new/1': (_, value) => {
      const { uri, flaw, text } = newOf(value)
      return uri ? tuple([atom('ok'), uri]) : tuple([atom('error'), binary(flaw ?? text)])
    },
  }),
  ...functions('URI', 'binary', {
    'to_string/1': (context, value) =>
      structName(value) === 'Elixir.URI' && value.kind === 'map'
        ? binary(uriText(value))
        : noClause('String.Chars.URI.to_string/1'),
    'encode/1': (_, value) =>
      binary(encode(textOf(value, 'URI.encode/2'), (char) => unreserved.test(char) || reserved.test(char))),
    'encode/2': (context, value, test) => {
      if (test.kind !== 'function') return noClause('URI.encode/2')
      return binary(
        encode(textOf(value, 'URI.encode/2'), (char) =>
          context.isTrue(context.call(test, [integer(char.charCodeAt(0))])),
        ),
      )
    },
    'encode_www_form/1': (_, value) => binary(encodeForm(textOf(value, 'URI.encode_www_form/1'))),
    'decode/1': (_, value) => binary(decode(textOf(value, 'URI.decode/1'), false)),
    'decode_www_form/1': (_, value) => binary(decode(textOf(value, 'URI.decode_www_form/1'), true)),
    'encode_query/1': (context, from) => binary(encodeQuery(context, from, nil)),
    'encode_query/2': (context, from, form) => binary(encodeQuery(context, from, form)),
  }),
  ...functions('URI', 'any', {
    'default_port/1': (_, scheme) => {
      const port = schemePorts[textOf(scheme, 'URI.default_port/1')]
      return port === undefined ? nil : integer(port)
    },
    'default_port/2': () => atom('ok'),
    'query_decoder/1': (_, value) =>
      list(pairsIn(textOf(value, 'URI.query_decoder/2')).map(([key, item]) => tuple([binary(key), optional(item)]))),
  }),
  ...functions('URI', 'boolean', {
    'char_unreserved?/1': (_, char) =>
      boolean(char.kind === 'integer' && unreserved.test(String.fromCodePoint(Number(char.value)))),
    'char_reserved?/1': (_, char) =>
      boolean(char.kind === 'integer' && reserved.test(String.fromCodePoint(Number(char.value)))),
    'char_unescaped?/1': (_, char) =>
      boolean(
        char.kind === 'integer' &&
          (reserved.test(String.fromCodePoint(Number(char.value))) ||
            unreserved.test(String.fromCodePoint(Number(char.value)))),
      ),
  }),
}
