import type { Known } from '../../../text/known.ts'
import { unset } from '../../../text/known.ts'
import { type Span, span } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { environmentAtBoot } from '../../boot/environment.ts'
import { atRelease } from '../../stage-files/release-files.ts'

/** What the node of a release is called (mix help release, "Environment variables"). */
export interface NodeName {
  /** RELEASE_DISTRIBUTION: `sname`, `name` or `none`; undefined where it is not known. */
  readonly kind: string | undefined
  readonly distribution: Known<string>
  readonly node: Known<string>
  /** RELEASE_NODE, or what the script of the release takes instead; undefined where it is not known. */
  readonly name: string | undefined
  /** Where the name ends with an address that is put in at the start, or is written there. */
  readonly address: { readonly span: Span; readonly isV6: boolean } | undefined
  /** Whether rel/env.sh.eex has a part in the name that is not followed. */
  readonly isScripted: boolean
}

/** The name of the node that a deployment starts; undefined where it starts no release. */
export function nodeNameOf(deployment: Deployment): NodeName | undefined {
  const { server, release, service, environment } = deployment
  if (release === undefined || server?.command.kind !== 'release') return undefined
  const script = scriptOf(deployment)
  const atBoot = environmentAtBoot(deployment, true)
  const before = server.env ?? environment.get
  const lookup = (name: 'RELEASE_DISTRIBUTION' | 'RELEASE_NODE'): Known<string> => {
    const value = script === undefined || script.isOpen || script.sets.has(name) ? atBoot(name) : before(name)
    // What a node is called is no secret.
    return service?.closed.isOfSecrets && value.kind === 'unknown' && !value.isSet ? unset(value.trail) : value
  }
  const [distribution, node] = [lookup('RELEASE_DISTRIBUTION'), lookup('RELEASE_NODE')]
  return {
    kind: script?.isOpen || script?.hidesKind ? undefined : textIn(distribution, 'sname'),
    distribution,
    node,
    name: textIn(node, release.name),
    address: script?.address ?? (script?.isOpen ? undefined : addressGiven(deployment, node)),
    isScripted: script?.isOpen === true || script?.hidesKind === true || script?.hidesNode === true,
  }
}

/** Whether Erlang is told to speak IPv6 to other nodes, or something that is not known may tell it so. */
export function speaksIpv6(deployment: Deployment): boolean {
  const lookup = environmentAtBoot(deployment, true)
  const isOfSecrets = deployment.service?.closed.isOfSecrets === true
  const flags = ['ERL_AFLAGS', 'ERL_FLAGS', 'ERL_ZFLAGS', 'ELIXIR_ERL_OPTIONS'].map(lookup)
  const tells = (flag: Known<string>) =>
    flag.kind === 'known'
      ? flag.value.includes('inet6_tcp')
      : flag.kind === 'unknown' && (!isOfSecrets || flag.isSet === true)
  return flags.some(tells) || deployment.world.tree.sources.some(({ text }) => text.includes('inet6_tcp'))
}

/** The text of a variable, or what the script of the release takes where it is not set or empty. */
const textIn = (value: Known<string>, otherwise: string): string | undefined =>
  value.kind === 'known' ? value.value || otherwise : value.kind === 'unset' ? otherwise : undefined

interface NodeScript {
  /** Whether it is not in view. */
  readonly isOpen: boolean
  /** The variables that it names in an assignment. */
  readonly sets: ReadonlySet<string>
  readonly hidesKind: boolean
  readonly hidesNode: boolean
  readonly address: NodeName['address']
}

/** What rel/env.sh.eex says of the name: what it sets counts without `export` as well. */
function scriptOf({ release, world }: Deployment): NodeScript | undefined {
  const origin = release && atRelease(release, 'rel/env.sh.eex').origin
  if (origin?.kind === 'absent' || origin?.kind === 'removed') return undefined
  const source = origin?.kind === 'context' ? world.sourceAt(origin.path) : undefined
  if (source === undefined)
    return { isOpen: true, sets: new Set(), hidesKind: true, hidesNode: true, address: undefined }
  const written = [...source.text.matchAll(/^([^#\n]*)\bRELEASE_(NODE|DISTRIBUTION)=(.*)$/gm)]
  const hides = (variable: string) =>
    written.some(
      ([, before = '', name, value = '']) =>
        name === variable && !(/\bexport\b/.test(before) && /^(["']?)[\w@.:-]+\1\s*$/.test(value)),
    )
  const [only, more] = written.filter(([, , name]) => name === 'NODE')
  const [line = '', before = '', , value = ''] = only ?? []
  const isPlain = more === undefined && /^(export\s+)?$/.test(before)
  const start = (only?.index ?? 0) + line.length - value.length
  const address = isPlain ? addressIn(value, span(source, start, start + value.trimEnd().length)) : undefined
  const sets = new Set(written.map(([, , name]) => `RELEASE_${name}`))
  return { isOpen: false, sets, hidesKind: hides('DISTRIBUTION'), hidesNode: hides('NODE'), address }
}

/** An address in what the platform puts in: `shop@$(POD_IP)` of Kubernetes. */
function addressGiven({ service }: Deployment, node: Known<string>): NodeName['address'] {
  const declared = service?.declared.find(({ name }) => name === 'RELEASE_NODE')
  const at = declared?.valueSpan ?? declared?.span
  if (declared === undefined || at === undefined) return undefined
  const text = node.kind === 'known' ? node.value : declared.written
  return node.kind === 'unset' || (node.kind === 'known' && text.includes('$')) ? undefined : addressIn(text, at)
}

/** The address at the end of a name: written out, of a variable called so, or by `hostname -i`. */
function addressIn(text: string, at: Span): NodeName['address'] {
  const host = /@([^@]*?)["']?\s*$/s.exec(text)?.[1]
  if (host === undefined) return undefined
  const variable = /^\$(?:[({](\w+)[)}]|(\w+))$/.exec(host)
  const name = variable?.[1] ?? variable?.[2]
  if (name !== undefined)
    return /(^|_)IP(V?[46])?(_ADDRESS)?$|(^|_)IP_?ADDR(ESS)?$/i.test(name)
      ? { span: at, isV6: name === 'FLY_PRIVATE_IP' || /6/.test(name) }
      : undefined
  if (/^[$]\(hostname (-i|-I[^)]*|--ip-address)\)$/.test(host)) return { span: at, isV6: false }
  return /^[\da-f:.]*:[\da-f:.]*$/i.test(host) ? { span: at, isV6: true } : undefined
}
