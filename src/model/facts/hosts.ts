import { alternatives } from '../../languages/elixir/values/one-of.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { ofContainer } from '../container/environment.ts'

const placeholder =
  /^$|^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1?\]?|(www\.)?example\.(com|org|net)|(your|my)[-.]?(app|domain|host)\b.*|changeme.*|host)$/i

/** The placeholder that a host is, whatever happens; undefined where it is, or may be, anything else. */
export function placeholderOf(host: Value): string | undefined {
  const texts = alternatives(host).map((one) => (one.kind === 'binary' ? one.text : undefined))
  return texts.every((text) => text !== undefined && placeholder.test(text)) ? texts[0] : undefined
}

/** Whether a host is the name that a container has for itself where nobody gives it one. */
export const isNameOfContainer = (host: Value): boolean =>
  alternatives(host).every((one) => one.kind === 'unknown' && one.why === ofContainer.why)

/** What is wrong with a host, in words that follow "which has"; undefined for a host name or an address. */
export function faultOf(host: string): string | undefined {
  if (/^['"]|['"]$/.test(host)) return 'quotes around it'
  if (/^\w+:\/\//.test(host)) return 'a scheme in front'
  if (/\s/.test(host)) return 'blanks in it'
  if (/\//.test(host)) return 'a path behind'
  return /^[^:[\]]+:\d+$/.test(host) ? 'a port behind' : undefined
}
