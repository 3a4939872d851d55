import { expect, it } from 'vitest'
import { fixTree } from '../src/fix.ts'
import { unifiedDiff } from '../src/text/diff.ts'
import { casesIn, projectOf } from './projects.ts'
import { place } from './told.ts'
import { treeFor } from './trees.ts'

it('changes of a good shop are mended as its authors would', async () => {
  const parts: string[] = []
  for (const one of casesIn('fix-shop.txt')) {
    const { changes, fixed, left, before, analysis } = await fixTree(treeFor(projectOf(one).texts), { unsafe: true })
    const known = new Set(before.diagnostics.map(({ rule, message }) => `${rule}: ${message}`))
    const found = analysis.diagnostics.map(({ rule, message }) => `${rule}: ${message}`)
    expect(found.filter((it) => !known.has(it))).toEqual([])
    parts.push(
      `=== ${one.title}`,
      ...fixed.map(({ diagnostic: { rule, span }, fix }) => `fixed ${place(span)} [${rule}] ${fix.title}`),
      ...left.map(({ diagnostic: { rule, span }, why }) => `left ${place(span)} [${rule}] ${why}`),
      ...changes.map((change) => unifiedDiff(change)),
    )
  }
  await expect(parts.join('\n')).toMatchFileSnapshot('fix-shop.diff')
})
