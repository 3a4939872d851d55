// How much the tests notice. Three mutations of the whole tool must each fail at least a thousand tests; of a sample of
// small ones in src/rules and src/model the score is printed: how many the cases with an `.out` file notice, or else the
// tests of their room. All of it happens in a copy. `--seed N` takes another sample, `--count N` one of another size,
// `--whole` and `--small` one part alone.

import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { $, argv } from 'zx'
import { copyTree } from './copy-tree.mjs'
import { mutantsOf, withMutants } from './mutate/mutants.mjs'

const seed = Number(argv.seed ?? 1)
const count = Number(argv.count ?? 200)
const mostCases = 300
const patience = 120_000
const onceImport = /import \{ oncePer \} from .*/

/** The tests of a room that are no cases with an `.out` file; those of most rooms are named by what they are about. */
const testsOfRoom = {
  boot: ['test/model/boot/', 'test/cli/boot.test.ts'],
  container: ['test/model/boot/', 'test/model/fly', 'test/cli/boot.test.ts', 'test/cli/env.test.ts'],
  env: ['test/model/env/', 'test/cli/env'],
  facts: ['test/model/builds', 'test/model/boot/builds', 'test/fix-compose', 'test/cli/lint'],
  follow: ['test/model/build/', 'test/cli/graph'],
  outcome: ['test/model/boot/', 'test/cli/boot.test.ts'],
  phoenix: ['test/model/build/', 'test/cli/graph'],
  project: ['test/model/builds', 'test/cli/lint', 'test/workspace/'],
  secrets: ['test/model/build/files', 'test/masking/', 'test/cli/graph'],
  services: ['test/model/builds', 'test/cli/lint-compose', 'test/cli/env.test.ts'],
  shipping: ['test/model/builds', 'test/cli/lint-compose', 'test/workspace/'],
  'stage-files': ['test/model/build/', 'test/cli/graph'],
  stages: ['test/model/build/', 'test/cli/graph'],
}

/** Whether tests fail without any mutant. */
const without = new Map()

const copy = copyTree()
try {
  if (!argv.small && (await wholeTool()) < 1000) process.exitCode = 1
  if (!argv.whole) await sample()
} finally {
  rmSync(copy, { recursive: true, force: true })
}

/** The three mutations of `diagnosticOf`; gives the least number of tests that fail. */
async function wholeTool() {
  const path = join(copy, 'src/analyze.ts')
  const text = readFileSync(path, 'utf8')
  const last = '  related: eachOnce(finding.related ?? []),\n'
  if (text.split(last).length !== 2) throw new Error('src/analyze.ts: diagnosticOf is written in another way')
  const mutations = {
    'every finding of full severity, and certain': "  severity: rule.severity,\n  certainty: 'certain',\n",
    'every message `x`': "  message: 'x',\n",
    'every trail empty': '  related: [],\n',
  }
  let least = Infinity
  for (const [name, line] of Object.entries(mutations)) {
    writeFileSync(path, text.replace(last, `${last}${line}`))
    const file = join(copy, 'run.json')
    const tests = ['rules', 'patterns', 'one-way', 'samples', 'rules-recorded', 'model/image/findings'].map(
      (test) => `test/${test}.test.ts`,
    )
    await $({
      cwd: copy,
      nothrow: true,
      quiet: true,
    })`node node_modules/vitest/vitest.mjs run ${tests} --reporter=json --outputFile=${file}`
    const { numFailedTests, numTotalTests } = JSON.parse(readFileSync(file, 'utf8'))
    console.log(`${name}: ${numFailedTests} of ${numTotalTests} tests fail`)
    least = Math.min(least, numFailedTests)
  }
  writeFileSync(path, text)
  return least
}

async function sample() {
  const mutants = chosen()
  for (const path of mutated()) {
    const file = join(copy, path)
    const own = mutants.filter((one) => one.path === path)
    // What is remembered of a source would outlive a mutant.
    const text = withMutants(readFileSync(file, 'utf8'), own).replace(onceImport, 'const oncePer = (work) => work')
    writeFileSync(file, text)
  }
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
  const reaching = new Map(mutants.map(({ number }) => [number, []]))
  for (const [index, { title }] of cases.entries()) {
    const { wrong, reached } = await asked(judge, { ask: 'reached', of: index })
    if (wrong) {
      console.log(`left out, since it fails without any mutant: ${title}`)
      process.exitCode = 1
      continue
    }
    for (const number of reached) reaching.get(number)?.push(index)
  }
  const survivors = []
  for (const mutant of mutants) {
    const rule = basename(mutant.path, '.ts')
    const [own, others] = [true, false].map((is) =>
      reaching.get(mutant.number).filter((index) => (cases[index].own === rule) === is),
    )
    const of = [...own, ...spread(others, mostCases)]
    let noticed = false
    for (const index of of) {
      noticed = await asked(judge, { mutant: mutant.number, of: index })
      if (noticed) break
    }
    if (noticed === 'no answer') judge = new Worker(bundle)
    if (!noticed) survivors.push({ ...mutant, tried: of.length })
  }
  await judge.terminate()
  console.log(`cases notice ${mutants.length - survivors.length} of ${mutants.length}`)
  const living = []
  for (const one of survivors) if (!(await failsInVitest(one))) living.push(one)
  report(mutants, living)
}

function testsOf(path) {
  const [, top, room] = path.split('/')
  if (top === 'model') return testsOfRoom[room]
  return room === 'edits' ? ['test/fix-', 'test/cli/fix'] : ['test/rules.test.ts', '-t', basename(path, '.ts')]
}

/** Whether the tests of its room notice a mutant that no case does. */
async function failsInVitest({ path, number }) {
  const tests = testsOf(path)
  const key = tests.join(' ')
  if (!without.has(key)) without.set(key, await failsWith(undefined, tests))
  if (without.get(key)) throw new Error(`without any mutant these fail, or are none: ${key}`)
  return failsWith(number, tests)
}

async function failsWith(number, tests) {
  const switchOn = join(copy, 'on.mjs')
  writeFileSync(switchOn, `globalThis.isOn = (number) => number === ${number}\n`)
  const { exitCode } = await $({
    cwd: copy,
    nothrow: true,
    quiet: true,
    env: { ...process.env, NODE_OPTIONS: `--import=${switchOn}` },
  })`node node_modules/vitest/vitest.mjs run ${tests} --bail 1 --reporter=dot`
  return exitCode !== 0
}

/** What the judge says; it is ended where it says nothing, since a mutant may run for ever. */
async function asked(judge, question) {
  judge.postMessage(question)
  const patient = new AbortController()
  const answer = once(judge, 'message').then(([said]) => said)
  const silence = setTimeout(patience, 'no answer', { signal: patient.signal })
  silence.catch(() => {})
  const said = await Promise.race([answer, silence])
  patient.abort()
  if (said === 'no answer') await judge.terminate()
  return said
}

/** At most `most` of `all`, over the whole of them. */
function spread(all, most) {
  return all.length <= most ? all : Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)])
}

/** The files that are mutated. Built images have their tests elsewhere. */
function mutated() {
  return ['src/rules', 'src/model']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts') && !/^src\/(rules\/in-image|model\/image)\//.test(file))
    .sort()
}

/** A sample of all mutants of which none overlaps another. */
function chosen() {
  const files = mutated()
  const all = files.flatMap((path) => mutantsOf(path, readFileSync(path, 'utf8')))
  const taken = []
  for (const one of shuffled(all)) {
    const overlaps = taken.some(({ path, start, end }) => path === one.path && start < one.end && one.start < end)
    if (!overlaps) taken.push({ ...one, number: taken.length })
    if (taken.length === count) break
  }
  console.log(`${taken.length} of ${all.length} mutants in ${files.length} files, seed ${seed}`)
  return taken
}

function shuffled(all) {
  const result = [...all]
  let state = seed
  for (let n = result.length - 1; n > 0; n--) {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    const other = ((t ^ (t >>> 14)) >>> 0) % (n + 1)
    ;[result[n], result[other]] = [result[other], result[n]]
  }
  return result
}

function report(mutants, survivors) {
  for (const { path, line, what, tried } of survivors) {
    console.log(`  lives: ${path}:${line} ${what} (${tried === 0 ? 'no case reaches it' : `${tried} cases`})`)
  }
  for (const folder of ['src/rules', 'src/model']) {
    const inside = (one) => one.path.startsWith(folder)
    console.log(`${folder}: ${score(mutants.filter(inside), survivors.filter(inside))}`)
  }
  console.log(`score: ${score(mutants, survivors)}`)
}

function score(mutants, survivors) {
  const killed = mutants.length - survivors.length
  return `${killed} of ${mutants.length} noticed, ${Math.round((100 * killed) / mutants.length)} %`
}
