import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { outlineOf } from '../../../src/languages/elixir/syntax/outline.ts'
import { parseElixir } from '../../../src/languages/elixir/syntax/parse.ts'
import { isPlain } from '../../../src/languages/elixir/syntax/plain.ts'

beforeAll(loadElixir)

const inModule = (body: string): string => `defmodule Shop.Cart do\n${body}\nend\n`

describe('isPlain', () => {
  it.each([
    'def total(items, tax \\\\ 0), do: Enum.reduce(items, tax, fn %{price: price}, sum -> price + sum end)',
    'use Shop, :schema\n@type t :: %__MODULE__{name: String.t() | nil}\n@doc """\nOf #{1}.\n"""\ndef a, do: ~w(a b)a',
    'def a(x) when x in [1, 2] do\n  with {:ok, y} <- b(x),\n       true <- y > 1 do\n    y\n  else\n    {:error, e} -> raise "no #{e}"\n    _ -> nil\n  end\nend',
    'defp q(u) do\n  from u in User, where: u.id == ^u.id, select: %{u | name: "x"}\n  |> Repo.all()\nend',
    'def a(x) do\n  # one\n  x not in [0x1F, 1_000, 1.5e-3, ?a, ?\\n, :b!, Shop.Cart, nil] and not x.ok? and !x.b and x !== -1\n  y = Enum.map(1..2, &f(&1, [x | z]))\n\n  y\n  |> then(& &1 <> "a")\n  ~r/a+/u\nrescue\n  _ -> @none\nend',
    'def a(b) do\n  Repo.all(from c in D, where: c.id == ^b[:id]["x"], select: %{c | "n": 1})\n  |> Kernel.++([&1[:k], x.end, !&1, -&1, 0o17])\n  |> f.().()\n  %_{e: [1, 2,], f: {1, 2, }} = fn -> 1 end\nend',
    '@spec a((-> :ok), (b, c -> d), [e, ...]) :: %{:f => g | h}\ndef a, do: Enum.sort_by(b, & &1.c, &>=/2) |> f(:<, :+)\ndef b, do: fn(c, d, e) when c -> 1..-1//1 end\ndef c, do: fn() -> if (a) do 1 <<< 2 end end',
    'def a(assigns) do\n  b = """\n  a \\\n  b\n  """\n  ~H"""\n  <p>a</p>\n  """noformat\nend',
  ])('takes %j', (body) => {
    expect(isPlain(inModule(body), 0)).toBe(true)
  })

  it.each([
    'def a, do: f(1, b c, d)',
    'def a, do: [b c, d]',
    'def a, do: f(b: c d, e)',
    'def a, do: x[b c, d]',
    'def a, do: f(b, )',
    'def a, do: (b, c)',
    'def a, do: %{b | }',
    'def a, do: {b: 1}',
    'def a, do: fn (b), c -> 1 end',
    'def a(b) do\n  if b do\n    c\n  end.d\nend',
    'def a, do: nil.B',
    'def a, do: b and@c',
    'def a, do: b //1',
    'def a, do: f("b": 1, c)',
    'def a,\r do: 1',
    'def a(b) do\n  case b do\n    1 -> 2\n    if c do\n      d\n    end ++ _ -> 3\n  end\nend',
    'def a, do: [1, 2',
    'def a do\n  case x do\n    1 -> 2 3 -> 4\n  end\nend',
    'def a, do: %{b => 1, c}',
    'def a, do: f(b: 1, 2)',
    'def a, do: "text',
    'def a do\n  x = end\nend',
    'def a do\n  b.() do\n    1\n  end\nend',
    'def a\n, do: 1',
    'def a, do: 0x1G',
    'def a, do: 1.5.b',
    'def a, do: x.Y(1)',
    'def a, do: b === == c',
    'def a, do: b |||c',
    'def a(b), do: @nil',
    'def a, do: :b:c',
    'def a, do: b +c',
    'def a do\n  if b do\n    c\nend',
    '<<<<<<< HEAD\ndef a, do: 1',
  ])('does not take %j', (body) => {
    expect(isPlain(inModule(body), 0)).toBe(false)
  })

  it('tells where the expressions of the module begin', () => {
    const text = inModule('  use Shop, :schema\n\n  # one\n  @a [\n    1\n  ]\n  def a(b) do\n    c\n  end')
    const found: number[] = []
    isPlain(text, 0, found)
    expect(found.map((at) => text.slice(at).split('\n', 1)[0])).toEqual(['use Shop, :schema', '@a [', 'def a(b) do'])
  })

  it('takes nothing that the grammar does not take, whatever is left out, put twice or swapped', () => {
    let taken = 0
    for (const path of files('samples')) {
      const text = readFileSync(path, 'utf8')
      for (const changed of changesOf(text)) {
        const start = outlineOf({ path, text: changed })?.span.start
        if (start === undefined || !isPlain(changed, start)) continue
        taken += 1
        // Two expressions are read by the grammar alone.
        const { problems, body } = parseElixir({ path, text: `nil\n${changed}` })
        if (problems.length > 0 || body.length !== 2) expect.fail(`${path} is taken as\n${changed}`)
      }
    }
    expect(taken).toBeGreaterThan(200)
  })
})

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ex'))
    .map((name) => join(folder, name))
    .sort()

/** A text, and the same with one word left out, put twice or swapped with the next. */
function* changesOf(text: string): Iterable<string> {
  yield text
  const words = text.match(/[A-Za-z_]\w*[?!]?:?|\d+|\s+|->|[^\w\s]/g) ?? []
  for (let at = 3; at < words.length - 3; at += 11) {
    const [before, word, next, after] = [words.slice(0, at), words[at] ?? '', words[at + 1] ?? '', words.slice(at + 2)]
    for (const changed of [[next], [word, word, next], [next, word]]) yield [...before, ...changed, ...after].join('')
  }
}
