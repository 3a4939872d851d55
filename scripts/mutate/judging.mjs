// Whether a case that has an `.out` file notices a mutant: those are asked in one worker, where nothing is loaded again.
import { once } from 'node:events'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'

const patience = 120_000

/** The judge of the mutants that are written into the sources of `copy`. */
export async function judging(copy) {
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
  const reaching = new Map()
  const successes = cases.map(() => 0)
  for (const [of, { title }] of cases.entries()) {
    const { noticed, reached } = await asked(judge, { of })
    if (noticed) console.log(`left out, since it fails without any mutant: ${title}`)
    else for (const number of reached) reaching.set(number, [...(reaching.get(number) ?? []), of])
  }

  /** The cases that can notice it: those of its own rule first, then those that noticed the most so far. */
  function inOrder({ number, path }) {
    const isOwn = (of) => (cases[of].own === basename(path, '.ts') ? 1 : 0)
    return (reaching.get(number) ?? []).toSorted((a, b) => isOwn(b) - isOwn(a) || successes[b] - successes[a])
  }

  return {
    reaching: (number) => reaching.get(number)?.length ?? 0,
    async noticing(mutant) {
      for (const of of inOrder(mutant)) {
        const answer = await asked(judge, { mutant: mutant.number, of })
        if (!answer) judge = new Worker(bundle)
        if (answer && !answer.noticed) continue
        successes[of]++
        return `${cases[of].own ?? 'a case'}: ${cases[of].title}${answer ? '' : ', which takes too long'}`
      }
      return undefined
    },
    end: () => judge.terminate(),
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
