import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { treeOf } from '../../src/files/tree.ts'
import { parseCases, parseExample } from '../../src/text/example.ts'
import { placeName, positionAt, textOf } from '../../src/text/source.ts'

/** `builds.txt`: projects whose compose file says how they are built; the carets are where something is reported. */
const cases = parseCases(readFileSync(new URL('./builds.txt', import.meta.url), 'utf8'))

it.each(cases)('$title', async ({ notation }) => {
  const { texts: all, places } = parseExample(notation)
  const { said, ...texts } = all
  const { diagnostics, failures } = await analyze(treeOf(texts))
  expect(failures).toEqual([])
  const place = (at: (typeof places)[number]) =>
    `${placeName(at)}:${positionAt(at.source, at.start).column} ${textOf(at)}`
  expect(
    diagnostics.map(({ rule, span }) => `${place(span)} [${rule}]`).map((one) => one.replace(/ \[.*/, '')),
  ).toEqual(places.map(place))
  expect(diagnostics.map(({ rule }) => rule).join(', ')).toBe((said ?? '').trimEnd())
})
