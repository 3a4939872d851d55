import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { known, unset } from '../../../src/text/known.ts'
import { comparableError, environmentOf, normal, readJson, shown } from './compare.ts'

beforeAll(loadElixir)

/** Short runtime.exs scripts (after `import Config`) and what Elixir 1.14.0 made of each with `variables` set. */
const scripts: readonly {
  readonly script: string
  readonly config?: unknown
  readonly error?: Record<string, unknown>
}[] = readJson(join(import.meta.dirname, '../../recorded/config-scripts.json'))
const variables = { SET: 'set', NUM: '42', EMPTY: '', LIST: 'a,b,c', URL: 'https://u:p@h.example:444/p?q=1' }

describe('a script does what it does in Elixir', () => {
  test.each(scripts.map((recorded) => [recorded.script, recorded] as const))('%s', (script, { config, error }) => {
    const entry = { path: 'releases/0.1.0/runtime.exs', text: `import Config\n${script}` }
    const run = evaluateConfig({
      entry,
      kind: 'runtime',
      directory: '/REL/releases/0.1.0',
      workingDirectory: '/REL',
      file: (path) => (path === `/REL/${entry.path}` ? known(entry) : unset()),
      configEnv: 'prod',
      environment: environmentOf(variables),
      mixAvailable: false,
      otherModules: 'absent',
    })
    expect(shown(run, '1.14.0')).toEqual(
      error === undefined ? { ok: true, config: normal(config) } : { ok: false, error: comparableError(error) },
    )
  })
})
