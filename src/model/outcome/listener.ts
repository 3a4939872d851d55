import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { pairKey } from '../../languages/elixir/values/map.ts'
import { integer, type ListValue, type Value } from '../../languages/elixir/values/value.ts'
import { type Known, known, unknown } from '../../text/known.ts'
import type { Lookup } from '../stage-files/step.ts'
import { ipOf } from './ip.ts'
import { type Made, made, raised, stop, unknownMade } from './made.ts'
import { integerText, portOf, truthyAt } from './url.ts'

/** Where a server listens. */
export interface Listener {
  readonly scheme: 'http' | 'https'
  /** As text, such as `0.0.0.0` or `::`, `unix:` and a path for a socket. */
  readonly ip: Known<string>
  readonly port: Known<number>
}

export type Adapter = 'bandit' | 'cowboy' | 'other'

/** The web server of an endpoint. Cowboy is what Phoenix takes where the config names none. */
export function adapterOf(config: Value): Adapter {
  const adapter = configAt(config, ['adapter'])
  if (adapter === undefined) return 'cowboy'
  if (adapter.kind !== 'atom') return 'other'
  if (adapter.name === 'Elixir.Bandit.PhoenixAdapter') return 'bandit'
  return adapter.name === 'Elixir.Phoenix.Endpoint.Cowboy2Adapter' ? 'cowboy' : 'other'
}

const defaultPorts = { http: 4000, https: 4040 } as const
const highestPort = 65_535

/** Where an endpoint listens once its server is on (Bandit.PhoenixAdapter, Phoenix.Endpoint.Cowboy2Adapter). */
export function listenersOf(config: Value, environment: Lookup): Made<readonly Listener[]> {
  const adapter = adapterOf(config)
  const listeners: Listener[] = []
  for (const scheme of ['http', 'https'] as const) {
    const options = truthyAt(config, scheme)
    if (options === undefined) continue
    if (options.kind === 'unknown') return unknownMade(options.why)
    if (options.kind !== 'list')
      return raised('ArgumentError', `\`${scheme}\` is no list: ${inspectValue(options, '1.18.4')}`, scheme)
    const wrong = adapter === 'bandit' ? unsupported(options) : []
    if (wrong.length > 0)
      return raised('RuntimeError', `Unsupported key(s) in top level config: [${wrong.join(', ')}]`, scheme)
    const port = boundPort(options, scheme, adapter, environment)
    if (port.kind === 'stop') return stop(port.stop.reason, scheme, 'port')
    const ip = ipOf(options)
    if (ip.kind === 'stop') return stop(ip.stop.reason, scheme, 'ip')
    listeners.push({ scheme, ip: knownOf(ip), port: knownOf(port) })
  }
  return made(listeners)
}

const knownOf = <T>(outcome: Exclude<Made<T>, { kind: 'stop' }>): Known<T> =>
  outcome.kind === 'made' ? known(outcome.value) : unknown(outcome.why)

function boundPort(options: ListValue, scheme: 'http' | 'https', adapter: Adapter, environment: Lookup): Made<number> {
  const port = configAt(options, ['port']) ?? integer(defaultPorts[scheme])
  const bound = adapter === 'bandit' ? banditPort(port) : portOf(port, environment)
  if (bound.kind === 'made' && (bound.value < 0 || bound.value > highestPort))
    return raised('ArgumentError', `there is no port ${bound.value}`)
  return bound
}

/** Bandit does not know `{:system, "PORT"}`. */
function banditPort(port: Value): Made<number> {
  if (port.kind === 'unknown') return unknownMade(port.why)
  if (port.kind === 'integer') return made(Number(port.value))
  if (port.kind === 'binary') return integerText(port.text)
  const shown = inspectValue(port, '1.18.4')
  return raised('FunctionClauseError', `no function clause matching in Bandit.parse_as_number/1: the port is ${shown}`)
}

/** The options that Bandit takes (Bandit, `t:options/0`). */
const banditOptions = new Set(
  `plug scheme port ip inet inet6 keyfile certfile otp_app cipher_suite display_plug startup_log
  thousand_island_options http_options http_1_options http_2_options websocket_options`.split(/\s+/),
)

const unsupported = (options: ListValue): readonly string[] =>
  options.items.flatMap((item) => {
    const key = pairKey(item)
    return key === undefined || banditOptions.has(key) ? [] : [`:${key}`]
  })
