import { isAlias, moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, keywordGet } from '../../languages/elixir/syntax/query.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { nil, truthOf, type Value } from '../../languages/elixir/values/value.ts'
import { agreed, type Maybe } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'

/** An endpoint of the app and its config when it starts (Phoenix.Endpoint). */
export interface Endpoint {
  /** Without `Elixir.`, such as `MyAppWeb.Endpoint`. */
  readonly name: string
  readonly otpApp: string
  /** Undefined where only the config names it. */
  readonly module: ModuleDefinition | undefined
  /** The value of a key of its config, such as `('url', 'host')`. */
  readonly at: (...path: readonly string[]) => Value | undefined
  /** Whether it listens: its `server`, else `serve_endpoints` of `:phoenix`. */
  readonly listens: Maybe
  /** Whether its own `init/2` was followed: its config is what comes of that. */
  readonly isFollowed: boolean
}

type At = (...path: readonly string[]) => Value | undefined

/** The endpoints that the code defines, by the name that the config has where that differs by a slip; else those of the config. */
export function endpointsOf(
  code: Code,
  app: MixApp,
  at: At,
  config: Value,
  mix: boolean,
  followed: readonly { readonly name: string }[],
): readonly Endpoint[] {
  const defined = definedEndpoints(code, app)
  const named = keysOf(config).flatMap((otpApp) =>
    keysOf(at(otpApp)).flatMap((key) =>
      isAlias(key) && key.endsWith('Endpoint') && !app.notStarted?.some(({ name }) => name === otpApp)
        ? [{ name: moduleName(key), otpApp, module: undefined }]
        : [],
    ),
  )
  const meant = defined.map((one) => {
    if (at(one.otpApp, `Elixir.${one.name}`)) return one
    const near = named.find(
      ({ otpApp, name }) => otpApp === one.otpApp && nearest(name, [one.name], 2) && !code.module(name),
    )
    return near ? { ...one, name: near.name } : one
  })
  return (meant.length > 0 ? meant : named).map((endpoint) => {
    const own: At = (...path) => at(endpoint.otpApp, `Elixir.${endpoint.name}`, ...path)
    const listens = mix ? 'yes' : listensWith(own('server'), at('phoenix', 'serve_endpoints'))
    const isFollowed = followed.some(({ name }) => name === endpoint.name)
    return { ...endpoint, at: own, listens, isFollowed }
  })
}

/** The endpoints that the code of an app defines. */
export function definedEndpoints(code: Code, app: MixApp) {
  const apps = new Set([app, ...app.children].flatMap((one) => one.name ?? []))
  return code.using('Phoenix.Endpoint').flatMap((module) => {
    const use = module.uses.find((one) => one.module === 'Phoenix.Endpoint')
    const otpApp = use && atomName(keywordGet(use.options, 'otp_app'))
    return otpApp !== undefined && (apps.size === 0 || apps.has(otpApp)) ? [{ name: module.name, otpApp, module }] : []
  })
}

/** Whether the endpoint changes its config itself when it starts, in a way that cannot be followed. */
export const hasInit = ({ module, isFollowed }: Endpoint): boolean =>
  !isFollowed && (module?.functions.some((one) => one.name === 'init' && one.arity === 2) ?? false)

/** Whether an endpoint listens, or may, with the config that is in view. */
export const mayListen = (endpoint: Endpoint): boolean => endpoint.listens !== 'no' && !hasInit(endpoint)

/** Whether an endpoint surely listens, with the config that is in view. */
export const surelyListens = (endpoint: Endpoint): boolean => endpoint.listens === 'yes' && !hasInit(endpoint)

function listensWith(server: Value | undefined, serveEndpoints: Value | undefined): Maybe {
  const all = truthOf(serveEndpoints ?? nil)
  if (server === undefined) return all
  const own = alternatives(server).map((one) => (one.kind === 'absent' ? all : truthOf(one)))
  const [open] = own.filter((one) => typeof one !== 'string')
  return agreed(own, open?.why ?? (server.kind === 'oneOf' ? server.why : 'it is not known'))
}

function keysOf(value: Value | undefined): readonly string[] {
  if (value?.kind !== 'list') return []
  return value.items.flatMap((item) => {
    const key = item.kind === 'tuple' ? item.items[0] : undefined
    return key?.kind === 'atom' ? [key.name] : []
  })
}
