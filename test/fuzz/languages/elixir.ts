import fc from 'fast-check'
import { type ConfigRun, evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import type { ElixirFile } from '../../../src/languages/elixir/syntax/ast.ts'
import { modules } from '../../../src/languages/elixir/syntax/modules.ts'
import { parseElixir } from '../../../src/languages/elixir/syntax/parse.ts'
import { codeOf } from '../../../src/model/phoenix/code.ts'
import { mixApps } from '../../../src/model/phoenix/mix.ts'
import { known, unknown, unset } from '../../../src/text/known.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { lines, odd, one, some, text, variable, word } from '../words.ts'

const words: readonly string[] = [
  ...[
    'do\n',
    'end\n',
    'if ',
    'else\n',
    'case ',
    'fn ',
    ' -> ',
    'with ',
    'for ',
    ' <- ',
    ' |> ',
    ' || ',
    ' && ',
    'rescue\n',
    'try do\n',
  ],
  ...[
    'defmodule A do\n',
    'def f do\n',
    'import Config\n',
    'config :shop, ',
    'System.get_env(',
    'raise ',
    '"""\n',
    '~s(',
    '~w(',
    '#{',
  ],
  ...[
    '%{',
    '[',
    ']',
    '{',
    '}',
    '<<',
    '>>',
    '::',
    ':a',
    '&1',
    '&(',
    '@a ',
    'when ',
    ', do: ',
    'unless ',
    'cond do\n',
    '^',
    '\\\\ ',
  ],
]

const leaf = fc.oneof(
  one(
    '1',
    '0',
    '-1',
    '1.5',
    'nil',
    'true',
    ':a',
    ':prod',
    '"x"',
    '[]',
    '{}',
    '%{}',
    'x',
    'y',
    'A',
    'Shop.Repo',
    '?a',
    '0x1F',
    '~w(a b)a',
  ),
  text`System.${one('get_env', 'fetch_env!', 'fetch_env')}("${variable}")`,
  text`System.get_env("${variable}", "${word}")`,
  text`"${word}"`,
  text`~s(${word})`,
  text`"""\n  ${word}\n  """`,
  one(
    'config_env()',
    'Mix.env()',
    '__DIR__',
    'System.cmd("a", [])',
    'File.read!("/x")',
    ':crypto.strong_rand_bytes(3)',
  ),
)
const called = one(
  ...[
    'String.to_integer',
    'String.split',
    'Enum.map',
    'Keyword.get',
    'Map.put',
    'to_string',
    'inspect',
    'String.to_atom',
    'URI.parse',
  ],
  ...[
    'length',
    'hd',
    'is_nil',
    'Enum.reduce',
    'List.first',
    'Base.decode64!',
    'Application.get_env',
    'Path.expand',
    'elem',
    'x.',
    'f',
  ],
)
const operator = one(
  '+',
  '-',
  '<>',
  '++',
  '==',
  '!=',
  '&&',
  '||',
  'and',
  'or',
  'in',
  '<',
  '|>',
  '--',
  '=~',
  '/',
  '..',
  '!==',
  '=',
)

/** An expression, most of them such that Elixir would read. */
const expression: fc.Arbitrary<string> = fc.letrec<{ readonly it: string }>((tie) => ({
  it: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    text`${tie('it')} ${operator} ${tie('it')}`,
    text`${called}(${some(tie('it'), ', ', 3)})`,
    text`${tie('it')} |> ${called}(${some(tie('it'), ', ', 2)})`,
    text`if ${tie('it')}, do: ${tie('it')}, else: ${tie('it')}`,
    text`(if ${tie('it')} do\n${tie('it')}\nelse\n${tie('it')}\nend)`,
    text`case ${tie('it')} do\n${leaf} -> ${tie('it')}\nx when ${tie('it')} -> ${tie('it')}\n_ -> ${tie('it')}\nend`,
    text`cond do\n${tie('it')} -> ${tie('it')}\ntrue -> ${tie('it')}\nend`,
    text`with {:ok, x} <- ${tie('it')}, do: ${tie('it')}`,
    text`for x <- ${tie('it')}, ${tie('it')}, do: ${tie('it')}`,
    text`try do\n${tie('it')}\nrescue\n_ -> ${tie('it')}\nend`,
    text`fn x -> ${tie('it')} end`,
    text`&(&1 ${operator} ${tie('it')})`,
    text`[${some(tie('it'), ', ')}]`,
    text`{${some(tie('it'), ', ')}}`,
    text`[a: ${tie('it')}, b: ${tie('it')}]`,
    text`%{a: ${tie('it')}, "b" => ${tie('it')}}`,
    text`"a#{${tie('it')}}${word}"`,
    text`<<${tie('it')}${one('', '::8', '::binary', '::size(3)', '::utf8')}, 1>>`,
    text`${one('not ', '!', '-', '@a ', '^')}${tie('it')}`,
    text`${tie('it')}[:a]`,
    text`raise ${tie('it')}`,
    text`(${tie('it')}; ${tie('it')})`,
  ),
})).it

const statement = fc.oneof(
  text`config :${one('shop', 'logger', 'phoenix')}, ${one('Shop.Repo', 'ShopWeb.Endpoint', 'level:', ':x,', 'A.B')} ${expression}`,
  text`config :shop, ShopWeb.Endpoint, server: ${expression}, secret_key_base: ${expression}, url: [host: ${expression}]`,
  text`${one('x', 'y', '{x, y}', '[x | y]', '%{a: x}', '<<x, y::binary>>', '_')} = ${expression}`,
  text`if ${expression} do\n${expression}\nend`,
  text`import_config ${expression}`,
  expression,
  odd,
)

const environments = [
  { get: () => unknown('it may be set') },
  { get: (name: string) => (name === 'A' ? known('42') : unset()), all: new Map([['A', '42']]) },
]

/** What a config script does, at build and at start. */
const runs = (entry: Source): readonly ConfigRun[] =>
  environments.map((environment, at) =>
    evaluateConfig({
      entry,
      directory: '/app/config',
      workingDirectory: '/app',
      file: () => (at === 0 ? unknown('it may be there') : unset()),
      kind: at === 0 ? 'build' : 'runtime',
      configEnv: at === 0 ? 'dev' : 'prod',
      environment,
      mixAvailable: at === 0,
      otherModules: at === 0 ? 'unknown' : 'absent',
    }),
  )

/** Config scripts. */
export const elixir: Language = {
  name: 'elixir',
  paths: ['config/runtime.exs', 'config/config.exs', 'config/prod.exs'],
  texts: text`import Config\n${lines(statement, 4)}`,
  words,
  read: runs,
}

const definition = fc.oneof(
  text`def ${one('project', 'application', 'f', 'migrate', 'index', 'call')}${one('', '()', '(x, y)', '(%{a: x} = y)')} do\n${lines(expression, 3)}end`,
  text`${one('def', 'defp')} ${one('deps', 'aliases', 'releases', 'f')}, do: ${expression}`,
  text`${one('use', 'import', 'alias', 'plug', '@a', 'get', 'scope', 'pipe_through', 'children =')} ${expression}`,
  expression,
  odd,
)

const read = (source: Source): readonly unknown[] => {
  const file: ElixirFile = parseElixir(source)
  return [file, modules(file), codeOf([file]), mixApps([parseElixir({ ...source, path: 'mix.exs' })])]
}

/** Code: modules, mix.exs. */
export const elixirModule: Language = {
  name: 'elixir-module',
  paths: [
    'lib/shop/release.ex',
    'mix.exs',
    'lib/shop_web/router.ex',
    'lib/shop_web/endpoint.ex',
    'lib/shop_web/controllers/health_controller.ex',
  ],
  texts: text`defmodule ${one('Shop.MixProject', 'Shop', 'A.B', ':x', 'unquote(x)')} do\n${lines(definition, 5)}${one('end\n', '')}`,
  words,
  read,
}
