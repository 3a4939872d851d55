import { describe, expect, test } from 'vitest'
import { configAt, mergeConfigs } from '../../../src/languages/elixir/evaluate/config-merge.ts'
import { compareValues, equalValues } from '../../../src/languages/elixir/values/compare.ts'
import { whetherSet } from '../../../src/languages/elixir/values/identity.ts'
import { inspectValue } from '../../../src/languages/elixir/values/inspect.ts'
import { isOpen, mapDelete, mapGet, mapOf, mapPut, struct } from '../../../src/languages/elixir/values/map.ts'
import { alternatives, oneOf } from '../../../src/languages/elixir/values/one-of.ts'
import { toTerm } from '../../../src/languages/elixir/values/term.ts'
import {
  absent,
  atom,
  binary,
  binaryOfBytes,
  charlist,
  float,
  integer,
  keyword,
  list,
  nil,
  regex,
  truthOf,
  tuple,
  unknownValue,
  type Value,
} from '../../../src/languages/elixir/values/value.ts'
import { unknown } from '../../../src/text/known.ts'

describe('inspect', () => {
  const cases: readonly (readonly [Value, string])[] = [
    [nil, 'nil'],
    [atom('info'), ':info'],
    [atom('a b'), ':"a b"'],
    [atom('a@b'), ':a@b'],
    [atom('9a'), ':"9a"'],
    [atom(''), ':""'],
    [atom('+'), ':+'],
    [atom('ok?'), ':ok?'],
    [atom('Elixir.MyApp.Repo'), 'MyApp.Repo'],
    [atom('Elixir.foo'), ':"Elixir.foo"'],
    [binary('a"b\n#{x} #y'), '"a\\"b\\n\\#{x} #y"'],
    [binary('é\u00a0'), '"é\u00a0"'],
    [binary('a\0'), '<<97, 0>>'],
    [binaryOfBytes(Uint8Array.of(97, 255)), '<<97, 255>>'],
    [charlist('abc'), "'abc'"],
    [list([]), '[]'],
    [list([integer(1), integer(2)]), '[1, 2]'],
    [{ kind: 'list', items: [integer(1)], tail: integer(2) }, '[1 | 2]'],
    [
      keyword([
        ['a', integer(1)],
        ['b c', nil],
      ]),
      '[a: 1, "b c": nil]',
    ],
    [keyword([['Elixir.Foo', integer(1)]]), '[{Foo, 1}]'],
    [keyword([['::', integer(1)]]), '["::": 1]'],
    [tuple([integer(1), atom('a')]), '{1, :a}'],
    [
      mapOf([
        [atom('b'), integer(1)],
        [atom('a'), integer(2)],
      ]),
      '%{a: 2, b: 1}',
    ],
    [
      mapOf([
        [binary('b'), integer(1)],
        [atom('a'), integer(2)],
      ]),
      '%{:a => 2, "b" => 1}',
    ],
    [struct('Elixir.Range', { first: integer(1), last: integer(3), step: integer(1) }), '1..3'],
    [struct('Elixir.Range', { first: integer(3), last: integer(1), step: integer(-1) }), '3..1//-1'],
    [regex('a/b', 'i'), '~r/a\\/b/i'],
    [
      list(Array.from({ length: 60 }, (_, at) => integer(at + 300))),
      `[${Array.from({ length: 50 }, (_, at) => at + 300).join(', ')}, ...]`,
    ],
  ]
  test.each(cases)('%#: %o', (value, text) => {
    expect(inspectValue(value, '1.14.0')).toBe(text)
  })

  test.each([
    [0, '0.0'],
    [1.5, '1.5'],
    [100000, '100000.0'],
    [1e15, '1000000000000000.0'],
    [9007199254740992, '9007199254740992.0'],
    [1e16, '1.0e16'],
    [1.2345678901234568e16, '1.2345678901234568e16'],
    [0.001, '0.001'],
    [0.0001, '0.0001'],
    [0.00012, '1.2e-4'],
    [1e-5, '1.0e-5'],
    [-0.00123, '-0.00123'],
    [1.2345e20, '1.2345e20'],
  ])('of the float %d', (value, text) => {
    expect(inspectValue(float(value), '1.14.0')).toBe(text)
  })

  test('charlists changed with 1.15', () => {
    expect(inspectValue(charlist("it's"), '1.14.5')).toBe("'it\\'s'")
    expect(inspectValue(charlist('abc'), '1.15.0')).toBe('~c"abc"')
  })
})

test('term order: number < atom < tuple < map < list < binary', () => {
  const ordered: readonly Value[] = [
    integer(-1),
    float(0.5),
    integer(1),
    atom('a'),
    atom('b'),
    tuple([integer(9)]),
    tuple([integer(1), integer(1)]),
    mapOf([]),
    mapOf([[atom('a'), nil]]),
    list([]),
    list([integer(1)]),
    list([integer(1), integer(2)]),
    binary(''),
    binary('a'),
    binary('ab'),
    binary('b'),
    binary('\uffff'),
    binary('😀'),
  ]
  for (const [at, one] of ordered.entries()) {
    for (const [other, two] of ordered.entries()) expect(Math.sign(compareValues(one, two))).toBe(Math.sign(at - other))
  }
  expect(equalValues(integer(1), float(1), false)).toBe(true)
  expect(equalValues(integer(1), float(1))).toBe(false)
})

test('maps keep one value for a key; 1 and 1.0 are two keys', () => {
  const map = mapOf([
    [integer(1), atom('a')],
    [float(1), atom('b')],
    [integer(1), atom('c')],
  ])
  expect(map.entries).toHaveLength(2)
  expect(mapGet(map, integer(1))).toEqual(atom('c'))
  expect(mapGet(mapPut(map, float(1), nil), float(1))).toEqual(nil)
  expect(mapDelete(map, float(1)).entries).toHaveLength(1)
})

describe('configs are merged as Config.Reader does', () => {
  const config = (value: Value) => keyword([['app', value]])
  test.each([
    [
      keyword([['k', integer(1)]]),
      keyword([['j', integer(2)]]),
      {
        kw: [
          ['k', 1],
          ['j', 2],
        ],
      },
    ],
    [
      keyword([
        ['a', integer(1)],
        ['b', integer(2)],
      ]),
      keyword([['a', integer(3)]]),
      {
        kw: [
          ['b', 2],
          ['a', 3],
        ],
      },
    ],
    [
      keyword([['k', keyword([['x', integer(1)]])]]),
      keyword([['k', keyword([['y', integer(2)]])]]),
      {
        kw: [
          [
            'k',
            {
              kw: [
                ['x', 1],
                ['y', 2],
              ],
            },
          ],
        ],
      },
    ],
    [keyword([['k', keyword([['x', integer(1)]])]]), keyword([['k', list([])]]), { kw: [['k', { kw: [['x', 1]] }]] }],
    [keyword([['k', keyword([['x', integer(1)]])]]), keyword([['k', nil]]), { kw: [['k', null]] }],
    [keyword([['k', list([integer(1)])]]), keyword([['k', list([integer(2)])]]), { kw: [['k', [2]]] }],
    [keyword([['k', mapOf([[atom('x'), nil]])]]), keyword([['k', mapOf([])]]), { kw: [['k', { map: [] }]] }],
  ])('%#', (one, other, expected) => {
    expect(toTerm(mergeConfigs(config(one), config(other)))).toEqual({ kw: [['app', expected]] })
  })

  test('with alternatives, every one of them', () => {
    const maybe = oneOf(whetherSet('C'), [keyword([['x', integer(1)]]), absent], 'why')
    const merged = mergeConfigs(config(keyword([['k', maybe]])), config(keyword([['k', keyword([['y', integer(2)]])]])))
    expect(toTerm(configAt(merged, ['app', 'k', 'y']) ?? absent)).toBe(2)
    expect(alternatives(configAt(merged, ['app', 'k', 'x']) ?? nil).map((one) => toTerm(one))).toEqual([
      1,
      { absent: true },
    ])
    expect(configAt(merged, ['app', 'other'])).toBeUndefined()
  })

  test('with a list that is not known, the rest becomes unknown and later keys are known', () => {
    const clouded = mergeConfigs(config(keyword([['k', integer(1)]])), config(unknownValue('why', 'list')))
    expect(configAt(clouded, ['app', 'k'])?.kind).toBe('unknown')
    const later = mergeConfigs(clouded, config(keyword([['k', integer(3)]])))
    expect(toTerm(configAt(later, ['app', 'k']) ?? nil)).toBe(3)
    expect(configAt(later, ['app', 'other'])?.kind).toBe('unknown')
  })
})

test('truth is known of what surely is no nil and no false', () => {
  expect(truthOf(unknownValue('why', 'binary'))).toBe('yes')
  expect(truthOf(unknownValue('why'))).toEqual(unknown('why'))
  expect(truthOf(oneOf(whetherSet('C'), [nil, atom('false')], 'why'))).toBe('no')
  expect(truthOf(oneOf(whetherSet('C'), [nil, integer(1)], 'why'))).toEqual(unknown('why'))
  expect(isOpen(list([tuple([unknownValue('why')])]))).toBe(true)
})
