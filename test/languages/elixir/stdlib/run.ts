import { evaluateConfig } from '../../../../src/languages/elixir/config/run.ts'
import type { ConfigInput } from '../../../../src/languages/elixir/evaluate/input.ts'
import { keywordGetValue } from '../../../../src/languages/elixir/values/map.ts'
import { nil, type Value } from '../../../../src/languages/elixir/values/value.ts'
import { type Known, known, unknown, unset } from '../../../../src/text/known.ts'

/** What one expression gives. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'crash'; readonly type: string; readonly message: string }
  | { readonly kind: 'lost'; readonly why: string }

interface Setting {
  readonly version?: string
  readonly variables?: Readonly<Record<string, string>>
  /** Variables of which nothing is known; with one of them, the environment is open. */
  readonly open?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** Expressions before the one that is asked for. */
  readonly before?: string
}

/** Evaluates `expression` as a release does in runtime.exs. Needs `loadElixir`. */
export function run(expression: string, setting: Setting = {}): Outcome {
  const { version = '1.14.0', variables = { HOME: '/root' }, open = [], files = {}, before = '' } = setting
  const entry = { path: 'config/runtime.exs', text: `import Config\n${before}\nconfig :app, :value, (${expression})\n` }
  const get = (name: string): Known<string> => {
    const value = variables[name]
    return value === undefined ? (open.includes(name) ? unknown('it comes from outside') : unset()) : known(value)
  }
  const environment: ConfigInput['environment'] =
    open.length > 0 ? { get } : { get, all: new Map(Object.entries(variables)) }
  const { outcome, config } = evaluateConfig({
    entry,
    kind: 'runtime',
    directory: '/REL/releases/0.1.0',
    workingDirectory: '/REL',
    configEnv: 'prod',
    otherModules: 'absent',
    elixirVersion: version,
    mixAvailable: false,
    environment,
    file: (path) => {
      const text = files[path]
      return text === undefined ? unset() : known({ path, text })
    },
  })
  if (outcome.kind === 'crash') {
    const { type, kind, message } = outcome.error
    return { kind: 'crash', type: type || kind, message }
  }
  if (outcome.kind === 'unknown') return { kind: 'lost', why: outcome.why }
  const app = config.kind === 'list' ? keywordGetValue(config, 'app') : undefined
  return { kind: 'value', value: (app?.kind === 'list' ? keywordGetValue(app, 'value') : undefined) ?? nil }
}
