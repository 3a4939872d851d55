import { beforeAll, expect, it } from 'vitest'
import { evaluateConfig } from '../../src/languages/elixir/config/run.ts'
import { loadElixir } from '../../src/languages/elixir/syntax/grammar.ts'
import { unknown, unset } from '../../src/text/known.ts'
import { worked } from './work.ts'

beforeAll(loadElixir)
const run = (text: string) =>
  worked(() =>
    evaluateConfig({
      entry: { path: 'config/runtime.exs', text: `import Config\nimport Bitwise\n${text}\n` },
      directory: '/app/releases/1',
      workingDirectory: '/app',
      file: () => unset(),
      kind: 'runtime',
      configEnv: 'prod',
      environment: { get: () => unknown('it may be set') },
      mixAvailable: false,
      otherModules: 'unknown',
      elixirVersion: '1.18.4',
    }),
  )

/** Of a script that spends its whole budget, with room for what one step may do. */
const mostWork = 60_000_000

const starts = ['[1]', '"a"', '2', '%{a: 1}', '{1}', '"é"', '<<255>>', '1..3', 'System.get_env("U")']

/** Expressions that make more of `x`, or go through all of it. */
const growing = `x ++ x | x <> x | {x, x} | [x, x] | [x | x] | %{a: x, b: x} | %{x => x} | inspect({x, x})
inspect(x, limit: :infinity) | "#{x}#{x}" | "#{inspect(x)}" | String.duplicate(x, 3) | List.duplicate(x, 5) | x * x
x ** 3 | Integer.pow(x, 5) | Bitwise.bsl(x, x) | x <<< x | <<x::binary, x::binary>> | <<1::size(80_000)>>
Enum.map(x, fn y -> {y, x} end) | Enum.flat_map(x, fn _ -> x end) | Enum.concat([x, x, x]) | List.flatten([x, x])
for(a <- x, b <- x, do: {a, b}) | for(_ <- 1..9, do: x) | for(_ <- 1..3, into: "", do: x) | Enum.zip(x, x)
Enum.chunk_every(x, 10, 1) | Enum.join([x, x, x], x) | Enum.uniq([x, x, {x}]) | Enum.group_by(x, & &1) | Enum.sort([x, {x}])
Enum.reduce(1..40, x, fn _, a -> a ++ a end) | Enum.reduce(1..40, x, fn _, a -> a <> a end)
Enum.reduce(1..60, x, fn _, a -> {a, a} end) | Enum.reduce(1..60, x, fn _, a -> a * a end) | Enum.reduce(x, [], &++/2)
Enum.map_join(x, ",", fn _ -> inspect(x) end) | Map.merge(%{a: x}, %{b: x}) | Keyword.merge([a: x], [b: x])
Enum.to_list(1..99_999) | Enum.product(1..9_000) | String.to_charlist(x) | String.graphemes(x) | String.replace(x, "a", x)
String.replace(x, "", x) | String.pad_leading(x, 99_999) | URI.encode_www_form(x) | Base.encode16(x) | Regex.replace(~r/./, x, x)
Regex.match?(~r/(a|a)*b/, x) | {x, x} == {x, x} | %{a: x} < %{b: x} | x in [x, {x}, [x]] | [x, x] -- [x] | then(x, &[&1, &1])
Tuple.duplicate(x, 20) | Map.new([{x, x}, {1, x}]) | List.zip([x, x]) | put_in(%{a: x}.a, {x, x}) | System.put_env("A", x)
config(:shop, x: [b: x, c: x]) | (fn y -> [y, x] end).(x) | if(x, do: {x, x}) | x || x | Integer.digits(x) | Integer.gcd(x, x)
IO.iodata_to_binary([x, x]) | MapSet.new([x, {x}]) | System.get_env("U") || x | if(System.get_env("V"), do: x, else: {x, x})
:binary.copy(x, 9) | :lists.seq(1, 99_000) | Stream.iterate(x, fn y -> {y, y} end) |> Enum.take(50) | Path.join([x, x])
try do raise inspect(x) rescue e -> {e, e} end | case x do ^x -> {x, x}; _ -> x end | with {:ok, y} <- {:ok, x}, do: {y, y}`
  .split(/\n| \| (?=\S)(?!x\])/)
  .map((text) => text.trim())

/** Numbers from 0 to below `limit`, the same for the same seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const composed = Array.from({ length: 200 }, (_, seed) => {
  const next = numbers(seed * 7919 + 1)
  const some = Array.from({ length: 1 + next(3) }, () => growing[next(growing.length)] ?? 'x')
  const lines = Array.from({ length: 5 + next(40) }, () => some[next(some.length)] ?? 'x')
  const kept = next(3) > 0
  const body = lines.map((line) => (kept ? `x = try do ${line} rescue _ -> x catch _ -> x end` : `x = ${line}`))
  return `x = ${starts[next(starts.length)]}\n${body.join('\n')}\nconfig :shop, x: x`
})

it.each(composed.map((text, seed) => ({ seed, text })))('what grows, composed, $seed', async ({ text }) => {
  const { work } = await run(text)
  expect(work).toBeLessThan(mostWork)
})

const doubled = (start: string, line: string, count = 60) => `x = ${start}\n${`x = ${line}\n`.repeat(count)}`

it.each([
  ['texts', `${doubled('"a"', 'x <> x')}config :shop, x: x`],
  ['texts in texts', `${doubled('"a"', '"#{x}#{x}"')}config :shop, x: x`],
  ['lists', `${doubled('[1]', 'x ++ x')}config :shop, x: x`],
  ['structure that is shared', `${doubled('1', '{x, x}')}config :shop, x: x`],
  ['equality of what is shared', `${doubled('1', '[x, x]')}config :shop, x: x == [x]`],
  ['inspect of inspect', `${doubled('"\\""', 'inspect({x, x})')}config :shop, x: x`],
  ['maps', `${doubled('1', '%{a: x, b: x}')}config :shop, x: x`],
  ['numbers', `${doubled('2', 'x * x')}config :shop, x: x`],
  ['powers', `${doubled('2', 'x ** x')}config :shop, x: x`],
  ['a factorial', 'config :shop, x: Enum.reduce(1..90_000, 1, fn n, a -> n * a end)'],
  ['bits', 'config :shop, x: <<1::size(10_000_000_000)>>'],
  ['shifts', 'config :shop, x: 1 <<< 10_000_000_000'],
  ['digits', `config :shop, x: ${'9'.repeat(100_000)}`],
  ['depth', 'config :shop, x: Enum.reduce(1..9_000, [], fn _, a -> [a] end)'],
  ['a config of configs', doubled('[a: 1]', '(config(:shop, y: [b: x, c: x]); [b: x, c: x])')],
])('what is too much is not known, and said: %s', async (_, text) => {
  const { result, work } = await run(text)
  expect(work).toBeLessThan(mostWork)
  expect(result.outcome.kind).not.toBe('crash')
  expect(result.notes.filter(({ kind }) => kind === 'bound')).not.toEqual([])
})

it('what is large and not too large is known', async () => {
  const { result } = await run(
    'config :shop, a: 2 ** 6000 == 1 <<< 6000, b: String.length(String.duplicate("ab", 50_000))',
  )
  expect(result.notes).toEqual([])
  expect(result.outcome).toEqual({ kind: 'ok' })
  expect(result.writes.map(({ value }) => value)).toMatchObject([{ name: 'true' }, { value: 100_000n }])
})
