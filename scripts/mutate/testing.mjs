// Which of the mutants that no case notices a test file notices: portion by portion, in each of which every file is run once
// without any mutant, which says what it reaches, and again with each mutant that it reaches, up to the first failure.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { $, glob } from 'zx'

/** What the judge looks at, and what needs a daemon or a browser. */
const others = /^test\/(rules|bases|patterns|one-way|rules-recorded|docker\/.*|browser\/.*)\.test\.ts$/

/** What is asked first, since it is about the model, and last, since it takes the most time. */
const portions = [
  (file) => file.startsWith('test/model/'),
  (file) => !/^test\/(model|hostile|bombs|languages)\/|^test\/(fix-all|fuzz|damage)\./.test(file),
  (file) => /^test\/(hostile|languages)\/|^test\/(fuzz|damage)\./.test(file),
  (file) => /^test\/(bombs\/|fix-all\.)/.test(file),
]

/**
 * Tells of each of `mutants`, which are written into the sources of `copy`, that a test file notices. Gives the others, with
 * how many files reach each.
 */
export async function askTests(copy, mutants, tell) {
  const importing = await importingIn(copy)
  let living = mutants.map((mutant) => ({ ...mutant, files: 0 }))
  for (const isIn of portions) {
    if (living.length === 0) break
    const files = importing(living.map(({ path }) => path)).filter(isIn)
    const { seconds, reaching } = await reachIn(copy, files)
    const left = []
    for (const one of living) {
      const own = (reaching.get(one.number) ?? []).toSorted((a, b) => seconds.get(a) - seconds.get(b))
      const failed = own.length > 0 && (await vitest(copy, own, { MUTANT: one.number }, ['--bail=1', '--reporter=dot']))
      if (failed) tell(one, own.length > 3 ? `one of ${own.length} test files` : own.join(' or '))
      else left.push({ ...one, files: one.files + own.length })
    }
    living = left
  }
  return living
}

/** Which files reach which mutant, and how long each takes, by a run without any. */
async function reachIn(copy, files) {
  const [json, reached] = [join(copy, 'run.json'), join(copy, 'reached.txt')]
  rmSync(reached, { force: true })
  await vitest(copy, files, { REACHED: reached }, ['--reporter=json', `--outputFile=${json}`])
  const seconds = new Map()
  for (const { name, status, startTime, endTime } of JSON.parse(readFileSync(json, 'utf8')).testResults) {
    if (status === 'passed') seconds.set(relative(copy, name), endTime - startTime)
    else console.log(`left out, since it fails without any mutant: ${relative(copy, name)}`)
  }
  const reaching = new Map()
  const lines = existsSync(reached) ? readFileSync(reached, 'utf8').split('\n').filter(Boolean) : []
  for (const [name, number] of lines.map((line) => line.split('\t'))) {
    const file = relative(copy, name)
    if (seconds.has(file)) reaching.set(Number(number), [...(reaching.get(Number(number)) ?? []), file])
  }
  return { seconds, reaching }
}

/** Whether a test of `files` fails. */
async function vitest(copy, files, env, options) {
  const { exitCode } = await $({
    cwd: copy,
    nothrow: true,
    quiet: true,
    timeout: '30m',
    env: { ...process.env, ...env, NODE_OPTIONS: `--import=${join(copy, 'scripts/mutate/in-vitest.mjs')}` },
  })`node node_modules/vitest/vitest.mjs run ${files} ${options}`
  return exitCode !== 0
}

/** Gives the test files that import one of some paths, by whatever way. */
async function importingIn(copy) {
  const tests = (await glob('test/**/*.test.ts', { cwd: copy })).filter((file) => !others.test(file))
  const { metafile } = await build({
    absWorkingDir: copy,
    entryPoints: tests,
    outdir: 'none',
    write: false,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  })
  const imported = (path) => metafile.inputs[path]?.imports.map((one) => one.path) ?? []
  return (paths) =>
    tests.filter((test) => {
      const seen = new Set([test])
      for (const path of seen) for (const other of imported(path)) seen.add(other)
      return paths.some((path) => seen.has(path))
    })
}
