import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { oncePer } from '../src/text/once.ts'
import type { Case, CaseFile } from './cases.ts'
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

/** Tests that of each case those rules report that must, and that all is told that its `.out` file holds. */
export function itReports({ out, cases }: CaseFile): void {
  it.each(cases)('$title => $wanted', async (one) => {
    const diagnostics = await lint(one)
    const said = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
    expect(said.join(', ') || 'nothing', diagnostics.map(({ message }) => message).join('\n')).toBe(one.wanted)
  })

  itTells(
    out,
    cases.map((one) => [one.title, async () => told(await lint(one))]),
  )
}

const lint = oncePer(async (one: Case) => {
  const { diagnostics, failures } = await analyze(await one.tree())
  expect(failures).toEqual([])
  return diagnostics
})
