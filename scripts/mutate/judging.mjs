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
  const { metafile } = await build({
    entryPoints: [join(copy, 'scripts/mutate/judge.mjs')],
    outfile: bundle,
    bundle: true,
    metafile: true,
    absWorkingDir: copy,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
    // While the modules are loaded, before the judge has anything to ask.
    banner: { js: 'globalThis.mutant = (number, original) => original()' },
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

  /** The cases that can notice it: those of the rules nearest to it by imports first, and those that noticed the most. */
  function inOrder({ number, path }) {
    const far = distancesTo(path, metafile)
    const rank = (of) => far.get(cases[of].own) ?? Infinity
    const all = reaching.get(number).map((of) => ({ of, rank: rank(of), drawn: (of * 7919) % cases.length }))
    return all
      .toSorted((a, b) => a.rank - b.rank || successes[b.of] - successes[a.of] || a.drawn - b.drawn)
      .slice(0, most)
      .map(({ of }) => of)
  }
}

/** How many imports lie between each rule and a source, by the ids of the rules. */
function distancesTo(path, { inputs }) {
  const importers = new Map()
  for (const [from, { imports }] of Object.entries(inputs))
    for (const { path: to } of imports) importers.set(to, [...(importers.get(to) ?? []), from])
  const far = new Map([[path, 0]])
  for (const [at, steps] of far)
    for (const from of importers.get(at) ?? []) if (!far.has(from)) far.set(from, steps + 1)
  return new Map(
    [...far].filter(([at]) => at.startsWith('src/rules/')).map(([at, steps]) => [basename(at, '.ts'), steps]),
  )
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
