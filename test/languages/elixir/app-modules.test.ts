import { beforeAll, describe, expect, test } from 'vitest'
import { type ConfigRun, evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { configAt } from '../../../src/languages/elixir/evaluate/config-merge.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { modules } from '../../../src/languages/elixir/syntax/modules.ts'
import { parseElixir } from '../../../src/languages/elixir/syntax/parse.ts'
import { toTerm } from '../../../src/languages/elixir/values/term.ts'
import { absent } from '../../../src/languages/elixir/values/value.ts'
import { known, unknown, unset } from '../../../src/text/known.ts'
import { textOf } from '../../../src/text/source.ts'

beforeAll(loadElixir)

const code = `
defmodule Shop.Env do
  alias Shop.Env.Parse
  import Shop.Words
  require Logger

  @moduledoc "Reads variables"
  @default_port 4000
  @frozen System.get_env("S")

  @spec get(String.t(), atom()) :: term()
  def get(name, type \\\\ :string), do: name |> System.get_env() |> Parse.as(type)
  def get!(name), do: System.fetch_env!(name)
  def must(name), do: System.get_env(name) || raise("no #{name}")
  def port, do: get("PORT", :integer) || @default_port
  def frozen, do: @frozen
  def shouted, do: shout("a")
  def wrong, do: this_is_generated_somehow()
  def many(n) do
    if System.get_env("U#{n}"), do: many(n + 1), else: many(n + 2)
  end
  def cleaned(text), do: hidden(text)
  defp hidden(text), do: String.trim(text)
end

defmodule Shop.Env.Parse do
  def as(nil, _), do: nil
  def as(value, :string), do: value
  def as(value, :integer), do: String.to_integer(value)
  def as(value, :boolean), do: value in ~w(true 1)
end

defmodule Shop.Words do
  def shout(text), do: String.upcase(text)
end

defmodule Shop.Open do
  use Shop.Generated
  def own, do: 1
end`

const definitions = () => modules(parseElixir({ path: 'lib/shop/env.ex', text: code }))

const run = (text: string): ConfigRun =>
  evaluateConfig({
    entry: { path: 'config/runtime.exs', text: `import Config\n${text}` },
    kind: 'runtime',
    directory: '/app/releases/0.1.0',
    workingDirectory: '/app',
    file: () => unset(),
    configEnv: 'prod',
    environment: {
      get: (name) =>
        name.startsWith('U') ? unknown('it may be given') : name.startsWith('S') ? known(' 80') : unset(),
    },
    mixAvailable: false,
    otherModules: 'unknown',
    module: (name) => definitions().find((one) => one.name === name),
  })

const value = (expression: string) => {
  const { config, outcome } = run(`import Shop.Env\nconfig :a, v: ${expression}`)
  return outcome.kind === 'ok' ? toTerm(configAt(config, ['a', 'v']) ?? absent) : outcome
}

describe("the app's own functions", () => {
  test.each([
    ['get("MISSING") || "d"', 'd'],
    ['Shop.Env.get("S")', ' 80'],
    ['get("S", :boolean)', false],
    ['port()', 4000],
    ['cleaned(get("S"))', '80'],
    ['shouted()', 'A'],
    ['Shop.Open.own()', 1],
    ['to_string(:b)', 'b'],
  ])('%s is %j', (expression, expected) => {
    expect(value(expression)).toEqual(expected)
  })

  test.each([
    ['what the build froze', 'frozen()'],
    ['what compiles, although we do not see how', 'wrong()'],
    ['what is too much to follow', 'many(0)'],
    ['what `use` may bring', 'Shop.Open.other()'],
    ['what is not here', 'Other.thing()'],
  ])('%s is unknown', (_, expression) => {
    expect(value(expression)).toHaveProperty('unknown')
  })

  test('a private function cannot be called from outside', () => {
    expect(run('config :a, v: Shop.Env.hidden("x")').outcome).toMatchObject({
      kind: 'crash',
      error: { type: 'UndefinedFunctionError' },
    })
  })

  test('what they read, and where they stop, is said of the call in the script', () => {
    const { reads, outcome } = run('import Shop.Env\nconfig :a, v: get("A", :integer)\nconfig :a, w: get!("B")')
    expect(reads.map((read) => [read.name, textOf(read.span), read.required])).toEqual([
      ['A', 'get("A", :integer)', false],
      ['B', 'get!("B")', true],
    ])
    expect(outcome.kind === 'crash' && textOf(outcome.error.span)).toBe('get!("B")')
  })

  test('a stop under a condition is said of the call as well', () => {
    const { possibleCrashes } = run('config :a, v: Shop.Env.must("U")')
    expect(possibleCrashes.map(({ error }) => textOf(error.span))).toEqual(['Shop.Env.must("U")'])
  })
})
