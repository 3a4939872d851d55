import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { pairKey } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { nearest } from '../../text/nearest.ts'
import type { Boot } from './boot.ts'

/** One key of the config: what it is, and who said so. */
export interface WhyPath {
  /** From the application on, as Erlang names it. */
  readonly path: readonly string[]
  /** Undefined where it is set nowhere, or taken away. */
  readonly value: Value | undefined
  /** The `config` calls that had a part in it, in their order; the last one counts. */
  readonly writes: Boot['writes']
}

export interface Why {
  readonly paths: readonly WhyPath[]
  /** A key that was most likely meant, where there is none. */
  readonly near: string | undefined
}

/** The keys that people name as `MyAppWeb.Endpoint.url.host`, `logger.level` or `my_app.MyApp.Repo.url`. */
export function whyOf(key: string, boot: Boot): Why {
  const parts = partsOf(key)
  const apps = keysOf(boot.config)
  const [first = '', ...rest] = parts
  const candidates = [...(apps.includes(first) ? [[first, ...rest]] : []), ...apps.map((app) => [app, ...parts])]
  const paths = candidates
    .map((path): WhyPath => ({ path, value: boot.at(...path), writes: writesAt(boot, path) }))
    .filter(({ path, value, writes }) => path.length > 0 && (value !== undefined || writes.length > 0))
  if (paths.length > 0) return { paths, near: undefined }
  return { paths, near: nearest(key, allKeys(boot.config).map(keyName)) }
}

/** `a.B.C.d` as `a`, `Elixir.B.C`, `d`: what begins with a capital letter is one module. */
function partsOf(key: string): readonly string[] {
  const parts: string[] = []
  for (const word of key
    .replace(/^:/, '')
    .split(/\.:?/)
    .filter((one) => one !== '')) {
    const last = parts.at(-1)
    const isModule = /^[A-Z]/.test(word)
    if (isModule && last?.startsWith('Elixir')) parts[parts.length - 1] = `${last}.${word}`
    else if (word === 'Elixir') parts.push(word)
    else parts.push(isModule ? `Elixir.${word}` : word)
  }
  return parts
}

/** A key as people name it. */
export const keyName = (path: readonly string[]): string => path.map(moduleName).join('.')

const writesAt = (boot: Boot, path: readonly string[]): Boot['writes'] =>
  boot.writes.filter((write) => path.every((key, index) => index >= write.path.length || write.path[index] === key))

const keysOf = (value: Value | undefined): readonly string[] =>
  value?.kind === 'list' ? value.items.flatMap((item) => pairKey(item) ?? []) : []

const deepest = 5

/** Every key of a config, from the application on and from the module on. */
function allKeys(config: Value): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const visit = (value: Value | undefined, path: readonly string[]) => {
    if (path.length > 0) found.push(path)
    if (path.length > 1) found.push(path.slice(1))
    if (path.length < deepest) for (const key of keysOf(value)) visit(value && configAt(value, [key]), [...path, key])
  }
  visit(config, [])
  return found
}
