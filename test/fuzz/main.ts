import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadElixir } from '../../src/languages/elixir/grammar.ts'
import { attempt } from './attempt.ts'
import { targets } from './targets.ts'

/** What `scripts/fuzz.mjs` starts for one target: batches until the time is over, each told before and after it ran. */
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    batch: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '10' },
    slowest: { type: 'string', default: '5000' },
    trace: { type: 'string' },
  },
})
const { trace } = values
/** Milliseconds after which a batch says that it still runs. */
const often = 5000
const target = targets.find(({ name }) => name === values.target)
const tell = (message: object) => process.send?.(message)

await loadElixir()
if (target === undefined) tell({ targets: targets.map(({ name }) => name) })
else {
  const end = Date.now() + Number(values.seconds) * 1000
  const runs = Number(values.batch)
  let told = 0
  for (let seed = Number(values.seed); Date.now() < end; seed += 1) {
    const { path, slowest } = values
    let tried = 0
    const failure = await attempt(target, {
      seed,
      runs,
      path,
      slowest: Number(slowest),
      trace(input) {
        if (trace !== undefined) writeFileSync(trace, JSON.stringify(input))
        tried += 1
        if (Date.now() < told + often) return
        told = Date.now()
        tell({ seed })
      },
    })
    tell({ seed, runs: tried, failure })
    if (trace !== undefined || path !== undefined) break
  }
}
process.disconnect?.()
