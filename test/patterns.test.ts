import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { parseExample } from '../src/text/example.ts'

/**
 * `patterns/*.txt`: the shapes that real projects have, each as a change of samples/mended-shop. Under `=== title`
 * stands `=> ` and the rules that must report, or `=> nothing`; a file that says `(removed)` is not there.
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

const casesOf = (name: string): [string, string, string][] =>
  readFileSync(new URL(name, folder), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = '', wanted = '', ...rest] = part.split('\n')
      return [title, wanted.replace(/^=> /, ''), rest.join('\n')]
    })

describe.each(readdirSync(folder))('%s', (name) => {
  it.each(casesOf(name))('%s => %s', async (_title, wanted, notation) => {
    const changed = Object.fromEntries(parseExample(notation).sources.map(({ path, text }) => [path, text]))
    const texts = Object.entries({ ...healthy, ...changed }).filter(([, text]) => text !== '(removed)\n')
    const { diagnostics, failures } = await analyze(treeOf(Object.fromEntries(texts)))
    expect(failures).toEqual([])
    const said = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
    expect(said.join(', ') || 'nothing', diagnostics.map(({ message }) => message).join('\n')).toBe(wanted)
  })
})
