import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Diagnostic } from '../src/text/diagnostic.ts'
import { oncePer } from '../src/text/once.ts'
import { placeName, positionAt, type Span, textOf } from '../src/text/source.ts'
import type { Case, CaseFile } from './cases.ts'
import { isWronglyClear, type Verdict, verdictOf } from './fuzz/laws/worse.ts'
import { partsOfOut, told } from './told.ts'

/**
 * Tests that each case is told of as the `.out` file at `url` has it: one test a case, and one that the file has these
 * cases and no other. With `-u` the file is written.
 */
export function itTells(url: URL, cases: readonly (readonly [title: string, tell: () => Promise<string>])[]): void {
  const updates = () => expect.getState().snapshotState.snapshotUpdateState === 'all'
  const recorded = partsOfOut(existsSync(url) ? readFileSync(url, 'utf8') : '')

  it.each(cases)('tells: %s', async (title, tell) => {
    if (!updates()) expect(await tell(), 'if it is meant so, run it again with -u').toBe(recorded.get(title))
  })

  it('tells of each case once, and of no other', async () => {
    const titles = cases.map(([title]) => title)
    expect(new Set(titles).size).toBe(titles.length)
    if (!updates()) return expect([...recorded.keys()], 'run it again with -u').toEqual(titles)
    const parts = await Promise.all(cases.map(async ([title, tell]) => `== ${title}\n${await tell()}`))
    await expect(parts.join('\n')).toMatchFileSnapshot(url.pathname)
  })
}

/**
 * Tests that each case is reported as it must be, that none is clean whose release surely fails, and that all is told
 * that its `.out` file holds.
 */
export function itReports({ own, out, cases }: CaseFile): void {
  it.each(cases)('$title', async (one) => {
    const diagnostics = await lint(one)
    const messages = diagnostics.map(({ message }) => message).join('\n')
    if (one.wanted === undefined) {
      const mine = diagnostics.filter(({ rule }) => rule === own)
      return expect(placesOf(mine.map(({ span }) => span)), messages).toEqual(placesOf(one.project().places))
    }
    const said = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
    expect(said.join(', ') || 'nothing', messages).toBe(one.wanted)
  })

  it('`lint` passes none of which `boot` says that it fails', async () => {
    const wrong = await Promise.all(cases.map(async (one) => (isWronglyClear(await verdict(one)) ? [one.title] : [])))
    expect(wrong.flat()).toEqual([])
  })

  itTells(
    out,
    cases.map((one) => [one.title, async () => told(await lint(one), own)]),
  )
}

const placesOf = (spans: readonly Span[]) =>
  [...new Set(spans.map((at) => `${placeName(at)}:${positionAt(at.source, at.start).column} ${textOf(at)}`))].sort()

/** What is said of the project of a case. */
const verdict = oncePer(async (one: Case): Promise<Verdict> => {
  const said = await verdictOf(await one.tree())
  expect(said.failures).toEqual([])
  return said
})

/** What is found in the project of a case. */
export const lint = async (one: Case): Promise<readonly Diagnostic[]> => (await verdict(one)).diagnostics
