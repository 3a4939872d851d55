import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadElixir } from '../../src/languages/elixir/syntax/grammar.ts'
import { attempt } from './attempt.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

/** What `scripts/fuzz.mjs` starts: batches of one target after the other, until the seconds of each are over. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
    slowest: { type: 'string', default: '5000' },
    /** One input of the seed. */
    path: { type: 'string' },
    /** One batch, of which each input is written to this file before it is tried. */
    trace: { type: 'string' },
  },
})

/** Inputs of a batch, where they cost more than those of readers. */
const batches: Readonly<Record<string, number>> = {
  analyses: 20,
  fixes: 10,
  commands: 10,
  masked: 10,
  worsened: 40,
  tars: 100,
  builds: 50,
}
const usualBatch = 1000
/** Milliseconds after which a batch says that it still runs. */
const often = 5000
/** Batches that break a law until a target is left. */
const mostBroken = 10

const tell = (message: object) => process.send?.(message)

/** Whether a batch broke no law. */
async function isFine(target: Target, seed: number): Promise<boolean> {
  const { path, slowest, trace } = values
  const { name } = target
  let tried = 0
  let told = 0
  const failure = await attempt(target, {
    seed,
    runs: batches[name] ?? usualBatch,
    path,
    slowest: Number(slowest),
    trace(input) {
      if (trace !== undefined) writeFileSync(trace, JSON.stringify(input))
      tried += 1
      if (Date.now() < told + often) return
      told = Date.now()
      tell({ target: name, seed })
    },
  })
  tell({ target: name, seed, tried, failure })
  return failure === undefined
}

await loadElixir()
const names = values.only === '' ? targets.map(({ name }) => name) : values.only.split(',')
const chosen = names.flatMap((name) => targets.find((target) => target.name === name) ?? [])
if (chosen.length < names.length) tell({ known: targets.map(({ name }) => name) })
else {
  tell({ chosen: names })
  const isOnce = values.trace !== undefined || values.path !== undefined
  for (const target of chosen) {
    const end = Date.now() + (Number(values.seconds) * 1000) / chosen.length
    let broken = 0
    for (let seed = Number(values.seed); ; seed += 1) {
      if (!(await isFine(target, seed))) broken += 1
      if (isOnce || broken === mostBroken || Date.now() > end) break
    }
    tell({ done: target.name })
  }
}
process.disconnect?.()
