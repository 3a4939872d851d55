import { mapOf } from '../../values/map.ts'
import { type CallContext, noClause, raise } from '../../values/types.ts'
import { binary, nil, type Value } from '../../values/value.ts'
import { enumerate } from '../collections/enumerable.ts'
import { bytes, outside, show, textOf, unmodelled } from '../define.ts'
import { charsOf } from '../text/chars.ts'
import { optional } from './uri-parse.ts'

/** Characters that stand for themselves anywhere in a URI. */
export const unreserved = /[A-Za-z0-9\-._~]/
/** Characters that part a URI. */
export const reserved = /[:/?#[\]@!$&'()*+,;=]/
const utf8 = new TextEncoder()

/** `%XX` for all bytes but those that `isPlain` leaves. */
export function encode(text: string, isPlain: (char: string) => boolean, space = '%20'): string {
  return Array.from(utf8.encode(text), (byte) => {
    const char = String.fromCharCode(byte)
    if (byte < 128 && isPlain(char)) return char
    return char === ' ' ? space : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

/** As in forms, with `+` for a space. */
export const encodeForm = (text: string): string => encode(text, (char) => unreserved.test(char), '+')

/** `%XX` as bytes; what is no such escape stays as it is. */
export function decode(text: string, plus: boolean): string {
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

/** `URI.encode_query/2`. */
export function encodeQuery(context: CallContext, from: Value, form: Value): string {
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

/** Keys and values of a query. */
export const pairsIn = (text: string, plus = true): readonly (readonly [string, string | undefined])[] =>
  text
    .split('&')
    .filter((part, _, all) => (part !== '' || all.length > 1 ? part !== '' : false))
    .map((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [decode(part, plus), ''] : [decode(part.slice(0, at), plus), decode(part.slice(at + 1), plus)]
    })

/** `URI.decode_query/3`. */
export function decodeQuery(value: Value, into: Value, form: Value): Value {
  const plus = !(form.kind === 'atom' && form.name === 'rfc3986')
  const text = textOf(value, 'URI.decode_query/3')
  if (into.kind !== 'map') return noClause('URI.decode_query/3')
  return mapOf([...into.entries, ...pairsIn(text, plus).map(([key, item]) => [binary(key), optional(item)] as const)])
}
