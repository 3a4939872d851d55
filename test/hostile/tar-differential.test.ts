import { afterAll, describe, expect, test } from 'vitest'
import { mutant } from './tar-mutants.ts'
import { oracle, ours } from './tar-readings.ts'

/** More in a long run: `TARS=300000 SEED=7 npx vitest run test/hostile/tar-differential.test.ts`. */
const count = Number(process.env.TARS ?? 2000)
const first = Number(process.env.SEED ?? 1)
const batch = 500

const go = oracle()
afterAll(() => go?.remove())

describe.skipIf(go === undefined)('what we read of a tar is what Docker reads of it, by archive/tar of Go', () => {
  test(`${count} tars from seed ${first}`, { timeout: 3_600_000 }, async () => {
    const counts = { read: 0, refused: 0, damaged: 0 }
    for (let start = first; start < first + count; start += batch) {
      const seeds = Array.from({ length: Math.min(batch, first + count - start) }, (_, index) => start + index)
      const tars = seeds.map(mutant)
      const theirs = go?.read(tars) ?? []
      for (const [index, tar] of tars.entries()) {
        const own = await ours(tar)
        if (own.error === '') expect({ seed: seeds[index], ...own }).toEqual({ seed: seeds[index], ...theirs[index] })
        counts[own.error === '' ? 'read' : theirs[index]?.error === '' ? 'refused' : 'damaged'] += 1
      }
    }
    console.info(
      `read by both ${counts.read}, refused though Go reads it ${counts.refused}, by neither ${counts.damaged}`,
    )
    expect(counts.read).toBeGreaterThan(count / 10)
    expect(counts.refused).toBeGreaterThan(count / 10)
    expect(counts.damaged).toBeGreaterThan(count / 10)
  })
})
