import { describe, expect, test } from 'vitest'
import { readHcl } from '../../src/languages/hcl/read.ts'
import type { YamlNode } from '../../src/languages/yaml/node.ts'
import { textOf } from '../../src/text/source.ts'

const read = (text: string) => readHcl({ path: 'docker-bake.hcl', text })

const plain = (node: YamlNode): unknown => {
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'scalar') return node.unknown ?? node.text
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]))
}

describe('an HCL file', () => {
  test.each([
    ['target "a" {}', [['target', 'a', {}]]],
    [
      'target "a" {\n  b = "c" # x\n  // y\n  d = [\n    "e", /* z */\n    "f",\n  ]\n}',
      [['target', 'a', { b: 'c', d: ['e', 'f'] }]],
    ],
    ['target "a" { args = { B = 1, "C" = true } }', [['target', 'a', { args: { B: '1', C: 'true' } }]]],
    [
      'target "a" {\n  b = "x-${TAG}"\n  c = B ? "x" : "y"\n  d = f(["a"])\n  e = "f"\n}',
      [['target', 'a', { b: 'a variable of Bake is put into it', c: 'it is computed', d: 'it is computed', e: 'f' }]],
    ],
    [`#${'x '.repeat(5_000)}\ntarget "a" { b = "c" }`, [['target', 'a', { b: 'c' }]]],
    ['x = 1\ngroup "g" { targets = ["a"] }', [['group', 'g', { targets: ['a'] }]]],
    [
      'function "f" {\n  params = [a]\n  result = upper(a)\n}\ntarget "a" {\n  inner "b" { c = 1 }\n  d = 2\n}',
      [
        ['function', 'f', { params: ['it is computed'], result: 'it is computed' }],
        ['target', 'a', { d: '2' }],
      ],
    ],
  ])('%.60j', (text, blocks) => {
    expect(read(text).map(({ type, label, body }) => [type, label, plain(body)])).toEqual(blocks)
  })

  test('has the places of its values', () => {
    const [block] = read('target "a" {\r\n  b = "c"\r\n}')
    const entry = block?.body.entries.get('b')
    expect(entry && [textOf(entry.keySpan), textOf(entry.value.span)]).toEqual(['b', '"c"'])
  })

  test.each([
    'target "a" {',
    'target "a',
    '{',
    'a = [',
    `target "a" { b = ${'['.repeat(50_000)}`,
    '"'.repeat(50_001),
    'a {'.repeat(20_000),
  ])('%.20j ends', (text) => {
    expect(read(text).length).toBeLessThan(3)
  })
})
