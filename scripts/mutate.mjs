// How much the tests notice. Three mutations of the whole tool must each fail at least a thousand tests; of a sample of
// small ones in src/rules and src/model the score is printed: how many the cases with an `.out` file notice, or else the
// types, or else any other test file that reaches them. Reached is a mutant whose value is once another one than that of
// the original. Each that is noticed is printed at once, with the score so far, which can only rise: a run may be stopped.
// All of it happens in a copy. `--seed N` takes another sample, `--count N` one of another size, `--at src/a.ts:12,src/model`
// what stands at these places, all of it without a count, `--cases N` asks at most so many cases of a mutant in the model,
// `--whole` and `--small` one part alone.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { $, argv } from 'zx'
import { copyTree } from './copy-tree.mjs'
import { askCases } from './mutate/judging.mjs'
import { mutantsOf, mutated, withMutants } from './mutate/mutants.mjs'
import { askTests } from './mutate/testing.mjs'
import { typed } from './mutate/types.mjs'

const seed = Number(argv.seed ?? 1)
const count = Number(argv.count ?? (argv.at ? Infinity : 150))

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

/** Asks of each mutant of the sample who notices it. */
async function sample() {
  const mutants = chosen()
  mutate(mutants)
  const noticed = new Set()
  const tell = ({ path, line, what, number }, by) => {
    noticed.add(number)
    console.log(`${path}:${line} ${what}: ${by}\n  so far ${scores(mutants, noticed)}`)
  }
  const left = await askCases(copy, mutants, Number(argv.cases ?? Infinity), tell)
  console.log(`cases notice ${scores(mutants, noticed)}`)
  const isTyped = typed()
  const programs = left.filter((one) => isTyped(one) || tell(one, 'the types'))
  console.log(`left to the other tests, since the types notice ${left.length - programs.length}:`)
  for (const { path, line, what, cases } of programs)
    console.log(`  ${path}:${line} ${what}, which ${cases} cases reach`)
  for (const { path, line, what, files } of await askTests(copy, programs, tell)) {
    console.log(`lives: ${path}:${line} ${what}, which ${files} of the other test files reach`)
  }
  console.log(`in all ${scores(mutants, noticed)}`)
}

/** Writes the mutants into the copy; what is remembered there of a source must not outlive one. */
function mutate(mutants) {
  writeFileSync(join(copy, 'src/text/once-an-era.ts'), readFileSync('scripts/mutate/once.mjs'))
  for (const path of sourcesIn(['src']).filter((one) => !/^src\/(text|files|languages)\//.test(one))) {
    const own = mutants.filter((one) => one.path === path)
    const text = withMutants(readFileSync(path, 'utf8'), own)
    writeFileSync(join(copy, path), text.replace('text/once.ts', 'text/once-an-era.ts'))
  }
}

function sourcesIn(folders) {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts'))
    .sort()
}

/** A sample of all mutants, of which none overlaps another and each is other code. */
function chosen() {
  const files = sourcesIn(['src/rules', 'src/model'])
  const all = files.flatMap((path) => mutantsOf(path, readFileSync(path, 'utf8')))
  const wanted = shuffled(argv.at ? all.filter(isNamed) : all)
  const taken = []
  for (const one of wanted) {
    const overlaps = taken.some(({ path, start, end }) => path === one.path && start < one.end && one.start < end)
    if (!overlaps && !isSameCode(one)) taken.push({ ...one, number: taken.length })
    if (taken.length === count) break
  }
  console.log(`${taken.length} of ${all.length} mutants in ${files.length} files, seed ${seed}`)
  return taken
}

function isNamed({ path, line }) {
  const places = argv.at.split(',')
  return places.some((place) => [path, `${path}:${line}`].includes(place) || path.startsWith(`${place}/`))
}

/** Whether a mutant is the same program, as far as esbuild can tell. */
function isSameCode(mutant) {
  const text = readFileSync(mutant.path, 'utf8')
  const small = (code) => transformSync(code, { loader: 'ts', minify: true }).code
  return small(text) === small(mutated(text, mutant))
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

function scores(mutants, noticed) {
  const parts = ['src/rules', 'src/model', 'src'].map((folder) => {
    const own = mutants.filter(({ path }) => path.startsWith(folder))
    const share = own.filter(({ number }) => noticed.has(number)).length
    return `${folder} ${share} of ${own.length}${own.length > 0 ? ` (${Math.round((100 * share) / own.length)} %)` : ''}`
  })
  return parts.join(', ')
}
