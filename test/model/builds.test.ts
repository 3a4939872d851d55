import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../../src/analyze.ts'
import { treeOf } from '../../src/files/tree.ts'
import { parseExample } from '../../src/text/example.ts'
import { placeName, positionAt, textOf } from '../../src/text/source.ts'

/** `builds.txt`: projects whose compose file says how they are built; the carets are where something is reported. */
const cases = readFileSync(new URL('./builds.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part): [string, string] => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])

it.each(cases)('%s', async (_title, notation) => {
  const { sources, places } = parseExample(notation)
  const { said, ...texts } = Object.fromEntries(sources.map(({ path, text }) => [path, text]))
  const { diagnostics, failures } = await analyze(treeOf(texts))
  expect(failures).toEqual([])
  const place = (at: (typeof places)[number]) =>
    `${placeName(at)}:${positionAt(at.source, at.start).column} ${textOf(at)}`
  expect(
    diagnostics.map(({ rule, span }) => `${place(span)} [${rule}]`).map((one) => one.replace(/ \[.*/, '')),
  ).toEqual(places.map(place))
  expect(diagnostics.map(({ rule }) => rule).join(', ')).toBe((said ?? '').trimEnd())
})
