import { afterAll, describe, expect, test } from 'vitest'
import { mutant } from './tar-mutants.ts'
import { byTarStream, oracle, ours } from './tar-readings.ts'

/** More of both in a long run: `TARS=300000 SEED=7 npx vitest run test/hostile/tar-differential.test.ts`. */
const count = Number(process.env.TARS ?? 2000)
const seed = Number(process.env.SEED ?? 1)
const batch = 500

const go = oracle()
afterAll(() => go?.remove())

describe.skipIf(go === undefined)('what we read of a tar is what Docker reads of it, by Go', () => {
  test(`of ${count} tars from seed ${seed}`, { timeout: 3_600_000 }, async () => {
    const counts = { both: 0, we: 0, neither: 0, entries: 0, stream: 0 }
    for (let start = seed; start < seed + count; start += batch) {
      const seeds = Array.from({ length: Math.min(batch, seed + count - start) }, (_, index) => start + index)
      const tars = seeds.map(mutant)
      const theirs = go?.read(tars) ?? []
      for (const [index, tar] of tars.entries()) {
        const own = await ours(tar)
        const other = theirs[index]
        if (own.error === '') {
          expect({ seed: seeds[index], ...own }).toEqual({ seed: seeds[index], ...other })
          counts.both += 1
          counts.entries += own.entries.length
          if (process.env.STREAM) {
            const s = await byTarStream(tar)
            if (JSON.stringify(s) !== JSON.stringify(own)) {
              counts.stream++
              if (counts.stream < 40)
                console.log(
                  seeds[index],
                  JSON.stringify(s).replace(/"sum":"[^"]*"/g, ''),
                  JSON.stringify(own).replace(/"sum":"[^"]*"/g, ''),
                )
            }
          }
        } else if (other?.error === '') counts.we += 1
        else counts.neither += 1
      }
    }
    console.info(JSON.stringify(counts))
    expect(counts.both).toBeGreaterThan(count / 10)
    expect(counts.neither).toBeGreaterThan(count / 10)
  })
})
