import { posix } from 'node:path'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { isAtom, nil } from '../../languages/elixir/values/value.ts'
import type { Known } from '../../text/known.ts'
import type { BootRead } from '../boot/boot.ts'
import { type Boot, isFollowed } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { type Endpoint, hasInit } from '../boot/endpoint.ts'
import { hasOtherListener } from '../boot/other-listeners.ts'
import { isOf, placesOf } from '../boot/trail.ts'
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
  if (server !== undefined && !isAtom(server, 'false')) return undefined
  const trail = server ? placesOf(server) : []
  const set = boot.reads.filter(({ value, during }) => value.kind === 'known' && during === 'boot')
  return server
    ? set.find((read) => trail.some((label) => isOf(label, read)))
    : set.find((read) => valueFor(boot, read, endpoint) !== undefined)
}

/** Whether `server` of an endpoint is, or may be, a text: Phoenix asks `server? and …`. */
export const isServedByText = (endpoint: Endpoint): boolean =>
  alternatives(endpoint.at('server') ?? nil).some(
    (one) => one.kind === 'binary' || (one.kind === 'unknown' && one.type === 'binary'),
  )

function ignoredFlag(boot: Boot, endpoint: Endpoint): IgnoredFlag | undefined {
  if (endpoint.listens !== 'no') return undefined
  const off = turnedOffBy(boot, endpoint)
  const reads = boot.reads.filter(({ during }) => during === 'boot')
  // What the config asks in its stead is the cause.
  const isAskedElse = !reads.some(({ name }) => name === 'PHX_SERVER') && flagOf(boot, endpoint) !== undefined
  const names = [
    ...(isAskedElse ? [] : ['PHX_SERVER']),
    ...reads.flatMap(({ name }) => (turnsOn(boot, name, endpoint.name) ? [name] : [])),
  ]
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
const turnsOn = (boot: Boot, name: string, endpoint: string, value = 'true'): boolean =>
  (value !== 'true' || /SERVER|SERVE|ENDPOINT|WEB|HTTP|START|LISTEN/i.test(name)) &&
  (given(boot, name, value)?.endpoints.some((one) => one.name === endpoint && one.listens === 'yes') ?? false)

/** A read that decides whether an endpoint listens, and a value with which it does. */
export interface Flag {
  readonly read: BootRead
  readonly value: string
}

/** The variable that turns the server of an endpoint on: by any value, or by one that the config names. */
export function flagOf(boot: Boot, endpoint: Endpoint): Flag | undefined {
  const flags = boot.reads.flatMap((read) => {
    const value = read.during === 'boot' ? valueFor(boot, read, endpoint) : undefined
    return value === undefined ? [] : [{ read, value }]
  })
  return flags.find(({ value }) => value === 'true') ?? flags[0]
}

/** Where nothing is known of the server, only what is called like a flag is one. */
const valueFor = (boot: Boot, read: BootRead, { name, listens }: Endpoint): string | undefined =>
  ['true', ...(listens === 'no' ? namedAt(read) : [])].find((value) => turnsOn(boot, read.name, name, value))

const mostNamed = 8

/** The words that stand behind a read in its script, such as `"web"` and `~w(web all)`. */
function namedAt({ name, span: { source, end } }: BootRead): readonly string[] {
  const text = source.text.slice(end, end + 400)
  const words = [...text.matchAll(/"([\w.-]{1,30})"|~w\W([^)\]}|/]{1,200})/g)].flatMap(([, one, several = '']) =>
    one === undefined ? several.split(/\s+/) : [one],
  )
  return [...new Set(words)].filter((word) => word !== '' && word !== name).slice(0, mostNamed)
}
