import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { type BinaryValue, isAtom, type Value } from '../../languages/elixir/values/value.ts'
import type { TrailLabel } from '../../text/known.ts'
import { sameSpan, textOf } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import { trailOf } from '../boot/trail.ts'
import { ofContainer } from '../container/environment.ts'
import type { Project } from '../project/project.ts'
import { endpointIn, settledWith } from './boots.ts'

const placeholder =
  /^$|^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1?\]?|(www\.)?example\.(com|org|net)|(your|my)[-.]?(app|domain|host)\b.*|changeme.*|host)$/i

/** The placeholder that a host is, whatever happens; undefined where it is, or may be, anything else. */
export function placeholderOf(host: Value): string | undefined {
  const all = alternatives(host)
  const [first] = all
  const isOne = (one: Value) => one.kind === 'binary' && (placeholder.test(one.text) || isBelowPlaceholder(one))
  return first?.kind === 'binary' && all.every(isOne) ? first.text : undefined
}

/** Whether a name is made of a placeholder by what is put before it: `"shop.#{domain}"`, where the domain is `example.com`. */
const isBelowPlaceholder = (host: BinaryValue): boolean =>
  /\.example\.(com|org|net)$/.test(host.text) &&
  trailOf(host).some(({ span }) => /^["']?example\.(com|org|net)["']?$/.test(textOf(span)))

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

/**
 * The trail of a host without the variables that only give the port beside it, as in `"http://localhost:#{port}"`: with
 * another value the port is another one, and the host stays.
 */
export function trailOfHost(trail: readonly TrailLabel[], endpoint: Endpoint, boot: Boot): readonly TrailLabel[] {
  const idle = boot.reads.filter(({ name, span, value }) => {
    if (value.kind !== 'known' || !/^\d+$/.test(value.value) || !trail.some((one) => sameSpan(one.span, span)))
      return false
    const other = endpointIn(settledWith(boot, name, value.value === '1' ? '2' : '1'), endpoint)
    return (
      other !== undefined &&
      isSame(other.at('url', 'host'), endpoint.at('url', 'host')) &&
      !isSame(other.at('url', 'port'), endpoint.at('url', 'port'))
    )
  })
  const places = idle.flatMap(({ span, value }) => [span, ...(value.trail ?? []).map((label) => label.span)])
  return trail.filter((label) => !places.some((span) => sameSpan(span, label.span)))
}

/**
 * Whether nothing asks an endpoint for its host, as far as the code goes: an API that answers with data, with neither pages
 * nor calls that make links, with no redirect to HTTPS, and without sockets whose origin is asked for.
 */
export function isLinkless(endpoint: Endpoint, { code }: Deployment, { tree }: Project): boolean {
  if (endpoint.at('force_ssl') !== undefined || tree.entries.some(({ path }) => pages.test(path))) return false
  const texts = code.files.map(({ source }) => source.text)
  if (!texts.some((text) => ofData.test(text)) || texts.some((text) => links.test(text))) return false
  const namesIn = (pattern: RegExp) =>
    new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)))
  const own = namesIn(/\bdefp? (\w+_url)\b/g)
  if ([...namesIn(/(?<!\bdefp? )\b(\w+_url)(?:\(|\/\d)/g)].some((name) => !own.has(name))) return false
  return acceptsAll(endpoint) || !texts.some((text) => /^\s*channel[ (]+"|\bPhoenix\.LiveView\.Socket\b/m.test(text))
}

/** Whether no socket of an endpoint is refused for its origin, so that only links may suffer, if there are any. */
export const acceptsAll = (endpoint: Endpoint): boolean => {
  const origins = endpoint.at('check_origin')
  return origins !== undefined && isAtom(origins, 'false')
}

const pages = /\.(heex|leex|slim|slime|sface)$|\.(html|text|txt)\.eex$/

/** A pipeline that answers with data. */
const ofData = /\bplug[ (]+:accepts,\s*(\["json|~w[([{]json)/

/** What asks an endpoint for its address, or makes pages and mails. */
const links =
  /~[pHEL]["'{[(|<]|(?<![\w.:])url\(|Endpoint\.(url|static_url|struct_url|host)\b|Server\.from_endpoint\b|\bstatic_url\(|_url\(conn|\.Helpers\.\w+_url\b|Routes\.\w+_url\b|\b(Swoosh|Bamboo)\b|\blive[ (]+"/

const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  textIn(one) !== undefined && textIn(one) === textIn(other)

const textIn = (value: Value | undefined): string | undefined =>
  value?.kind === 'binary' ? value.text : value?.kind === 'integer' ? String(value.value) : undefined
