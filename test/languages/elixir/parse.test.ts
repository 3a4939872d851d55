import { beforeAll, describe, expect, test } from 'vitest'
import type { ElixirFile, Node, StringPart } from '../../../src/languages/elixir/syntax/ast.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { parseElixir } from '../../../src/languages/elixir/syntax/parse.ts'
import { textOf } from '../../../src/text/source.ts'

beforeAll(loadElixir)

const parse = (text: string): ElixirFile => parseElixir({ path: 'a.exs', text })
const one = (text: string): Node => {
  const file = parse(text)
  expect(file.problems).toEqual([])
  expect(file.body).toHaveLength(1)
  const [node] = file.body
  if (!node) throw new Error('nothing was read')
  return node
}

/** A node as an S-expression, to keep the table short. */
function show(node: Node): string {
  const all = (nodes: readonly Node[]) => nodes.map(show).join(' ')
  const parts = (given: readonly StringPart[]) =>
    given
      .map((part) =>
        part.kind === 'text'
          ? JSON.stringify(part.text)
          : part.kind === 'bytes'
            ? `0x${Buffer.from(part.bytes).toString('hex')}`
            : `#{${show(part.value)}}`,
      )
      .join(' ')
  switch (node.kind) {
    case 'integer':
    case 'float':
      return `${node.value}`
    case 'atom':
      return `:${node.name}`
    case 'quoted-atom':
    case 'string':
    case 'charlist':
      return `(${node.kind}${node.parts.length > 0 ? ` ${parts(node.parts)}` : ''})`
    case 'sigil':
      return `(~${node.name} ${parts(node.parts)} ${node.modifiers})`
    case 'list':
      return `${node.brackets ? '[' : 'kw['}${all(node.items)}${node.tail ? ` | ${show(node.tail)}` : ''}]`
    case 'tuple':
      return `${node.keyword ? '@' : ''}{${all(node.items)}}`
    case 'map':
      return `(map${node.struct ? ` %${show(node.struct)}` : ''}${node.base ? ` ${show(node.base)} |` : ''}${node.entries.map((entry) => ` ${show(entry.key)}=>${show(entry.value)}`).join('')})`
    case 'bitstring':
      return `<<${all(node.segments)}>>`
    case 'alias':
      return `${node.head ? `${show(node.head)}.` : ''}${node.segments.join('.')}`
    case 'variable':
      return node.name
    case 'attribute':
      return `@${node.name}${node.value ? `=${show(node.value)}` : ''}`
    case 'call':
      return `(${node.target ? `${show(node.target)}.` : ''}${node.name}${node.args.length > 0 ? ` ${all(node.args)}` : ''}${node.blocks.map((section) => ` ${section.label}: ${show(section.body)}`).join('')})`
    case 'apply':
      return `(apply ${all([node.fun, ...node.args])})`
    case 'access':
      return `(access ${show(node.target)} ${show(node.key)})`
    case 'unary':
      return `(${node.operator} ${show(node.operand)})`
    case 'binary':
      return `(${node.operator} ${show(node.left)} ${show(node.right)})`
    case 'fn':
    case 'clauses':
      return `(${node.kind} ${node.clauses.map((clause) => `${all(clause.patterns)}${clause.guard ? ` when ${show(clause.guard)}` : ''} -> ${show(clause.body)}`).join('; ')})`
    case 'capture':
      return `(& ${show(node.body)})`
    case 'placeholder':
      return `&${node.index}`
    case 'block':
      return `(do${node.body.length > 0 ? ` ${all(node.body)}` : ''})`
    case 'unread':
      return `(unread ${node.why})`
  }
}

describe('an expression', () => {
  test.each([
    ['1_000', '1000'],
    ['0xFF', '255'],
    ['0b11', '3'],
    ['0o17', '15'],
    ['1.5e3', '1500'],
    ['?a', '97'],
    ['?\\n', '10'],
    ['?\\s', '32'],
    ['nil', ':nil'],
    ['true', ':true'],
    [':"quoted atom"', ':quoted atom'],
    [':"a#{b}"', '(quoted-atom "a" #{b})'],
    [':+', ':+'],
    ['"a#{b}c"', '(string "a" #{b} "c")'],
    ['"tab\\t \\"q\\" \\u00e9 \\u{1F600} \\x41 \\q"', '(string "tab\\t \\"q\\" é 😀 A q")'],
    ['"\\xFF"', '(string 0xff)'],
    ['"a\\\nb"', '(string "ab")'],
    ["'ab'", '(charlist "ab")'],
    ['"""\n  a\n    b\n  """', '(string "a\\n  b\\n")'],
    ['"""\n  a #{b}\n  c\n  """', '(string "a " #{b} "\\nc\\n")'],
    ['"""\n  a \\\n  b\n  """', '(string "a b\\n")'],
    ['"""\n  #{a}\n  b\n  """', '(string #{a} "\\nb\\n")'],
    ['"""\na\n\n"""', '(string "a\\n\\n")'],
    ['"""\n"""', '(string)'],
    ['~S"""\n  \\d #{x}\n  """', '(~S "\\\\d #{x}\\n" )'],
    ['~S(\\\\)', '(~S "\\\\\\\\" )'],
    ['~S(#{not} \\n)', '(~S "#{not} \\\\n" )'],
    ['~s(a \\) b)', '(~s "a ) b" )'],
    ['~r/a\\/b\\d\\n/iu', '(~r "a/b\\\\d\\n" iu)'],
    ['~w[a b]a', '(~w "a b" a)'],
    ['[a: 1, "b c": 2]', '[@{:a 1} @{:b c 2}]'],
    ['[1, 2 | x]', '[1 2 | x]'],
    ['[1, a: 2]', '[1 @{:a 2}]'],
    ['{1, a: 2}', '{1 kw[@{:a 2}]}'],
    ['%{"a" => 1, b: 2}', '(map (string "a")=>1 :b=>2)'],
    ['%{a | "x" => 1, "y" => 2}', '(map a | (string "x")=>1 (string "y")=>2)'],
    ['%{a | b: 1, c: 2}', '(map a | :b=>1 :c=>2)'],
    ['%{a | unquote_splicing(b)}', '(map a |)'],
    ['f(a, &(g &1, 1))', '(f a (& (g &1 1)))'],
    [
      'cond do\n  a ->\n    b = f(g(), 1)\n    -m * k\n\n  i >= n and j >= n ->\n    c\nend',
      '(cond do: (clauses a -> (do (= b (f (g) 1)) (* (- m) k)); (and (>= i n) (>= j n)) -> (do c)))',
    ],
    ['%{a | b: {1, "}"}, c: 2,}', '(map a | :b=>{1 (string "}")} :c=>2)'],
    ['%Foo{a: 1}', '(map %Foo :a=>1)'],
    ['<<1::8, x::binary>>', '<<(:: 1 8) (:: x binary)>>'],
    ['MyApp.Repo', 'MyApp.Repo'],
    ['__MODULE__.Web', '__MODULE__.Web'],
    ['Foo.{A, B}', '(Foo.{} A B)'],
    ['@foo', '@foo'],
    ['@foo 1', '@foo=1'],
    ['@foo[:a]', '(access @foo :a)'],
    ['x[:a][:b]', '(access (access x :a) :b)'],
    ['u.host', '(u.host)'],
    ['a.b.c(1)', '((a.b).c 1)'],
    [':inet.parse(x)', '(:inet.parse x)'],
    ['f.(1)', '(apply f 1)'],
    ['f a, b: 1', '(f a kw[@{:b 1}])'],
    ['a |> b() |> c', '(|> (|> a (b)) c)'],
    ['a not in b', '(not in a b)'],
    ['not a', '(not a)'],
    ['!x', '(! x)'],
    ['^x = 1', '(= (^ x) 1)'],
    ['1..2//3', '(// (.. 1 2) 3)'],
    ['&String.trim/1', '(& (/ (String.trim) 1))'],
    ['&(&1 + &2)', '(& (+ &1 &2))'],
    ['& &1.x', '(& (&1.x))'],
    ['fn 1, x when x > 1 -> 2; _ -> 3 end', '(fn 1 x when (> x 1) -> (do 2); _ -> (do 3))'],
    ['fn (a, b) -> a end', '(fn a b -> (do a))'],
    ['fn -> 1 end', '(fn  -> (do 1))'],
    ['if x, do: (b; c), else: d', '(if x kw[@{:do (do b c)} @{:else d}])'],
    ['if x do 1 else 2 end', '(if x do: (do 1) else: (do 2))'],
    ['case x do\n 1 -> 2\n _ -> nil\nend', '(case x do: (clauses 1 -> (do 2); _ -> (do :nil)))'],
    ['try do 1 rescue e in E -> 2 after 9 end', '(try do: (do 1) rescue: (clauses (in e E) -> (do 2)) after: (do 9))'],
    ['def f(a, b \\\\ 1) when is_integer(a), do: a', '(def (when (f a (\\\\ b 1)) (is_integer a)) kw[@{:do a}])'],
    ['unless x do 1 end |> y', '(|> (unless x do: (do 1)) y)'],
    ['(1; 2)', '(do 1 2)'],
    ['((1))', '1'],
    ['()', '(do)'],
    ['a <> b <> c', '(<> a (<> b c))'],
    ['Kernel.||(1, 2)', '(Kernel.|| 1 2)'],
    ['x."foo bar"', '(x.foo bar)'],
    ['f a, b: g 1, 2', '(f a kw[@{:b (g 1 2)}])'],
    ['f(g 1, 2)', '(f (g 1 2))'],
    ['f g 1, 2', '(f (g 1 2))'],
    ['f a, (g 1, 2)', '(f a (g 1 2))'],
    ['f \\\n  a, 1', '(f a 1)'],
    ['%{(a :: b) => c :: d}', '(map (=> (:: a b) c)=>d)'],
    ['case x do\n a -> b\n\n info -> c\nend', '(case x do: (clauses a -> (do b); info -> (do c)))'],
  ])('%s', (text, expected) => {
    expect(show(one(text))).toBe(expected)
  })
})

test('places are UTF-16 offsets', () => {
  const [, node] = parse('"😀"\nfoo("é", bar)').body
  expect(node && textOf(node.span)).toBe('foo("é", bar)')
  expect(node?.kind === 'call' && node.args.map((arg) => textOf(arg.span))).toEqual(['"é"', 'bar'])
})

test('comments are kept aside', () => {
  const file = parse('# one\na # two\n# three')
  expect(file.comments.map(textOf)).toEqual(['# one', '# two', '# three'])
  expect(file.body).toHaveLength(1)
})

describe('a syntax error', () => {
  test.each([
    'config :a, [b: 1',
    'if x do\n  1\n',
    'a = = 2',
    '%{a: 1, "b" => 2}',
    'foo(',
    'plug A., b: 1',
    '"abc',
    ')',
    'end',
    'config :a, B,\nconfig :c, d: 1',
    'use A, otp_app :b, c: 1',
    '[a b, c: 1]',
    'f(a, g 1, 2)',
    '%{a: f 1, 2}',
    'f(a: not g 1, 2)',
    'Systemfetch_env!("A")',
    'A.B(1)',
    'a 1 :b',
    'def f(x), do x',
    '["a" "b"]',
    'f("A" :b)',
    '%{"a" = :b, "c" => :d}',
    'x = 1 and_2 b',
    'f(a,\n  else: b\n  else: c)',
  ])('%s', (text) => {
    const { problems } = parse(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]?.message).toMatch(/syntax error/)
  })

  test('leaves the rest readable', () => {
    const file = parse('config :a, b: 1\nx = = 2\nconfig :c, d: 2\n')
    expect(file.problems).toHaveLength(1)
    expect(file.body.filter((node) => node.kind === 'call')).toHaveLength(2)
  })
})

describe('what would hang a careless reader is refused or read', () => {
  test.each([
    ['parentheses', '('.repeat(10_000) + ')'.repeat(10_000)],
    ['open parentheses', '('.repeat(10_000)],
    ['lists', '['.repeat(4_000) + ']'.repeat(4_000)],
    ['access', `a${'[1'.repeat(2000)}${']'.repeat(2000)}`],
    ['unary operators', '!'.repeat(20_000)],
    ['operators', Array(3000).fill('a').join(' <> ')],
    ['pipes', Array(3000).fill('a').join(' |> ')],
    ['fn', 'fn -> '.repeat(2000)],
    ['do', 'a do '.repeat(2000)],
    ['quotes', '"#{'.repeat(2000)],
    ['a long text', 'config :a, b: 1\n'.repeat(350_000)],
  ])('%s', (_, text) => {
    expect(Array.isArray(parse(text).problems)).toBe(true)
  })
})
