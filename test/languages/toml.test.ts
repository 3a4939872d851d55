import { describe, expect, test } from 'vitest'
import { textAt } from '../../src/languages/compose/service/values.ts'
import { readToml } from '../../src/languages/toml/read.ts'
import { mapAt, valueAt, type YamlNode } from '../../src/languages/yaml/node.ts'
import { textOf } from '../../src/text/source.ts'

const read = (text: string) => readToml({ path: 'fly.toml', text })

/** What a TOML text holds, as JSON would write it. */
const plain = (node: YamlNode): unknown => {
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'scalar') return node.text
  return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]))
}

describe('a TOML file', () => {
  test.each([
    ['a = 1\nb = "x"', { a: '1', b: 'x' }],
    ["[env]\nA = 'x'\n[env.more]\nB = true", { env: { A: 'x', more: { B: 'true' } } }],
    [
      '[[services]]\nport = 1\n[[services.ports]]\nport = 80\n[[services.ports]]\nport = 443\n[[services]]\nport = 2',
      {
        services: [{ port: '1', ports: [{ port: '80' }, { port: '443' }] }, { port: '2' }],
      },
    ],
    ['a.b.c = "x"\n"d e" = { f = [1, 2] }', { a: { b: { c: 'x' } }, 'd e': { f: ['1', '2'] } }],
    ['a = """\nx\ny"""', { a: 'x\ny' }],
    ['', {}],
  ])('%j', (text, holds) => {
    const file = read(text)
    expect(file.kind === 'read' && plain(file.root)).toEqual(holds)
  })

  test.each(['[env]\r\nNAME = "é😀"\r\nHOST = \'shop\'', "# 😀\n[env]\nHOST = 'shop' # x"])('places in %j', (text) => {
    const file = read(text)
    const env = file.kind === 'read' ? mapAt(file.root, 'env') : undefined
    const value = env && valueAt(env, 'HOST')
    expect(env && textAt(env, 'HOST')).toBe('shop')
    expect(value && textOf(value.span)).toBe("'shop'")
    expect(value?.kind === 'scalar' && textOf(value.inner)).toBe('shop')
    expect(env && textOf(env.entries.get('HOST')?.keySpan ?? env.span)).toBe('HOST')
  })

  test.each([
    '[env',
    'a = ',
    'a = "x',
    'a = 1\na = 2',
    '[a]\n[a]',
    `a = ${'['.repeat(20_000)}`,
  ])('%.20j is none', (text) => {
    expect(read(text).kind).toBe('broken')
  })
})
