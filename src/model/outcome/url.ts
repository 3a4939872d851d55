import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { uriText } from '../../languages/elixir/stdlib/uri/uri-text.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { struct } from '../../languages/elixir/values/map.ts'
import { binary, integer, truthOf, type Value } from '../../languages/elixir/values/value.ts'
import type { Lookup } from '../stage-files/step.ts'
import { type Made, made, raised, stop, unknownMade } from './made.ts'

const inspected = (value: Value) => inspectValue(value, '1.18.4')

/** `config[key]`, or undefined where Elixir takes it for false. */
export function truthyAt(config: Value | undefined, key: string): Value | undefined {
  const value = config === undefined ? undefined : configAt(config, [key])
  return value === undefined || truthOf(value) === 'no' ? undefined : value
}

/**
 * `Endpoint.url()` of an endpoint's config with Phoenix's defaults in it (Phoenix.Endpoint.Supervisor, `build_url`). What
 * Phoenix cannot make a URL of stops the app.
 */
export function urlOf(config: Value, environment: Lookup): Made<string> {
  for (const key of ['http', 'https', 'url', 'static_url']) {
    const value = truthyAt(config, key)
    if (value !== undefined && value.kind !== 'list' && value.kind !== 'map' && value.kind !== 'unknown')
      return raised(
        'Protocol.UndefinedError',
        `protocol Enumerable not implemented for ${inspected(value)} in \`${key}\``,
        key,
      )
  }
  const url = truthyAt(config, 'url')
  const secure = truthyAt(config, 'https')
  const plain = truthyAt(config, 'http')
  const scheme = truthyAt(url, 'scheme') ?? binary(secure ? 'https' : 'http')
  const host = resolved(truthyAt(url, 'host') ?? binary('localhost'), environment)
  const port = portOf(
    truthyAt(url, 'port') ??
      (secure ? truthyAt(secure, 'port') : plain && truthyAt(plain, 'port')) ??
      integer(secure ? 443 : 80),
    environment,
  )
  if (host.kind !== 'binary' && host.kind !== 'unknown')
    return raised('FunctionClauseError', `the host of \`url\` is no text: ${inspected(host)}`, 'url', 'host')
  if (port.kind !== 'made') return port.kind === 'stop' ? stop(port.stop.reason, 'url', 'port') : port
  if (scheme.kind === 'unknown') return unknownMade(scheme.why)
  if (host.kind === 'unknown') return unknownMade(host.why)
  return made(uriText(struct('Elixir.URI', { scheme, host, port: integer(port.value) })))
}

/** A value, or that of the variable that an old `{:system, "NAME"}` stands for. */
function resolved(value: Value, environment: Lookup): Value {
  const name = systemVariable(value)
  if (name === undefined) return value
  const given = environment(name)
  if (given.kind === 'known') return binary(given.value)
  return given.kind === 'unset'
    ? { kind: 'atom', name: 'nil' }
    : { kind: 'unknown', why: given.why, type: 'any', trail: given.trail }
}

/** The name in `{:system, "NAME"}`. */
function systemVariable(value: Value): string | undefined {
  if (value.kind !== 'tuple' || value.items.length !== 2) return undefined
  const [tag, name] = value.items
  return tag?.kind === 'atom' && tag.name === 'system' && name?.kind === 'binary' ? name.text : undefined
}

/** Phoenix's `port_to_integer`: an integer, a text that is one, or `{:system, "NAME"}`. */
export function portOf(value: Value, environment: Lookup): Made<number> {
  const port = resolved(value, environment)
  if (port.kind === 'unknown') return unknownMade(port.why)
  if (port.kind === 'integer') return made(Number(port.value))
  if (port.kind === 'binary') return integerText(port.text)
  return raised('FunctionClauseError', `no function clause matches the port ${inspected(port)}`)
}

/** `String.to_integer`. */
export const integerText = (text: string): Made<number> =>
  /^[+-]?\d+$/.test(text)
    ? made(Number(text))
    : raised('ArgumentError', `the port ${JSON.stringify(text)} is not a textual representation of an integer`)
