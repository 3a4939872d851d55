import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inspectValue } from '../../../src/languages/elixir/values/inspect.ts'
import { list, type Value } from '../../../src/languages/elixir/values/value.ts'
import { parseTerms } from '../../../src/languages/erlang/terms.ts'
import { positionAt, textOf } from '../../../src/text/source.ts'

const recorded = readFileSync(new URL('../../recorded/erlang-terms.txt', import.meta.url), 'utf8')
const cases = recorded
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [, name = '', text = '', answer = ''] = /^(.*)\n([\s\S]*?)^--- (.*)\n$/m.exec(part) ?? []
    return { name, text, answer }
  })
const read = (text: string) => parseTerms({ path: 'sys.config', text })
const shown = (terms: readonly Value[]) => inspectValue(list(terms), '1.14.0', Number.POSITIVE_INFINITY)

describe('file:consult', () => {
  test.each(cases)('$name', ({ text, answer }) => {
    const { terms, problems } = read(text)
    if (answer === 'error') expect(problems).toHaveLength(1)
    else {
      expect(problems).toEqual([])
      expect(shown(terms)).toBe(answer)
    }
  })
})

describe('what stands in a broken file', () => {
  test.each([
    ['[a,]', ']', 'cannot stand here', '[[:a, … | …]]'],
    ['[{a,<<104,105>>},{b,X}].', 'X', '`X` is a variable', '[[{:a, "hi"}, {:b, …} | …]]'],
    ['[a,"b', '"b', 'never closed', '[[:a, … | …]]'],
    ['[{a,1}', '}', 'missing at the end', '[[{:a, 1} | …]]'],
    ['[case].', 'case', 'no atom without quotes', '[[… | …]]'],
    ['[a]', ']', 'full stop', '[[:a]]'],
    ['[<0.1.2>].', '<', 'cannot be written in a file', '[[… | …]]'],
    ['[<<1,2].', '<<', 'not closed', '[[… | …]]'],
    ['[<<a>>].', 'a', 'a number or a string', '[[… | …]]'],
  ])('%s', (text, place, message, left) => {
    const { terms, problems } = read(text)
    expect(problems.map((problem) => textOf(problem.span))).toEqual([place])
    expect(problems[0]?.message).toContain(message)
    expect(shown(terms)).toBe(left)
  })

  test('is the first problem only, with its line', () => {
    const { problems } = read('[{a,1},\n {b,X},\n {c,Y}].')
    expect(problems.map(({ span }) => positionAt(span.source, span.start))).toEqual([{ line: 2, column: 5 }])
  })
})

describe('a value', () => {
  test('has its place', () => {
    const { terms } = read('[{a,<<104,105>>},{b,"x"},{c,-16#1f}].')
    const items = terms[0]?.kind === 'list' ? terms[0].items : []
    const places = items.map((pair) => {
      const value = pair.kind === 'tuple' ? pair.items[1] : undefined
      return value?.trail?.map(({ span }) => textOf(span)).join('|')
    })
    expect(places).toEqual(['<<104,105>>', '"x"', '16#1f'])
  })

  test('of a newer Erlang', () => {
    const { terms, problems } = read('[~"hé\\n", ~b(a), ~S[x\\y], """\n  one\n   two\n  """].\n')
    expect(problems).toEqual([])
    expect(shown(terms)).toBe('[["hé\\n", "a", \'x\\\\y\', \'one\\n two\']]')
  })

  test('that only a running system has is unknown', () => {
    const { terms, problems } = read("[{f,fun 'Elixir.String':trim/1},{g,1}].")
    expect(problems).toEqual([])
    expect(shown(terms)).toContain('g: 1')
  })
})

describe('hostile texts end', () => {
  test.each([
    ['nested lists', '['.repeat(200_000)],
    ['nested lists, closed', `${'['.repeat(50_000)}${']'.repeat(50_000)}.`],
    ['nested tuples', '{'.repeat(200_000)],
    ['nested maps', '#{a=>'.repeat(100_000)],
    ['nested binaries', '<<'.repeat(200_000)],
    ['many numbers', `[${'1,'.repeat(400_000)}1].`],
    ['a long binary', `<<${'104,'.repeat(400_000)}105>>.`],
    ['a long number', `${'9'.repeat(1_000_000)}.`],
    ['many comments', '%\n'.repeat(500_000)],
    ['many quotes', "'".repeat(500_001)],
    ['many open strings', '"\\'.repeat(300_000)],
    ['many triple quotes', '"""\n'.repeat(100_000)],
    ['wide parts', `<<"${'a'.repeat(100_000)}":65536>>.`],
    ['a float as a character', '<<1.5/utf8>>.'],
    ['zeros', '\0'.repeat(300_000)],
  ])('%s', (_, text) => {
    expect(read(text).terms.length).toBeLessThan(300_000)
  })
})
