import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rules } from '../src/rules/index.ts'
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

  it('each finding says all that it must', async () => {
    const found = await Promise.all(cases.map(async (one) => (await lint(one)).map(faultsOf)))
    expect(found.flat(2)).toEqual([])
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

const promising = new Set(rules.flatMap(({ id, fix }) => (fix ? [id] : [])))

/** What a finding leaves out, or says in a broken way. */
function faultsOf({ rule, severity, message, why, remedy, noFix, fixes, related }: Diagnostic): readonly string[] {
  const texts = [
    message,
    why,
    remedy,
    noFix ?? '',
    ...fixes.map(({ title }) => title),
    ...related.map(({ text }) => text),
  ]
  const faults = {
    'an odd number of backquotes': texts.some((text) => text.split('`').length % 2 === 0),
    'neither a fix nor why there is none': promising.has(rule) && fixes.length === 0 && !noFix,
    'both a fix and why there is none': fixes.length > 0 && noFix !== undefined,
    'no line on what to do': severity === 'error' && !/^[A-Z`][^\n]{8,}[^.\n]$/.test(remedy),
  }
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`${rule}: ${message}: ${fault}`] : []))
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
