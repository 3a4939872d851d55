import { describe, expect, it } from 'vitest'
import { parseCases, parseExample } from '../../src/text/example.ts'
import { textOf } from '../../src/text/source.ts'

const base = {
  'a.yaml': 'web:\n  ports:\n    - "80:80"\n  build: .\ndb:\n  image: postgres\n',
  'b.txt': 'one\ntwo\ntwo\n',
}

const marked = (notation: string) => parseExample(notation, base).places.map((at) => [at.source.path, textOf(at)])
const yaml = (notation: string) => parseExample(notation, base).texts['a.yaml']

describe('parseExample', () => {
  it.each([
    ['no change', '', base],
    ['a new file', '-- c --\nx\n\ny\n\n', { ...base, c: 'x\n\ny\n' }],
    ['an empty file', '-- c --', { ...base, c: '' }],
    ['a file in place of another', '  -- b.txt --\n  x\n    y', { ...base, 'b.txt': 'x\n  y\n' }],
    ['a file that is gone', '-- a.yaml --\n(removed)', { 'b.txt': base['b.txt'] }],
    ['more at the end', '-- b.txt: + --\nthree', { ...base, 'b.txt': 'one\ntwo\ntwo\nthree\n' }],
    [
      'one change after the other',
      '-- b.txt: one --\nfour\n-- b.txt: four --\n4',
      { ...base, 'b.txt': '4\ntwo\ntwo\n' },
    ],
  ])('%s', (_, notation, texts) => expect(parseExample(notation, base).texts).toEqual(texts))

  it('puts a text in place of a part of a line, of a line and of several', () => {
    expect(yaml('-- a.yaml: postgres --\nmysql')).toContain('image: mysql\n')
    expect(yaml('-- a.yaml: - "80:80" --\n- "80:81"\n- "90:91"')).toContain('    - "80:81"\n    - "90:91"\n  build')
    expect(yaml('-- a.yaml: ports: … build: . --\nimage: shop')).toBe('web:\n  image: shop\ndb:\n  image: postgres\n')
    expect(yaml('-- a.yaml: ports: … build: . --\nimage: shop\n\n  x: 1')).toContain('  image: shop\n\n    x: 1\ndb:')
  })

  it('takes lines away as a whole, and parts of lines as parts', () => {
    expect(yaml('-- a.yaml: build: . --')).toBe('web:\n  ports:\n    - "80:80"\ndb:\n  image: postgres\n')
    expect(yaml('-- a.yaml: ports: … - "80:80" --')).toBe('web:\n  build: .\ndb:\n  image: postgres\n')
    expect(yaml('-- a.yaml: gres --')).toContain('image: post\n')
  })

  it('marks what stands above carets, in files and in what is changed', () => {
    expect(marked('-- c --\nx yz\n^ ^^\nz\n^')).toEqual([
      ['c', 'x'],
      ['c', 'yz'],
      ['c', 'z'],
    ])
    expect(marked('-- a.yaml: - "80:80" --\n- "80:81"\n  ^^^^^^^\n\n- "90:91"\n  ^^^^^^^')).toEqual([
      ['a.yaml', '"80:81"'],
      ['a.yaml', '"90:91"'],
    ])
    expect(marked('-- a.yaml: postgres --\nmysql\n^^^^^\n-- a.yaml: web: --\nthe_web:')).toEqual([['a.yaml', 'mysql']])
    expect(marked('-- b.txt: + --\nthree\n^^^^^')).toEqual([['b.txt', 'three']])
  })

  it.each([
    ['-- b.txt: two --\nx', 'b.txt: `two` must be once in it'],
    ['-- b.txt: six --\nx', 'b.txt: `six` must be once in it'],
    ['-- b.txt: one … six --\nx', 'b.txt: `six` must stand behind `one`'],
    ['-- c: one --\nx', 'c: is not there to be changed'],
    ['-- c --\n(removed)', 'c: is not there to be changed'],
  ])('%j does not fit', (notation, message) => expect(() => parseExample(notation, base)).toThrow(message))
})

it('parseCases gives the cases with their bases, and what is wanted', () => {
  const text = 'on shop\n\n=== one\n-- a --\nx\n\n=== two\non repo\n=> nothing\n-- on x --\n\n=== three\n=> a, b'
  expect(parseCases(text)).toEqual([
    { title: 'one', on: 'shop', wanted: undefined, notation: '-- a --\nx\n\n' },
    { title: 'two', on: 'repo', wanted: 'nothing', notation: '-- on x --\n\n' },
    { title: 'three', on: 'shop', wanted: 'a, b', notation: '' },
  ])
  expect(parseCases('=== one\n-- a --\n')).toEqual([
    { title: 'one', on: undefined, wanted: undefined, notation: '-- a --\n' },
  ])
})
