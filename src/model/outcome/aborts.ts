import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { keyword, list, type Value } from '../../languages/elixir/values/value.ts'
import type { Label } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import type { Boot, Phase } from '../boot/boot.ts'
import { changedKeys } from '../boot/compile-env.ts'
import type { Deployment } from '../boot/deployment.ts'
import { hasInit } from '../boot/endpoint.ts'
import { endpointConfig } from '../boot/endpoint-config.ts'
import { spanOfKey } from '../boot/span-of-key.ts'
import type { Code } from '../phoenix/code.ts'
import { mixThere } from '../stages/mix-there.ts'
import { listenersOf } from './listener.ts'
import { logLevelOf } from './logging.ts'
import { onEveryBranch, type Stop, type StopReason, stopMessage, stopsOf } from './made.ts'
import { repoStarts, reposOf } from './repos.ts'
import { servesOf } from './server.ts'
import { urlOf } from './url.ts'

/** What stops a release, or keeps it from being built. */
export interface Abort {
  readonly message: string
  readonly span: Span | undefined
  readonly certain: boolean
  /** `image`: none comes of the build, or its container does not get to the release. */
  readonly during: Phase | 'image'
  readonly related: readonly Label[]
  /** The variable that is not set where it stops; with it, it goes on. */
  readonly missing?: string
}

/** A key of the config whose value stops an application when it starts. */
export interface KeyAbort extends Abort {
  /** From the application on, as Erlang names it. */
  readonly path: readonly string[]
  readonly reason: StopReason
}

/** Everything that certainly or possibly stops a deployment, in the order in which it happens. */
export function abortsOf(deployment: Deployment, code: Code): readonly Abort[] {
  const { boot } = deployment
  if (boot === undefined) return []
  const scripts = boot.crashes.map(({ error, certainty, during, missing }): Abort => {
    const message = error.type === '' ? `(${error.kind}) ${error.message}` : `(${error.type}) ${error.message}`
    const abort = { message, span: error.span, certain: certainty === 'certain', during, related: [] }
    return missing === undefined ? abort : { ...abort, missing }
  })
  const first = [...scripts.filter(({ during }) => during === 'build'), ...withoutMix(deployment)]
  const later = scripts.filter(({ during }) => during === 'boot')
  if (!boot.settled || later.some(({ certain }) => certain)) return [...first, ...later]
  const sure = boot.doubt === undefined
  const started = [...changed(deployment, boot, code), ...stopsAtStart(deployment, boot, code)]
  return [...first, ...later, ...started.map((abort) => (sure ? abort : { ...abort, certain: false }))]
}

/** `mix …` in the start of an image that has no Mix. */
function withoutMix({ start, server, dockerfile, ships, build, runs }: Deployment): readonly Abort[] {
  if (dockerfile === undefined || ships === undefined || runs === 'mix') return []
  const there = mixThere(dockerfile, ships, build?.args)
  if (there !== 'no') return []
  return start.flatMap((step): readonly Abort[] => {
    if (step.command.kind !== 'mix' || step === server) return []
    const words = textOf(step.span).replace(/\s+/g, ' ')
    const certain = step.runs === 'always' && !step.mayFail
    return [
      {
        message: `\`${words}\` cannot run: there is no Mix in the image that runs`,
        span: step.span,
        certain,
        during: 'boot',
        related: step.via,
      },
    ]
  })
}

/** Keys that the code has read at its compilation, and that are others now. */
const changed = (deployment: Deployment, boot: Boot, code: Code): readonly Abort[] =>
  changedKeys(deployment, boot, code).flatMap(({ message, span, read, certain, refused }): readonly Abort[] =>
    refused
      ? [
          {
            message,
            span: span ?? read,
            certain,
            during: 'boot',
            related: read ? [{ span: read, text: 'the code reads it when it is compiled' }] : [],
          },
        ]
      : [],
  )

/** What the applications do not take when they start, with the key of the config. */
export function stopsAtStart(deployment: Deployment, boot: Boot, code: Code): readonly KeyAbort[] {
  const { app } = deployment
  const aborts: KeyAbort[] = []
  const add = (prefix: readonly string[], stops: readonly (Stop & { readonly certain: boolean })[]) => {
    for (const { reason, path, certain } of stops) {
      const whole = [...prefix, ...path]
      const span = spanOfKey(boot, whole)
      aborts.push({ message: stopMessage(reason), reason, path: whole, span, certain, during: 'boot', related: [] })
    }
  }
  const logger = boot.at('logger')
  add([], stopsOf(onEveryBranch(only(logger, ['level']), logLevelOf)))
  for (const repo of app ? reposOf(boot.config, code, app) : []) {
    const config = boot.at(repo.otpApp, `Elixir.${repo.name}`)
    if (config === undefined || repo.changesConfig || !isStarted(repo.name, deployment, code)) continue
    add([repo.otpApp, `Elixir.${repo.name}`], stopsOf(onEveryBranch(only(config, ['url', 'pool_size']), repoStarts)))
  }
  for (const endpoint of boot.endpoints) {
    if (hasInit(endpoint) || !isStarted(endpoint.name, deployment, code)) continue
    const path = [endpoint.otpApp, `Elixir.${endpoint.name}`]
    const serveAll = serveEndpointsOf(deployment) ?? boot.at('phoenix', 'serve_endpoints')
    const serving = onEveryBranch(endpointConfig(endpoint, ['server']), (config) => servesOf(config, serveAll))
    add(path, stopsOf(serving))
    const places = endpointConfig(endpoint, ['url', 'static_url', 'http', 'https'])
    add(path, stopsOf(onEveryBranch(places, (config) => urlOf(config, boot.environment))))
    const served = serving.filter((one) => one.kind !== 'made' || one.value)
    if (served.length === 0) continue
    const certain = served.length === serving.length
    const listening = onEveryBranch(endpointConfig(endpoint, ['http', 'https', 'adapter']), (config) =>
      listenersOf(config, boot.environment),
    )
    add(
      path,
      stopsOf(listening).map((one) => ({ ...one, certain: one.certain && certain })),
    )
  }
  return aborts
}

/** `mix phx.server` starts the server of every endpoint. */
export const serveEndpointsOf = ({ server }: Deployment): boolean | undefined =>
  server?.command.kind === 'mix' && /^(phx|phoenix)\.server$/.test(server.command.task) ? true : undefined

/** Whether the application starts a module: where its callback module is in view, it must name it. */
function isStarted(name: string, { app }: Deployment, code: Code): boolean {
  const callbacks = [app, ...(app?.children ?? [])].flatMap((one) => {
    const module = one?.applicationModule === undefined ? undefined : code.module(one.applicationModule)
    return module ? [textOf(module.span)] : []
  })
  const short = name.split('.').at(-1) ?? name
  return callbacks.length === 0 || callbacks.some((text) => text.includes(short))
}

/** The keys `keys` of a keyword list. */
export function only(config: Value | undefined, keys: readonly string[]): Value {
  if (config === undefined) return list([])
  if (config.kind !== 'list') return config
  const pairs = keys.flatMap((key) => {
    const value = configAt(config, [key])
    return value === undefined ? [] : [[key, value] as const]
  })
  return keyword(pairs)
}
