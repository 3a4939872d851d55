import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { parseExample } from '../src/text/example.ts'
import { oncePer } from '../src/text/once.ts'
import { itTells, told } from './told.ts'

/**
 * `patterns/*.txt`: the shapes that real projects have, each as a change of samples/mended-shop. Under `=== title`
 * stands `=> ` and the rules that must report, or `=> nothing`; a file that says `(removed)` is not there. The `.out` beside
 * each holds all that is told.
 */
const folder = new URL('./patterns/', import.meta.url)
const base = fileURLToPath(new URL('../samples/mended-shop/', import.meta.url))

const healthy: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(base, path), readFileSync(path, 'utf8')]
    }),
)

interface Case {
  readonly title: string
  readonly wanted: string
  readonly notation: string
}

const casesOf = (name: string): readonly Case[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = '', wanted = '', ...rest] = part.split('\n')
      return { title, wanted: wanted.replace(/^=> /, ''), notation: rest.join('\n') }
    })

const lint = oncePer(async ({ notation }: Case) => {
  const changed = Object.fromEntries(parseExample(notation).sources.map(({ path, text }) => [path, text]))
  const texts = Object.entries({ ...healthy, ...changed }).filter(([, text]) => text !== '(removed)\n')
  const { diagnostics, failures } = await analyze(treeOf(Object.fromEntries(texts)))
  expect(failures).toEqual([])
  return diagnostics
})

describe.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  const cases = casesOf(name)
  it.each(cases)('$title => $wanted', async (one) => {
    const diagnostics = await lint(one)
    const said = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
    expect(said.join(', ') || 'nothing', diagnostics.map(({ message }) => message).join('\n')).toBe(one.wanted)
  })

  itTells(
    new URL(name.replace('.txt', '.out'), folder),
    cases.map((one) => [one.title, async () => told(await lint(one))]),
  )
})
