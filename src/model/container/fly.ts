import { type Source, span } from '../../text/source.ts'
import type { Shipping } from '../shipping/shipping.ts'

/**
 * The path that Fly.io asks of an app, from its fly.toml (fly.io, "App configuration", `http_service.checks`,
 * `services.http_checks` and `checks`): the first of them, as far as it stands in a section of its own.
 */
export function healthOfFly(source: Source): Shipping['health'] {
  let inCheck = false
  for (const { index, 0: line } of source.text.matchAll(/^.*$/gm)) {
    const header = /^\s*\[\[?([\w.-]+)\]\]?/.exec(line)?.[1]
    if (header !== undefined) inCheck = /^(http_service\.checks|services\.http_checks|checks\.[\w-]+)$/.test(header)
    const found = inCheck ? /^\s*path\s*=\s*(["'])(\/[^"'\n]*)\1/.exec(line) : null
    const [whole = '', , path = ''] = found ?? []
    if (!found) continue
    const end = index + whole.length - 1
    return { path, span: span(source, end - path.length, end) }
  }
  return undefined
}
