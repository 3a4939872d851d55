import { posix } from 'node:path'
import { isAtom } from '../../languages/elixir/values/value.ts'
import type { Known } from '../../text/known.ts'
import { sameSpan } from '../../text/source.ts'
import type { BootRead } from '../boot/boot.ts'
import { type Boot, isFollowed } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { type Endpoint, hasInit } from '../boot/endpoint.ts'
import { hasOtherListener } from '../boot/other-listeners.ts'
import { placesOf } from '../boot/trail.ts'
import type { Project } from '../project/project.ts'
import { behindStops, given } from './boots.ts'

/** A release whose endpoints do not listen, as far as the config tells. */
export interface Silent {
  readonly boot: Boot
  readonly endpoint: Endpoint
  /** A variable that is set to turn the server on, and does not. */
  readonly ignored: IgnoredFlag | undefined
}

export interface IgnoredFlag {
  readonly name: string
  readonly value: Extract<Known<string>, { kind: 'known' }>
  /** Undefined where nothing reads it. */
  readonly read: BootRead | undefined
  /** Whether another value would turn the server on. */
  readonly works: boolean
}

/** A release of which no endpoint surely listens, with nothing that may listen in its stead; undefined for any other. */
export function silentOf(deployment: Deployment, project: Project): Silent | undefined {
  const { runs, app } = deployment
  const boot = deployment.boot && behindStops(deployment.boot)
  const endpoint = boot?.endpoints[0]
  if (!isFollowed(boot) || !endpoint || runs !== 'release') return undefined
  if (boot.endpoints.some((one) => one.listens === 'yes' || hasInit(one))) return undefined
  if (hasOtherListener(boot, project.code)) return undefined
  const isLost = boot.runtime === undefined && project.elixir.has(posix.join(app?.folder ?? '', 'config/runtime.exs'))
  return isLost ? undefined : { boot, endpoint, ignored: ignoredFlag(boot, endpoint) }
}

/** The read of a variable that is set, and by whose value the server of an endpoint is off. */
export function turnedOffBy(boot: Boot, endpoint: Endpoint): BootRead | undefined {
  const server = endpoint.at('server')
  if (server === undefined || !isAtom(server, 'false')) return undefined
  const trail = placesOf(server)
  return boot.reads.find(
    ({ value, span }) => value.kind === 'known' && trail.some((label) => label.isRead && sameSpan(label.span, span)),
  )
}

function ignoredFlag(boot: Boot, endpoint: Endpoint): IgnoredFlag | undefined {
  if (endpoint.listens !== 'no') return undefined
  const off = turnedOffBy(boot, endpoint)
  const reads = boot.reads.filter(({ during }) => during === 'boot')
  const names = ['PHX_SERVER', ...reads.flatMap(({ name }) => (turnsOn(boot, name, endpoint.name) ? [name] : []))]
  for (const name of names) {
    const value = boot.environment(name)
    if ((off && off.name !== name) || value.kind !== 'known' || !/^(true|1|yes|on|y|t|enabled?)$/i.test(value.value))
      continue
    return {
      name,
      value,
      read: reads.find((read) => read.name === name),
      works: turnsOn(boot, name, endpoint.name),
    }
  }
  return undefined
}

/** Whether setting the variable makes the endpoint listen. */
export function turnsOn(boot: Boot, name: string, endpoint: string): boolean {
  if (!/SERVER|SERVE|ENDPOINT|WEB|HTTP|START|LISTEN/i.test(name)) return false
  return given(boot, name, 'true')?.endpoints.some((one) => one.name === endpoint && one.listens === 'yes') ?? false
}
