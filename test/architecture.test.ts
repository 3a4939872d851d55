import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { parseCases } from '../src/text/example.ts'
import { projectOf } from './projects.ts'
import { told } from './told.ts'

it('docs/ARCHITECTURE.md shows what is found in its examples', async () => {
  const page = readFileSync(new URL('../docs/ARCHITECTURE.md', import.meta.url), 'utf8')
  const examples = [...page.matchAll(/```project\n(.*?)```.*?(```told (\S+)\n).*?```/gs)]
  expect(examples.length).toBe(3)
  let written = page
  for (const [all, notation = '', heading = '', rule] of examples) {
    const [example] = parseCases(`=== ${rule}\n${notation}`)
    const { diagnostics } = await analyze(treeOf(example ? projectOf(example).texts : {}))
    const found = told(
      diagnostics.filter((one) => one.rule === rule),
      rule,
    )
    expect(found).not.toBe('nothing\n')
    written = written.replace(all, () => `${all.slice(0, all.lastIndexOf(heading))}${heading}${found}\`\`\``)
  }
  await expect(written).toMatchFileSnapshot('../docs/ARCHITECTURE.md')
})
