import { mapGet, mapOf } from '../../values/map.ts'
import { raise } from '../../values/types.ts'
import { atom, type MapValue, nil, type Value } from '../../values/value.ts'
import { unmodelled } from '../define.ts'
import { optional, parse } from './uri-parse.ts'

/** The URI that `reference` means on the page `base`: RFC 3986, section 5.2. */
export function merge(base: Value, reference: Value): Value {
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
  const whole = path.startsWith('/') ? path : (at(page, 'path') ?? '/').replace(/(?<![^/])[^/]*$/, '') + path
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
