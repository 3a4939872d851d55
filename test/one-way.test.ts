import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { discover } from '../src/files/discover.ts'
import { memoryHost } from '../src/files/memory.ts'
import { parseExample } from '../src/text/example.ts'
import { oncePer } from '../src/text/once.ts'
import { samples } from './projects.ts'
import { itTells, told } from './told.ts'

/**
 * `one-way/*.txt`: a good project, and what the rules say where it is changed in one way. The first case is the project
 * itself; where there is none it is the sample of that name. `=> ` names the rules that must report. `-- path --` puts a
 * file in place of another, `(removed)` takes it away; `-- path: text --` puts what follows in place of the one `text`
 * of the file, and `-- path: + --` adds it at the end. The `.out` beside each holds all that is told.
 */
const folder = new URL('./one-way/', import.meta.url)

interface Case {
  readonly title: string
  readonly wanted: string
  readonly changes: readonly (readonly [heading: string, text: string])[]
}

const casesOf = (file: string): readonly Case[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = '', wanted = '', ...rest] = part.split('\n')
      const changes = parseExample(rest.join('\n')).sources.map(({ path, text }) => [path, text] as const)
      return { title, wanted: wanted.replace(/^=> /, ''), changes }
    })

function changed(base: Readonly<Record<string, string>>, changes: Case['changes']): Readonly<Record<string, string>> {
  const texts = { ...base }
  for (const [heading, text] of changes) {
    const [, path = '', old = ''] = /^(\S+): (.+)$/.exec(heading) ?? []
    const before = texts[path]
    if (text === '(removed)\n') delete texts[heading]
    else if (before === undefined) texts[heading] = text
    else if (old === '+') texts[path] = before + text
    else {
      const parts = before.split(old)
      expect(parts.length, `${heading}: once in the file`).toBe(2)
      texts[path] = parts.join(text.replace(/\n$/, ''))
    }
  }
  return texts
}

describe.each(readdirSync(folder).filter((file) => file.endsWith('.txt')))('%s', (file) => {
  const [first, ...others] = casesOf(file)
  const sample = samples.find(({ name }) => `${name}.txt` === file)?.texts
  const base = sample ?? changed({}, first?.changes ?? [])
  const cases = sample
    ? [{ title: 'as it is', wanted: 'nothing', changes: [] }, ...(first ? [first] : []), ...others]
    : others

  const lint = oncePer(async ({ changes }: Case) => {
    const { diagnostics, failures } = await analyze(await discover(memoryHost(changed(base, changes))))
    expect(failures).toEqual([])
    return diagnostics
  })

  it.each(cases)('$title => $wanted', async (one) => {
    const diagnostics = await lint(one)
    const said = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
    expect(said.join(', ') || 'nothing', diagnostics.map(({ message }) => message).join('\n')).toBe(one.wanted)
  })

  itTells(
    new URL(file.replace('.txt', '.out'), folder),
    cases.map((one) => [one.title, async () => told(await lint(one))]),
  )
})
