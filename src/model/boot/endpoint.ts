import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, keywordGet } from '../../languages/elixir/syntax/query.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { isNil, nil, truthOf, type Value } from '../../languages/elixir/values/value.ts'
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
  /** Whether it listens: its `server`, else `serve_endpoints` of `:phoenix`; undefined where that is not known. */
  readonly listens: boolean | undefined
  /** Whether its own `init/2` was followed: its config is what comes of that. */
  readonly isFollowed: boolean
}

type At = (...path: readonly string[]) => Value | undefined

/** The endpoints that the code defines, else those that the config names. */
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
      /^Elixir\..*Endpoint$/.test(key) ? [{ name: key.slice('Elixir.'.length), otpApp, module: undefined }] : [],
    ),
  )
  return (defined.length > 0 ? defined : named).map((endpoint) => {
    const own: At = (...path) => at(endpoint.otpApp, `Elixir.${endpoint.name}`, ...path)
    const listens = mix ? true : listensWith(own('server'), at('phoenix', 'serve_endpoints'))
    const isFollowed = followed.some(({ name }) => name === endpoint.name)
    return { ...endpoint, at: own, listens, isFollowed }
  })
}

/** The endpoints that the code of an app defines. */
export function definedEndpoints(code: Code, app: MixApp) {
  const apps = new Set([app, ...app.children].flatMap((one) => one.name ?? []))
  return code.modules.flatMap((module) => {
    const use = module.uses.find((one) => one.module === 'Phoenix.Endpoint')
    const otpApp = use && atomName(keywordGet(use.options, 'otp_app'))
    return otpApp !== undefined && (apps.size === 0 || apps.has(otpApp)) ? [{ name: module.name, otpApp, module }] : []
  })
}

/** Whether the endpoint changes its config itself when it starts, in a way that cannot be followed. */
export const hasInit = ({ module, isFollowed }: Endpoint): boolean =>
  !isFollowed && (module?.functions.some((one) => one.name === 'init' && one.arity === 2) ?? false)

function listensWith(server: Value | undefined, serveEndpoints: Value | undefined): boolean | undefined {
  const all = truthOf(serveEndpoints ?? nil)
  if (server === undefined) return all
  const own = alternatives(server).map((one) => (one.kind === 'absent' ? all : isNil(one) ? false : truthOf(one)))
  return own.every((one) => one === own[0]) ? own[0] : undefined
}

function keysOf(value: Value | undefined): readonly string[] {
  if (value?.kind !== 'list') return []
  return value.items.flatMap((item) => {
    const key = item.kind === 'tuple' ? item.items[0] : undefined
    return key?.kind === 'atom' ? [key.name] : []
  })
}
