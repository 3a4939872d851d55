import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { isBoolean, truthOf, type Value } from '../../languages/elixir/values/value.ts'
import { type Made, made, raised, unknownMade } from './made.ts'

/**
 * Whether an endpoint starts its server: `server` of its config, else `serve_endpoints` of `:phoenix`. Phoenix asks
 * `server? and …`, so that anything but a boolean stops the app (Phoenix.Endpoint.Supervisor).
 */
export function servesOf(config: Value, serveEndpoints: Value | boolean | undefined): Made<boolean> {
  const own = configAt(config, ['server'])
  const value = own ?? serveEndpoints ?? false
  if (typeof value === 'boolean') return made(value)
  if (value.kind === 'unknown') return unknownMade(value.why)
  if (isBoolean(value)) return made(truthOf(value) === 'yes')
  const shown = inspectValue(value, '1.18.4')
  return raised('BadBooleanError', `expected a boolean on left-side of "and", got: ${shown}`, 'server')
}
