import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import type { Texts } from '../src/text/example.ts'
import { bases } from './folders.ts'

describe.each(bases)('samples/bases/$name', ({ texts }) => {
  it('is clean', async () => {
    const { diagnostics } = await analyze(treeOf(texts))
    expect(diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
  })

  it('is small, and can be written in the notation of examples', () => {
    expect(Object.values(texts).join('').split('\n').length).toBeLessThan(70)
    expect(Object.values(texts).filter((text) => !/[^\n]\n$/.test(text))).toEqual([])
  })
})

it('src/rules/bases.ts has what stands in samples/bases', async () => {
  const keyOf = (path: string) => (/^\w+$/.test(path) ? path : `'${path}'`)
  const literal = (text: string) => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
  const files = (texts: Texts) => Object.entries(texts).map(([path, text]) => `    ${keyOf(path)}: ${literal(text)},\n`)
  const written = `import type { Texts } from '../text/example.ts'

/** Names a project of which examples are changes. */
export type BaseName = ${bases.map(({ name }) => `'${name}'`).join(' | ')}

/** What stands in samples/bases, written by test/bases.test.ts: change it there. */
export const bases: Readonly<Record<BaseName, Texts>> = {
${bases.map(({ name, texts }) => `  ${name}: {\n${files(texts).join('')}  },\n`).join('')}}
`
  await expect(written).toMatchFileSnapshot('../src/rules/bases.ts')
})
