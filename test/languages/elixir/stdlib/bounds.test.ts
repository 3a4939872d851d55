import { beforeAll, describe, expect, test } from 'vitest'
import { loadElixir } from '../../../../src/languages/elixir/syntax/grammar.ts'
import { isOpen } from '../../../../src/languages/elixir/values/map.ts'
import { toTerm } from '../../../../src/languages/elixir/values/term.ts'
import { run } from './run.ts'

beforeAll(loadElixir)

describe('what would take too long is left open', () => {
  test.each([
    'String.duplicate("a", 10_000_000_000)',
    'String.duplicate("a,", 400_000) |> String.split([",", ";"]) |> length()',
    'Integer.pow(10, 10_000_000)',
    'Enum.to_list(1..60_000) -- Enum.to_list(1..60_000)',
    'Enum.chunk_every(1..90_000, 50_000, 1) |> length()',
    'Enum.reduce(1..50_000, [], &Keyword.put(&2, :"a#{&1}", 1)) |> length()',
    'Enum.uniq_by(1..60_000, &{&1}) |> length()',
    'Regex.match?(~r/(.*)(.*)(.*)(.*)(.*)x/, String.duplicate("a", 4000))',
    'Regex.match?(~r/(a+)+b/, String.duplicate("a", 40))',
    'Regex.match?(~r/(a|a)*b/, String.duplicate("a", 40))',
  ])('%s', (expression) => {
    const outcome = run(expression)
    expect(outcome.kind === 'lost' || (outcome.kind === 'value' && isOpen(outcome.value))).toBe(true)
  })
})

describe('unknown values inside of known ones are kept', () => {
  const known = (expression: string) => {
    const outcome = run(expression, { open: ['X'], before: 'x = System.fetch_env!("X")' })
    return outcome.kind === 'value' ? toTerm(outcome.value) : outcome
  }

  test.each([
    ['Keyword.get([a: x, b: 1], :b)', 1],
    ['Keyword.get([a: 1], :z, x) |> is_binary()', true],
    ['Keyword.merge([a: x], b: 1) |> Keyword.keys()', [{ atom: 'a' }, { atom: 'b' }]],
    ['Map.put(%{}, :a, x) |> Map.has_key?(:a)', true],
    ['length([x, x])', 2],
    ['Enum.map([1, x], fn _ -> 2 end)', [2, 2]],
    ['List.first([1, x])', 1],
    ['List.wrap(x) |> length()', 1],
    ['Enum.reject([x, nil], &is_nil/1) |> length()', 1],
    ['elem({x, 2}, 1)', 2],
    ['get_in(%{a: [b: 1, c: x]}, [:a, :b])', 1],
    ['Enum.member?([x], nil)', false],
    ['is_list(String.split(x, ","))', true],
    ['x |> String.to_integer() |> is_integer()', true],
    ['to_string(x) != nil', true],
    ['x |> URI.parse() |> is_map()', true],
  ])('%s', (expression, expected) => {
    expect(known(expression)).toEqual(expected)
  })
})

describe('versions of Elixir differ', () => {
  test.each([
    ['URI.append_path(URI.parse("http://h/a"), "/b") |> to_string()', '1.14.0', 'UndefinedFunctionError'],
    ['URI.append_path(URI.parse("http://h/a"), "/b") |> to_string()', '1.18.4', 'http://h/a/b'],
    ['Enum.sum_by([1, 2], &(&1 * 2))', '1.18.4', 6],
    ['to_timeout(minute: 2)', '1.18.4', 120_000],
    ['System.get_env!("X")', '1.18.4', 'UndefinedFunctionError'],
  ])('%s in %s', (expression, version, expected) => {
    const outcome = run(expression, { version })
    expect(outcome.kind === 'crash' ? outcome.type : outcome.kind === 'value' && toTerm(outcome.value)).toBe(expected)
  })
})
