import { gap, type Known, known, unknown } from '../../../text/known.ts'
import { isIp } from './ip.ts'

/** One port of the short form. */
export interface PortSpec {
  readonly hostIp: string
  /** A port, a range, or nothing. */
  readonly published: string
  readonly target: Known<number>
  readonly protocol: string
}

const mostPorts = 65_536

/** Reads `ip:published:target/protocol` with ranges as Docker's nat package does; a text tells what is wrong. */
export function parsePort(spec: string): readonly PortSpec[] | string {
  const parts = spec.split(':')
  const last = parts.at(-1) ?? ''
  const published = parts.at(-2) ?? ''
  const ip = addressOf(parts.slice(0, -2).join(':'))
  const slash = last.indexOf('/')
  const port = slash === -1 ? last : last.slice(0, slash)
  const protocol = slash === -1 ? '' : last.slice(slash + 1)
  const proto = (port === '' ? '' : protocol || 'tcp').toLowerCase()
  if (ip === undefined) return 'the address of this port is not an IP address'
  if (port === '') return 'no port is given'
  if (spec.includes(gap) && (port.includes(gap) || published.includes(gap) || protocol.includes(gap)))
    return uncertain(ip, published, port, proto)
  const inside = rangeOf(port)
  if (inside === undefined) return `\`${port}\` is not a port of a container`
  const outside = published === '' ? { from: 0, to: 0 } : rangeOf(published)
  if (outside === undefined) return `\`${published}\` is not a port of the host`
  const [size, outerSize] = [inside.to - inside.from, outside.to - outside.from]
  if (published !== '' && size !== outerSize && size !== 0) return 'the ranges of the ports differ in size'
  if (!['tcp', 'udp', 'sctp'].includes(proto)) return `\`${proto}\` is not a protocol of ports`
  const specs: PortSpec[] = []
  for (let nth = 0; nth <= Math.min(size, mostPorts); nth += 1) {
    const first = published === '' ? '' : String(outside.from + nth)
    const shown = size === 0 && outerSize > 0 ? `${first}-${outside.to}` : first
    specs.push({ hostIp: ip, published: shown, target: known(inside.from + nth), protocol: proto })
  }
  const key = ({ target }: PortSpec) => (target.kind === 'known' ? `${target.value}/` : '')
  return specs.toSorted((one, other) => compareText(key(one), key(other)))
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function uncertain(hostIp: string, published: string, port: string, protocol: string): readonly PortSpec[] {
  const range = port.includes(gap) ? undefined : rangeOf(port)
  const target = range ? known(range.from) : unknown('a variable of the port is not known')
  return [{ hostIp, published, target, protocol: protocol.includes(gap) ? 'tcp' : protocol }]
}

function rangeOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const dash = text.indexOf('-')
  const from = portNumber(dash === -1 ? text : text.slice(0, dash))
  const to = dash === -1 ? from : portNumber(text.slice(dash + 1))
  return from === undefined || to === undefined || to < from ? undefined : { from, to }
}

const portNumber = (text: string): number | undefined =>
  /^[-+]?[0-9]+$/.test(text) && Number(text) >= 0 && Number(text) <= 65_535 ? Number(text) : undefined

/** The address without brackets; undefined where it is none. */
function addressOf(text: string): string | undefined {
  if (text === '' || text.includes(gap)) return text
  const bracketed = /^\[([^\]]*)\]$/.exec(text)?.[1]
  const ip = bracketed ?? text
  return ip === '' || isIp(ip) ? ip : undefined
}
