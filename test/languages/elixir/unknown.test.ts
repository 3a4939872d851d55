import { beforeAll, describe, expect, test } from 'vitest'
import { type ConfigRun, evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { configAt } from '../../../src/languages/elixir/evaluate/config-merge.ts'
import type { ConfigInput } from '../../../src/languages/elixir/evaluate/input.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { alternatives } from '../../../src/languages/elixir/values/one-of.ts'
import { toTerm } from '../../../src/languages/elixir/values/term.ts'
import { absent } from '../../../src/languages/elixir/values/value.ts'
import { known, unknown, unset } from '../../../src/text/known.ts'
import { textOf } from '../../../src/text/source.ts'

beforeAll(loadElixir)

/** Variables that begin with U are unknown, with S set to `set`; nothing else is set. */
const scenario = (text: string): { readonly input: ConfigInput } => ({
  input: {
    entry: { path: 'config/runtime.exs', text: `import Config\n${text}` },
    kind: 'runtime',
    directory: '/app/releases/0.1.0',
    workingDirectory: '/app',
    file: () => unset(),
    configEnv: 'prod',
    environment: {
      get: (name) =>
        name.startsWith('U') ? unknown('it may be given') : name.startsWith('S') ? known('set') : unset(),
    },
    mixAvailable: false,
    otherModules: 'unknown',
  },
})
const run = (text: string): ConfigRun => evaluateConfig(scenario(text).input)

/** What `config :a, v: …` may be. */
const outcomes = (text: string) =>
  alternatives(configAt(run(text).config, ['a', 'v']) ?? absent).map((one) => toTerm(one))
const given = { unknown: 'it may be given' }

describe('a variable that may be set', () => {
  test.each([
    ['config :a, v: System.get_env("U")', [null, given]],
    ['config :a, v: System.get_env("U") || "d"', ['d', given]],
    ['config :a, v: System.get_env("U", "d")', ['d', given]],
    ['config :a, v: System.get_env("U") && 1', [null, 1]],
    ['config :a, v: !System.get_env("U")', [true, false]],
    ['if System.get_env("U"), do: config(:a, v: 1)', [{ absent: true }, 1]],
    ['config :a, v: if(System.get_env("U"), do: 1, else: 2)', [2, 1]],
    ['config :a, v: if(System.get_env("U"), do: 1, else: 1)', [1]],
    ['x = System.get_env("U")\nif x, do: config(:a, v: x)', [{ absent: true }, given]],
    ['if x = System.get_env("U"), do: config(:a, v: x), else: config(:a, v: 0)', [0, given]],
    ['config :a, v: 1\nif System.get_env("U"), do: config(:a, v: 2)', [1, 2]],
    ['if System.get_env("U"), do: config(:a, v: 2)\nconfig :a, v: 1', [1]],
    ['case System.get_env("U") do\n nil -> config :a, v: 1\n _ -> config :a, v: 2\nend', [1, 2]],
    ['case System.get_env("U") do\n "x" -> config :a, v: 1\n _ -> config :a, v: 2\nend', [2, 1]],
    ['x = if System.get_env("U"), do: 1, else: 2\nconfig :a, v: {x, (if x == 1, do: :one, else: :two)}', undefined],
    ['with {:ok, x} <- System.fetch_env("U"), do: config(:a, v: x)', [{ absent: true }, given]],
    ['cond do\n System.get_env("U") -> config :a, v: 1\n true -> config :a, v: 2\nend', [2, 1]],
    ['System.put_env("U", "x")\nconfig :a, v: System.get_env("U")', ['x']],
    ['if System.get_env("U"), do: System.put_env("P", "x")\nconfig :a, v: System.get_env("P")', undefined],
    ['config :a, v: System.get_env("U") == nil', [true, false]],
    ['config :a, v: [System.get_env("U")]', [[{ oneOf: [null, given] }]]],
  ])('%s', (text, expected) => {
    if (expected) expect(outcomes(text)).toEqual(expected)
    expect(run(text).outcome.kind).toBe('ok')
  })

  test('may be part of a key, and the other keys stay', () => {
    const text =
      'config :a, V, v: 1\nkey = if System.get_env("U"), do: :x, else: :y\nconfig :a, V, [{:z, 2}, {key, [b: 3]}]\nconfig :a, v: 0'
    const { config } = run(text)
    expect(toTerm(configAt(config, ['a', 'Elixir.V', 'v']) ?? absent)).toBe(1)
    expect(toTerm(configAt(config, ['a', 'Elixir.V', 'z']) ?? absent)).toBe(2)
  })

  test('is one thing wherever it is asked for', () => {
    const text =
      'x = if System.get_env("U"), do: 1, else: 2\nif System.get_env("U") do\n  config :a, v: x\nelse\n  config :a, v: x * 10\nend'
    expect(outcomes(text)).toEqual([20, 1])
  })
})

describe('a script that may stop', () => {
  test.each([
    ['config :a, v: System.get_env("U") || raise("no U")', 'RuntimeError', 'no U'],
    [
      'config :a, v: System.fetch_env!("U")',
      'System.EnvError',
      'could not fetch environment variable "U" because it is not set',
    ],
    ['case System.get_env("U") do\n nil -> raise "no U"\n x -> config :a, v: x\nend', 'RuntimeError', 'no U'],
    ['x = System.get_env("U")\nunless x, do: raise("no U")\nconfig :a, v: x', 'RuntimeError', 'no U'],
    ['{:ok, x} = System.fetch_env("U")\nconfig :a, v: x', 'MatchError', 'no match of right hand side value: :error'],
  ])('%s', (text, type, message) => {
    const { outcome, possibleCrashes, reads } = run(text)
    expect(outcome.kind).toBe('ok')
    expect(possibleCrashes.map(({ error, certainty }) => [error.type, error.message, certainty])).toEqual([
      [type, message, 'maybe'],
    ])
    expect(reads.map((read) => [read.name, read.required])).toEqual([['U', true]])
  })

  test('goes on as if the variable were set', () => {
    expect(outcomes('x = System.get_env("U") || raise("no")\nconfig :a, v: System.get_env("U")')).toEqual([given])
  })

  test('stops surely where every way stops', () => {
    const { outcome } = run('if System.get_env("U"), do: raise("one"), else: raise("two")')
    expect(outcome.kind === 'crash' && outcome.error.message).toBe('two')
  })

  test('is rescued by the way that stops alone', () => {
    const { possibleCrashes } = run('try do\n System.fetch_env!("U")\nrescue\n _ -> config :a, v: 1\nend')
    expect(possibleCrashes).toEqual([])
    expect(outcomes('try do\n System.fetch_env!("U")\n config :a, v: 2\nrescue\n _ -> config :a, v: 1\nend')).toEqual([
      1, 2,
    ])
  })
})

test('reads, defaults and guards are told', () => {
  const { reads } = run(
    'if System.get_env("U") do\n  config :a, v: System.get_env("N", "d"), w: System.get_env("S") || raise("x")\nend',
  )
  expect(reads.map(({ name, required, guards, value }) => [name, required, guards.length, value.kind])).toEqual([
    ['U', false, 0, 'unknown'],
    ['N', false, 1, 'unset'],
    ['S', true, 1, 'known'],
  ])
  expect(reads[1]?.default).toMatchObject({ kind: 'binary', text: 'd' })
})

test('the variables that a script needs are found whatever is set', () => {
  const text =
    'x = System.get_env("A")\nif is_nil(x), do: raise("no A")\nSystem.fetch_env!("B")\ny = System.get_env("C") || "d"\ncase System.get_env("D") do\n nil -> raise "no D"\n _ -> y\nend'
  const { input } = scenario(text)
  const { reads } = evaluateConfig({ ...input, environment: { get: () => unknown('it may be set') } })
  expect([...new Set(reads.filter(({ required }) => required).map(({ name }) => name))]).toEqual(['A', 'B', 'D'])
})

test('writes tell who set a key, and where', () => {
  const { writes } = run(
    'config :a, Web, url: [host: "x", port: 1]\nif System.get_env("U"), do: config(:a, Web, url: [host: "y"])',
  )
  expect(writes.map(({ path, span, guards }) => [path.join('.'), textOf(span), guards.length])).toEqual([
    ['a.Elixir.Web.url.host', '"x"', 0],
    ['a.Elixir.Web.url.port', '1', 0],
    ['a.Elixir.Web.url.host', '"y"', 1],
  ])
})

test('a value carries where it comes from', () => {
  const value = configAt(run('x = "lit"\nconfig :a, v: x').config, ['a', 'v'])
  expect(value?.trail?.map((label) => textOf(label.span))).toEqual(['"lit"'])
})

test('what is out of view is unknown, and what is set later is known', () => {
  const { config, notes } = run(
    'x = MyApp.Secrets.get("k")\nconfig :a, v: x, w: 1\nconfig :a, MyApp.more()\nconfig :a, z: 3',
  )
  expect(configAt(config, ['a', 'v'])?.kind).toBe('unknown')
  expect(configAt(config, ['a', 'w'])?.kind).toBe('unknown')
  expect(configAt(config, ['a', 'z'])).toMatchObject({ kind: 'integer', value: 3n })
  expect(notes.map((note) => note.why)).toContain('`MyApp.Secrets` is not part of the script')
})

describe('nothing makes it throw or hang', () => {
  test.each([
    'f = fn f -> f.(f) end\nf.(f)',
    'defmodule A do\n def loop(n), do: loop(n + 1)\nend\nA.loop(0)',
    'for a <- [1,2,3,4,5,6,7,8,9], b <- [1,2,3,4,5,6,7,8,9], c <- [1,2,3,4,5,6,7,8,9], d <- [1,2,3,4,5,6,7,8,9], e <- [1,2,3,4,5,6,7,8,9], f <- [1,2,3,4,5,6,7,8,9], do: {a, b, c, d, e, f}',
    'x = "a"\ny = x <> x <> x <> x <> x <> x <> x <> x\nz = y <> y <> y <> y <> y <> y <> y <> y\nw = z <> z <> z <> z <> z <> z <> z <> z\nconfig :a, v: w <> w',
    Array.from({ length: 30 }, (_, at) => `x${at} = System.get_env("U${at}")`).join('\n') +
      `\nconfig :a, v: [${Array.from({ length: 30 }, (_, at) => `x${at}`).join(', ')}]`,
    Array.from({ length: 40 }, (_, at) => `if System.get_env("U${at}"), do: config(:a, [{:k${at}, 1}])`).join('\n'),
    `config :a, v: ${Array.from({ length: 20 }, (_, at) => `(System.get_env("U${at}") == "1")`).join(' and ')}`,
    `config :a, v: ${'['.repeat(250)}${']'.repeat(250)}`,
    '1 / 0',
    'raise',
    'config',
    'config :a',
    '&1',
    '%{} = %{a | b: 1}',
    'import',
    'for',
    'fn -> end',
    'case 1 do end',
    'defmodule do end',
    '<<1::3>>',
    '2 ** 100000',
    '1 <<< 1000000000',
  ])('%s', (text) => {
    expect(['ok', 'crash', 'unknown']).toContain(run(text).outcome.kind)
  })
})
