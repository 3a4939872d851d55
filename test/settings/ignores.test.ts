import { beforeAll, describe, expect, it, test } from 'vitest'
import { loadElixir } from '../../src/languages/elixir/syntax/grammar.ts'
import { parseElixir } from '../../src/languages/elixir/syntax/parse.ts'
import { ignoresOf } from '../../src/settings/ignores/reach.ts'
import { shellComments } from '../../src/settings/ignores/shell-comments.ts'
import { textOf } from '../../src/text/source.ts'

beforeAll(loadElixir)

const read = (path: string, text: string) => {
  const source = { path, text }
  return ignoresOf(source, /\.exs?$/.test(path) ? parseElixir(source) : undefined)
}

/** What each ignore of a file is about. `I(x)` in a text stands for a comment that ignores the rule `x`. */
const reaches = (path: string, text: string) =>
  read(path, text.replace(/I\((\w+)\)/g, '# docker-gotchas ignore=$1 -- why')).ignores.map(
    ({ ids, reach }) => [ids.map(({ id }) => id).join(), textOf(reach)] as const,
  )

describe('a comment', () => {
  it.each([
    ['# docker-gotchas ignore=a -- why', ['a'], 'why', false],
    ['#docker-gotchas ignore=a,b', ['a', 'b'], undefined, false],
    ['## docker-gotchas   ignore = a , b-c  --  why not -- really ', ['a', 'b-c'], 'why not -- really', false],
    ['# docker-gotchas global ignore=a --why', ['a'], 'why', true],
    ['# docker-gotchas ignore=a --', ['a'], undefined, false],
  ])('%s', (comment, ids, reason, global) => {
    const [ignore] = read('Dockerfile', `${comment}\nFROM a\n`).ignores
    expect(ignore).toMatchObject({ ids: ids.map((id) => ({ id })), global })
    expect(ignore?.reason).toBe(reason)
  })

  it.each([
    '# docker-gotchas ignore a',
    '# docker-gotchas: ignore=a',
    '# docker-gotchas ignore=',
    '# docker-gotchas ignore=-- why',
    '# docker-gotchas ignore=a b',
    '# docker-gotchas ignore=a - why',
    '# docker-gotchas disable=a',
    '# docker-gotchas ignored=a',
    '# docker-gotchas global ignores a',
  ])('%s is malformed', (comment) => {
    const { ignores, malformed } = read('Dockerfile', `${comment}\nFROM a\n`)
    expect([ignores, malformed.map(textOf)]).toEqual([[], [comment]])
  })

  it.each([
    '# docker-gotchas runs in CI',
    '# see docker-gotchas ignore=a',
    '# hadolint ignore=DL3000',
    '# hadolint docker-gotchas ignore=a',
  ])('%s says nothing to us', (comment) => {
    expect(read('Dockerfile', `${comment}\nFROM a\n`)).toEqual({ ignores: [], malformed: [], late: [] })
  })
})

describe('in a Dockerfile', () => {
  it.each([
    ['above an instruction', 'I(a)\nFROM x\nRUN y\n', [['a', 'FROM x']]],
    ['all of an instruction', 'FROM x\nI(a)\nRUN y && \\\n  z\n', [['a', 'RUN y && \\\n  z']]],
    [
      'a block of comments',
      'FROM x\nI(a)\n# more\n\nI(b)\nRUN y\n',
      [
        ['a', 'RUN y'],
        ['b', 'RUN y'],
      ],
    ],
    ['between continuations', 'FROM x\nRUN y && \\\n  I(a)\n  z && \\\n  w\n', [['a', 'z && \\']]],
    ['at the end of RUN', 'FROM x\nRUN y I(a)\n', [['a', 'RUN y ']]],
    ['at the end of a long RUN', 'FROM x\nRUN y && \\\n z I(a)\n', [['a', 'RUN y && \\\n z ']]],
    ['at the end of CMD', 'FROM x\nCMD y I(a)\n', [['a', 'CMD y ']]],
    [
      'in a heredoc',
      'FROM x\nRUN <<EOF\nI(a)\ny\nz I(b)\nEOF\n',
      [
        ['a', 'y'],
        ['b', 'z '],
      ],
    ],
    ['not in ENV, COPY and quotes', 'FROM x\nENV A="# I(a)"\nLABEL b=I(c)\nRUN echo "x I(d)" \'I(e)\'\n', []],
    ['not in a heredoc of COPY', 'FROM x\nCOPY <<EOF /y\nI(a)\nEOF\n', []],
    ['at the end of the file', 'FROM x\nI(a)\n', [['a', '']]],
    ['with CRLF', 'FROM x\r\nI(a)\r\nRUN y\r\n', [['a', 'RUN y']]],
    ['behind directives and a BOM', '\ufeff# syntax=x\nI(a)\nFROM x', [['a', 'FROM x']]],
  ])('%s', (_, text, wanted) => {
    expect(reaches('Dockerfile', text)).toEqual(wanted)
  })
})

describe('in YAML', () => {
  it.each([
    [
      'a key with its block',
      'services:\n  I(a)\n  web:\n    image: x\n    ports: [1]\n  db:\n    image: y\n',
      [['a', 'web:\n    image: x\n    ports: [1]']],
    ],
    ['all', 'I(a)\nservices:\n  web: {}\nx: 1\n', [['a', 'services:\n  web: {}']]],
    ['an item', 'e:\n  I(a)\n  - B=c\n  - D=e\n', [['a', '- B=c']]],
    ['an item with keys', 'e:\n  I(a)\n  - b: c\n    d: e\n  - f\n', [['a', '- b: c\n    d: e']]],
    ['at the end of a line', 'e:\n  b: c I(a)\n  d: e\n', [['a', '  b: c ']]],
    ['at the end of a key', 'web: I(a)\n  b: c\n', [['a', 'web: ']]],
    ['behind quotes', 'b: "c" I(a)\n', [['a', 'b: "c" ']]],
    ['in a flow', 'b: [\n  I(a)\n  c,\n  d ]\n', [['a', 'c']]],
    ['not in texts', 'b: "x I(a)"\nc: \'I(b)\'\nd: |\n  I(c)\n  x\ne: >-\n  I(d)\nf: x#y\n', []],
    ['behind a block scalar', 'd: |\n  x\nI(a)\ne: f\n', [['a', 'e: f']]],
    ['above a list in a list', 'a:\n  I(a)\n  - - b\n    - c\n  - d\n', [['a', '- - b\n    - c']]],
    ['in a broken file', 'a: b\nI(a)\nc: d\n e: "\n', [['a', 'c: d']]],
  ])('%s', (_, text, wanted) => {
    expect(reaches('compose.yaml', text)).toEqual(wanted)
  })
})

describe('in Elixir', () => {
  it.each([
    [
      'a call',
      'I(a)\nconfig :shop, Shop,\n  url: 1,\n  http: 2\nx()\n',
      [['a', 'config :shop, Shop,\n  url: 1,\n  http: 2']],
    ],
    ['a pair', 'config :shop, Shop,\n  I(a)\n  url: [host: 1],\n  http: 2\n', [['a', 'url: [host: 1]']]],
    ['a block', 'I(a)\nif x do\n  y\nend\nz()\n', [['a', 'if x do\n  y\nend']]],
    ['the first of a block', 'if x do\n  I(a)\n  y()\n  z()\nend\n', [['a', 'y()']]],
    ['an assignment', 'I(a)\nx =\n  y || z\nw()\n', [['a', 'x =\n  y || z']]],
    ['a pipe', 'I(a)\nx\n|> y()\n|> z()\nw()\n', [['a', 'x\n|> y()\n|> z()']]],
    ['a clause', 'case x do\n  I(a)\n  :a -> 1\n  :b -> 2\nend\n', [['a', ':a -> 1']]],
    ['an entry of a map', '%{\n  I(a)\n  a: 1,\n  b: 2\n}\n', [['a', 'a: 1']]],
    ['an attribute', 'defmodule A do\n  I(a)\n  @x y(\n    1)\n  def z, do: 1\nend\n', [['a', '@x y(\n    1)']]],
    ['at the end of a line', 'x(1) I(a)\ny(2)\n', [['a', 'x(1) ']]],
    ['not in texts', 'x = "I(a)"\ny = """\nI(b)\n"""\nz = ~s(I(c))\n', []],
  ])('%s', (_, text, wanted) => {
    expect(reaches('config/runtime.exs', text)).toEqual(wanted)
  })
})

describe('in other files', () => {
  it.each([
    ['.env', 'I(a)\nB=c\nD=e\n', [['a', 'B=c']]],
    ['.env', 'B=c I(a)\nD="x I(b)"\nE="\nI(c)\n"\n', [['a', 'B=c ']]],
    ['prod.env', 'I(a)\nE="\nx\n"\n', [['a', 'E="\nx\n"']]],
    [
      'entrypoint.sh',
      '#!/bin/sh\nI(a)\nmix x \\\n  y\nz I(b)\n',
      [
        ['a', 'mix x \\\n  y'],
        ['b', 'z '],
      ],
    ],
    [
      'entrypoint.sh',
      "echo \"\nI(a)\n\" 'I(b)'\ncat <<EOF\nI(c)\nEOF\ncat <<-'E'\n\tI(d)\n\tE\nx I(e)\n",
      [['e', 'x ']],
    ],
    ['rel/env.sh.eex', '  I(a)\n  export B=c\n', [['a', 'export B=c']]],
    ['.dockerignore', 'I(a)\n.env\nb I(c)\n', [['a', '.env']]],
    ['Procfile', 'I(a)\nweb: x\n', [['a', 'web: x']]],
  ])('%s %j', (path, text, wanted) => {
    expect(reaches(path, text)).toEqual(wanted)
  })

  it('the comments of a shell', () => {
    const comments = (text: string) => shellComments(text).map((at) => text.slice(at).split('\n')[0])
    expect(comments('a # b\nc#d ${e#f} $# \\# g;#h\n(#i\n#j')).toEqual(['# b', '#h', '#i', '#j'])
    expect(comments('a "b # c\\" # d" # e')).toEqual(['# e'])
    expect(comments('a <<<b # c\nd << "X" # e\n# f\nX\n# g')).toEqual(['# c', '# e', '# g'])
    expect(comments('a <<X\n# b')).toEqual([])
  })
})

describe('a global ignore', () => {
  const global = '# docker-gotchas global ignore=a -- why'
  it.each([
    ['Dockerfile', `# syntax=x\n\n# text\n${global}\nFROM x\n`],
    ['compose.yaml', `---\n${global}\na: b\n`],
    ['entrypoint.sh', `#!/bin/sh\n${global}\nx\n`],
    ['config/prod.exs', `\n${global}\nx\n`],
    ['.env', `\ufeff${global}\nA=b\n`],
    ['.env', `${global}`],
  ])('stands at the top of %s', (path, text) => {
    const { ignores, late } = read(path, text)
    expect(ignores.map(({ reach }) => textOf(reach))).toEqual([text])
    expect(late).toEqual([])
  })

  it.each([
    ['Dockerfile', `FROM x\n${global}\n`],
    ['compose.yaml', `a: b ${global}\n`],
    ['.env', `A=b\n\n${global}\n`],
  ])('counts for nothing elsewhere: %s', (path, text) => {
    const { ignores, late } = read(path, text)
    expect([ignores, late.map(textOf)]).toEqual([[], [global]])
  })
})

test('many ignores take no long time', () => {
  const line = '# docker-gotchas ignore=a -- b\n'
  for (const path of ['Dockerfile', 'compose.yaml', '.env', 'x.sh', '.dockerignore']) {
    expect(read(path, line.repeat(20_000)).ignores.length).toBe(20_000)
  }
  expect(read('compose.yaml', `${line}a: [${'b, '.repeat(130_000)}]`).ignores.length).toBe(1)
  expect(read('x.sh', `${line}${'a \\\n'.repeat(130_000)}`).ignores.length).toBe(1)
})
