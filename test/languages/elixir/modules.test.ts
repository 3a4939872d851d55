import { beforeAll, describe, expect, test } from 'vitest'
import { aliasName } from '../../../src/languages/elixir/syntax/aliases.ts'
import type { ElixirFile } from '../../../src/languages/elixir/syntax/ast.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { fileAliases, modules } from '../../../src/languages/elixir/syntax/modules.ts'
import { parseElixir } from '../../../src/languages/elixir/syntax/parse.ts'
import {
  atomName,
  calls,
  keywordGet,
  optionsOf,
  sections,
  stringText,
} from '../../../src/languages/elixir/syntax/query.ts'
import { textOf } from '../../../src/text/source.ts'

beforeAll(loadElixir)

const parse = (text: string): ElixirFile => parseElixir({ path: 'lib/a.ex', text })

const endpoint = `
defmodule MyAppWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :my_app
  alias MyApp.{Repo, Mailer}
  alias MyApp.Accounts, as: Users
  @timeout 5_000

  plug Plug.Static, at: "/", from: :my_app, only: ~w(assets)
  plug MyAppWeb.Router

  def init(_key, config \\\\ []) when is_list(config) do
    {:ok, config}
  end

  def init(_, nil), do: :error
  defp hidden(x), do: x

  defmodule Inner do
    def call(x), do: Repo.all(x)
  end
end
`

test('a module tells its name, uses, functions, attributes and inner modules', () => {
  const [outer, inner] = modules(parse(endpoint))
  expect([outer?.name, inner?.name]).toEqual(['MyAppWeb.Endpoint', 'MyAppWeb.Endpoint.Inner'])
  expect(outer?.uses.map((use) => [use.module, atomName(keywordGet(use.options, 'otp_app'))])).toEqual([
    ['Phoenix.Endpoint', 'my_app'],
  ])
  expect(outer?.functions.map((one) => [one.kind, one.name, one.arity, one.defaults, one.clauses.length])).toEqual([
    ['def', 'init', 2, 1, 2],
    ['defp', 'hidden', 1, 0, 1],
  ])
  expect(outer?.attributes.map((one) => one.name)).toEqual(['timeout'])
  expect(outer && textOf(outer.nameSpan)).toBe('MyAppWeb.Endpoint')
  expect(outer?.functions[0]?.clauses[0]?.guard && textOf(outer.functions[0].clauses[0].guard.span)).toBe(
    'is_list(config)',
  )
  expect([...(outer?.aliases ?? [])]).toEqual([
    ['Repo', 'MyApp.Repo'],
    ['Mailer', 'MyApp.Mailer'],
    ['Users', 'MyApp.Accounts'],
    ['Inner', 'MyAppWeb.Endpoint.Inner'],
  ])
  expect(inner?.aliases.get('Repo')).toBe('MyApp.Repo')
})

test('calls are found by name and arity, piped ones too', () => {
  const file = parse(endpoint)
  expect(calls(file, 'plug').map((call) => textOf(call.span).split(',')[0])).toEqual([
    'plug Plug.Static',
    'plug MyAppWeb.Router',
  ])
  expect(calls(file, 'plug', 1)).toHaveLength(1)
  expect(calls(parse('x |> String.split(",")\nString.split(y)'), 'String.split', 2)).toHaveLength(1)
  const [plug] = calls(file, 'plug', 2)
  expect(plug && stringText(keywordGet(optionsOf(plug), 'at'))).toBe('/')
})

describe('an alias', () => {
  test.each([
    ['alias MyApp.Repo', 'Repo', 'MyApp.Repo'],
    ['alias MyApp.Repo', 'Repo.Local', 'MyApp.Repo.Local'],
    ['alias MyApp.Repo, as: R', 'R', 'MyApp.Repo'],
    ['alias MyApp.{Repo, Web.Endpoint}', 'Endpoint', 'MyApp.Web.Endpoint'],
    ['alias A.B\nalias B.C', 'C', 'A.B.C'],
    ['require MyApp.Log, as: L', 'L', 'MyApp.Log'],
    ['', 'Elixir.Foo', 'Foo'],
    ['', 'Other', 'Other'],
    ['', ':inet', ':inet'],
  ])('%s, then %s', (before, name, expected) => {
    const file = parse(`${before}\n${name}`)
    expect(aliasName(file.body.at(-1), fileAliases(file))).toBe(expected)
  })
})

test('sections are the same for both ways of writing', () => {
  for (const text of ['if x do 1 else 2 end', 'if x, do: 1, else: 2']) {
    const [call] = calls(parse(text), 'if')
    expect(call && sections(call).map((section) => section.label)).toEqual(['do', 'else'])
  }
})

test('a module whose name is not written out is not told', () => {
  expect(modules(parse('defmodule name do\n  def f, do: 1\nend'))).toEqual([])
  expect(modules(parse('defmodule do end'))).toEqual([])
})
