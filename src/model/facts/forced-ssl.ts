import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { keywordGet, stringText } from '../../languages/elixir/syntax/query.ts'
import { isOpen } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { type Fault, faultIn } from '../boot/each-way.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import type { RouteAnswer } from '../phoenix/answer.ts'
import type { PlugCall } from '../phoenix/plugs.ts'
import { isAtLeast } from '../phoenix/versions.ts'
import { behindStops } from './boots.ts'

/** What sends plain requests to `https://`: `force_ssl` of an endpoint, or a plug of its own (Plug.SSL). */
export interface ForcedSsl {
  readonly endpoint: Endpoint
  /** As the subject of a sentence. */
  readonly name: string
  /** Undefined for `force_ssl`. */
  readonly plug: PlugCall | undefined
  /** Whether a header may say that the request came over HTTPS. */
  readonly rewrites: boolean
  readonly doubt: Fault['doubt']
  /** What is not redirected. */
  readonly excluded: Known<Excluded>
}

interface Excluded {
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
}

/** What Plug.SSL keeps out where nothing is said; Plug 1.19 added the address. */
const usual = (plug: string | undefined): Known<Excluded> => {
  const isNew = plug !== undefined && isAtLeast(plug, 1, 19)
  return known({ hosts: isNew ? ['localhost', '127.0.0.1'] : ['localhost'], paths: [] })
}

/** The `force_ssl` of an endpoint: Phoenix puts the plug in when it compiles the endpoint. */
export const forceSslOf = (endpoint: Endpoint, { build }: Boot): Value | undefined =>
  build ? configAt(build.config, [endpoint.otpApp, `Elixir.${endpoint.name}`, 'force_ssl']) : endpoint.at('force_ssl')

/** What redirects the plain requests of a deployment with one endpoint before they get their answer. */
export function forcedSslOf(deployment: Deployment, answer: RouteAnswer): ForcedSsl | undefined {
  const boot = deployment.boot && behindStops(deployment.boot)
  const [endpoint, more] = boot?.endpoints ?? []
  if (boot === undefined || endpoint === undefined || more) return undefined
  const forces = faultIn(forceSslOf(endpoint, boot), (options) => options.kind === 'list' && !isOpen(options))
  if (forces) {
    const { value: options, doubt } = forces
    const rewrites = configAt(options, ['rewrite_on']) !== undefined
    const excluded = excludedBy(configAt(options, ['exclude']), boot.versions.locked('plug'))
    return { endpoint, name: '`force_ssl`', plug: undefined, doubt, rewrites, excluded }
  }
  const plug = answer.kind === 'unknown' ? undefined : answer.before.find(({ named }) => named === 'Plug.SSL')
  if (plug === undefined) return undefined
  const [, written] = plug.call.args
  const rewrites = keywordGet(written, 'rewrite_on') !== undefined
  const excluded = excludedIn(keywordGet(written, 'exclude'), boot.versions.locked('plug'))
  return { endpoint, name: '`plug Plug.SSL`', plug, doubt: {}, rewrites, excluded }
}

/** Whether a plain request is redirected; false where that cannot be known. */
export const redirects = ({ excluded }: ForcedSsl, host: string, path: string): boolean =>
  excluded.kind === 'known' &&
  !excluded.value.hosts.includes(host) &&
  !excluded.value.paths.includes(path.replace(/[?#].*$/s, ''))

/** What `exclude` of Plug.SSL keeps out: a list of hosts, or from Plug 1.19 on `hosts:`, `paths:` and `conn:`. */
function excludedBy(exclude: Value | undefined, plug: string | undefined): Known<Excluded> {
  if (exclude === undefined) return usual(plug)
  if (exclude.kind !== 'list') return unknown('what `exclude` names is not known')
  const keyed = isAtLeast(plug, 1, 19)
  if (keyed && configAt(exclude, ['conn']) !== undefined) return unknown('a function decides it')
  const under = (key: string) => (keyed ? textsIn(configAt(exclude, [key])) : [])
  return known({ hosts: [...textsIn(exclude), ...under('hosts')], paths: under('paths') })
}

const textsIn = (value: Value | undefined): readonly string[] =>
  value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'binary' ? [item.text] : [])) : []

/** The same of what the code says; anything but a list of hosts is not followed. */
function excludedIn(exclude: Node | undefined, plug: string | undefined): Known<Excluded> {
  if (exclude === undefined) return usual(plug)
  const hosts = exclude.kind === 'list' ? exclude.items.map(stringText) : [undefined]
  const written = hosts.flatMap((host) => host ?? [])
  return written.length === hosts.length
    ? known({ hosts: written, paths: [] })
    : unknown('what `exclude` names is not known')
}
