import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { parse } from '../../languages/elixir/stdlib/uri/uri-parse.ts'
import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { atomName, keywordGet } from '../../languages/elixir/syntax/query.ts'
import { inspectText, inspectValue } from '../../languages/elixir/values/inspect.ts'
import { field } from '../../languages/elixir/values/map.ts'
import { isNil, type Value } from '../../languages/elixir/values/value.ts'
import { oncePer, oncePerPair } from '../../text/once.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { type Made, made, raised, stop, unknownMade } from './made.ts'

/** A repo that the app starts. */
export interface Repo {
  readonly otpApp: string
  /** Without `Elixir.`, such as `MyApp.Repo`. */
  readonly name: string
  /** Whether its own `init/2` may change the config. */
  readonly changesConfig: boolean
}

/** The repos of `ecto_repos` and of the code; where no code is in view, what the config calls a repo. */
export const reposOf = (config: Value, code: Code, app: MixApp): readonly Repo[] => reposIn(config, code)(app)

const reposIn = oncePerPair((config: Value, code: Code) => oncePer((app: MixApp) => search(config, code, app)))

function search(config: Value, code: Code, app: MixApp): readonly Repo[] {
  const repos = new Map<string, Repo>()
  const add = (otpApp: string, name: string) => {
    const module = code.module(name)
    const changesConfig = module?.functions.some((one) => one.name === 'init' && one.arity === 2) ?? false
    if (!repos.has(name)) repos.set(name, { otpApp, name, changesConfig })
  }
  for (const module of code.using('Ecto.Repo')) {
    const use = module.uses.find((one) => one.module === 'Ecto.Repo')
    const otpApp = use && atomName(keywordGet(use.options, 'otp_app'))
    if (otpApp !== undefined) add(otpApp, module.name)
  }
  for (const { name: otpApp } of [app, ...app.children, ...namedIn(config)]) {
    const named = otpApp === undefined ? undefined : configAt(config, [otpApp, 'ecto_repos'])
    if (otpApp === undefined || named?.kind !== 'list') continue
    for (const item of named.items)
      if (item.kind === 'atom') add(configuredIn(config, item.name) ?? otpApp, moduleName(item.name))
  }
  if (repos.size === 0 && code.modules.length === 0)
    for (const { name: otpApp } of namedIn(config))
      for (const { name } of namedIn(configAt(config, [otpApp]) ?? config))
        if (/^Elixir\..*\bRepo$/.test(name)) add(otpApp, moduleName(name))
  return [...repos.values()]
}

/** The app in whose config a module stands: in an umbrella, an app may name the repo of another. */
const configuredIn = (config: Value, module: string): string | undefined =>
  namedIn(config).find(({ name }) => configAt(config, [name, module]) !== undefined)?.name

function namedIn(config: Value): readonly { readonly name: string }[] {
  if (config.kind !== 'list') return []
  return config.items.flatMap((item) => {
    const key = item.kind === 'tuple' ? item.items[0] : undefined
    return key?.kind === 'atom' ? [{ name: key.name }] : []
  })
}

const integerParameters = ['timeout', 'pool_size', 'idle_interval']

/** Whether a repo starts with its config: the database itself is out of view (Ecto.Repo.Supervisor, `parse_url`). */
export function repoStarts(config: Value): Made<true> {
  const size = configAt(config, ['pool_size'])
  // Postgrex leaves out each option that is `nil` (Postgrex.Utils.default_opts/1).
  if (size && !isNil(size) && (size.kind === 'unknown' ? size.type === 'binary' : size.kind !== 'integer')) {
    const shown = size.kind === 'unknown' ? 'a text' : inspectValue(size, '1.18.4')
    return raised(
      'ArgumentError',
      `ranges (first..last) expect both sides to be integers, got: 1..${shown}`,
      'pool_size',
    )
  }
  if (size?.kind === 'integer' && size.value < 1)
    return raised('ArgumentError', `pool size must be greater or equal to 1, got ${size.value}`, 'pool_size')
  const url = configAt(config, ['url'])
  if (url === undefined || isNil(url)) return made(true)
  if (url.kind === 'unknown') return isWithoutHost(url.partial) ? withoutHost : unknownMade(url.why)
  if (url.kind !== 'binary') {
    const shown = inspectValue(url, '1.18.4')
    return noUrl('FunctionClauseError', `no function clause matching in Ecto.Repo.Supervisor.parse_url/1: ${shown}`)
  }
  if (url.text === '') return made(true)
  const flaw = flawOf(url)
  return flaw === undefined
    ? made(true)
    : noUrl('Ecto.InvalidURLError', `invalid URL ${inspectText(url.text)}, ${flaw}`, flaw)
}

/** Whether no part of a text that is not all known says where a host begins, of which what stands before it says a part. */
const isWithoutHost = (partial = ''): boolean => /^[\w+.-]+:/.test(partial) && !partial.includes('://')

const noUrl = (exception: string, message: string, flaw?: string): Made<never> =>
  stop({ kind: 'database-url', exception, message, ...(flaw === undefined ? {} : { flaw }) }, 'url')

const withoutHost = noUrl('Ecto.InvalidURLError', 'invalid URL, host is not present', 'host is not present')

/** Why Ecto does not take a URL. */
function flawOf(url: Value): string | undefined {
  const uri = parse(url)
  const part = (name: string) => {
    const value = uri.kind === 'map' ? field(uri, name) : undefined
    return value?.kind === 'binary' ? value.text : undefined
  }
  if (part('host') === undefined) return 'host is not present'
  if (!/^\/[^/]+$/.test(part('path') ?? '')) return 'path should be a database name'
  for (const [name, value] of new URLSearchParams(part('query') ?? ''))
    if (integerParameters.includes(name) && !/^[+-]?\d+$/.test(value))
      return `cannot parse value \`${value}\` for parameter \`${name}\` as an integer`
  const broken = [part('userinfo'), part('host'), part('path')].some((text) => /%(?![0-9a-f]{2})/i.test(text ?? ''))
  return broken ? 'it has a malformed escape (`%` must be written `%25`)' : undefined
}
