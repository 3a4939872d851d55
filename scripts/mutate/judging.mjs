// Whether a case that has an `.out` file notices a mutant: those are asked in one worker, where nothing is loaded again.
import { once } from 'node:events'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'

const patience = 120_000

/**
 * Tells of each of `mutants`, which are written into the sources of `copy`, that a case notices, at most `most` asked of one
 * in the model. Gives the others, with how many cases reach each.
 */
export async function askCases(copy, mutants, most, tell) {
  const bundle = join(copy, 'test/judge.mjs')
  await build({
    entryPoints: [join(copy, 'scripts/mutate/judge.mjs')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  })
  let judge = new Worker(bundle)
  const cases = await asked(judge, { ask: 'cases' })
  const named = (of) => `${cases[of].own ?? 'a case'}: ${cases[of].title}`
  const reaching = new Map(mutants.map(({ number }) => [number, []]))
  const ids = new Set(cases.map(({ own }) => own))
  const withRule = mutants.map((one) => ({ ...one, rule: basename(one.path, '.ts') }))
  let ofRules = withRule.filter(({ path, rule }) => path.startsWith('src/rules/') && ids.has(rule))
  const resolved = new Set(ofRules.map(({ number }) => number))
  const seen = new Set()
  for (const of of cases.keys()) {
    const answer = await asked(judge, { ask: 'reach', of, ofRules })
    if (!answer || answer.wrong) console.log(`left out, since it fails without any mutant: ${named(of)}`)
    if (!answer) judge = new Worker(bundle)
    if (!answer || answer.wrong) continue
    for (const number of answer.reached) reaching.get(number)?.push(of)
    for (const number of answer.noticed) {
      seen.add(number)
      tell(mutants[number], named(of))
    }
    ofRules = ofRules.filter(({ number }) => !seen.has(number))
  }
  const successes = cases.map(() => 0)
  for (const mutant of withRule.filter(({ number }) => !resolved.has(number))) {
    for (const of of inOrder(mutant)) {
      const answer = await asked(judge, { ask: 'mutant', of, number: mutant.number })
      if (!answer) judge = new Worker(bundle)
      if (answer && !answer.noticed) continue
      successes[of]++
      seen.add(mutant.number)
      tell(mutant, `${named(of)}${answer ? '' : ', which takes too long'}`)
      break
    }
  }
  await judge.terminate()
  return mutants
    .filter(({ number }) => !seen.has(number))
    .map((one) => ({ ...one, cases: reaching.get(one.number).length }))

  /** The cases that can notice it: those that noticed the most so far first, and of the others some of all kinds. */
  function inOrder({ number }) {
    const all = reaching.get(number)
    const step = Math.max(1, all.length / most)
    const some = Array.from({ length: Math.min(most, all.length) }, (_, n) => all[Math.floor(n * step)])
    return some.toSorted((a, b) => successes[b] - successes[a])
  }
}

/** What the judge says; it is ended where it says nothing, since a mutant may run for ever. */
async function asked(judge, question) {
  judge.postMessage(question)
  const patient = new AbortController()
  const answer = once(judge, 'message').then(([said]) => said)
  const silence = setTimeout(patience, undefined, { signal: patient.signal })
  silence.catch(() => {})
  const said = await Promise.race([answer, silence])
  patient.abort()
  if (!said) await judge.terminate()
  return said
}
