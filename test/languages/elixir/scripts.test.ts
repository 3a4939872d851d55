import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { known, unset } from '../../../src/text/known.ts'
import { comparableError, environmentOf, isLeftOpen, normal, readJson, shown } from './compare.ts'

beforeAll(loadElixir)

/** Short runtime.exs scripts (after `import Config`) and what Elixir 1.14.0 made of each with `variables` set. */
const scripts: readonly {
  readonly script: string
  readonly config?: unknown
  readonly error?: Record<string, unknown>
}[] = readJson(join(import.meta.dirname, '../../recorded/config-scripts.json'))
const variables = { SET: 'set', NUM: '42', EMPTY: '', LIST: 'a,b,c', URL: 'https://u:p@h.example:444/p?q=1' }

/** They call what no project's configuration does. */
const unmodelled = new Set([
  'config :a, v: ~c"x", w: ~D[2020-01-01], x: ~N[2020-01-01 00:00:00], y: ~T[00:00:00], z: ~U[2020-01-01 00:00:00Z]',
  'import Bitwise\nconfig :a, v: 1 <<< 3, w: bor(1,2)',
  'config :a, v: get_in([a: [b: 1]], [:a, :b]), w: put_in(%{a: %{b: 1}}, [:a, :b], 2), x: update_in([a: 1], [:a], &(&1 + 1)), y: pop_in(%{a: 1}, [:a])',
  'config :a, v: Date.from_iso8601!("2024-01-02"), w: ~D[2024-01-02].year, x: Date.add(~D[2024-01-31], 1), y: Date.compare(~D[2024-01-01], ~D[2024-01-02])',
  'config :a, v: MapSet.new([2, 1]), w: MapSet.member?(MapSet.new([1]), 1), x: 1..3, y: 1..10//2',
  'config :a, v: Bitwise.band(5, 3), w: Bitwise.<<<(1, 4)',
  'config :a, v: Stream.map([1, 2], &(&1 * 2)) |> Enum.to_list()',
  'config :a, v: Access.get([a: 1], :a), w: get_in(%{a: [%{b: 1}]}, [:a, Access.at(0), :b]), x: get_in([a: nil], [:a, :b])',
  'x = for n <- 1..3, into: MapSet.new(), do: rem(n, 2)\nconfig :a, v: MapSet.to_list(x)',
])

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
    const answer = shown(run, '1.14.0')
    const truth =
      error === undefined ? { ok: true, config: normal(config) } : { ok: false, error: comparableError(error) }
    if (unmodelled.has(script)) expect(isLeftOpen(answer, truth), JSON.stringify(answer)).toBe(true)
    else expect(answer).toEqual(truth)
  })
})
