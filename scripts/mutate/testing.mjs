// Whether a test file notices a mutant: each that reaches it is run with it, the quick ones first, up to the first failure.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { $, glob } from 'zx'

/** What the judge looks at. */
const judged = /^test\/(rules|bases|patterns|one-way|rules-recorded)\.test\.ts$/

/** They need a daemon or a browser. */
const elsewhere = /^test\/(docker|browser)\//

/** Seconds of tests that one process runs, which takes a few to start. */
const portion = 20

/** The tests of the mutants that are written into the sources of `copy`. */
export async function testing(copy, mutants) {
  const files = await filesFor(copy, new Set(mutants.map(({ path }) => path)))
  const failing = new Set()
  const seconds = new Map()
  const json = join(copy, 'run.json')
  const reached = join(copy, 'reached.txt')
  await vitest(copy, files, { REACHED: reached }, ['--reporter=json', `--outputFile=${json}`])
  for (const { name, status, startTime, endTime } of JSON.parse(readFileSync(json, 'utf8')).testResults) {
    const file = relative(copy, name)
    seconds.set(file, (endTime - startTime) / 1000)
    if (status !== 'passed') failing.add(file)
  }
  for (const file of failing) console.log(`left out, since it fails without any mutant: ${file}`)
  const reaching = new Map()
  const lines = existsSync(reached) ? readFileSync(reached, 'utf8').split('\n').filter(Boolean) : []
  for (const line of lines) {
    const [name, number] = line.split('\t')
    const file = relative(copy, name)
    if (!failing.has(file)) reaching.set(Number(number), (reaching.get(Number(number)) ?? new Set()).add(file))
  }

  return {
    reaching: ({ number }) => reaching.get(number)?.size ?? 0,
    async noticed({ number }) {
      const inOrder = [...(reaching.get(number) ?? [])].sort((a, b) => seconds.get(a) - seconds.get(b))
      for (const some of portions(inOrder, seconds)) {
        const env = { MUTANT: String(number) }
        if ((await vitest(copy, some, env, ['--bail=1', '--reporter=dot'])) !== 0) return some.join(' or ')
      }
      return undefined
    },
  }
}

/** Files one after the other that take `portion` seconds together, or one that takes longer. */
function portions(files, seconds) {
  const all = [[]]
  let sum = 0
  for (const file of files) {
    sum += seconds.get(file)
    if (sum > portion && all.at(-1).length > 0) {
      all.push([])
      sum = seconds.get(file)
    }
    all.at(-1).push(file)
  }
  return all.filter((some) => some.length > 0)
}

async function vitest(copy, files, env, options) {
  const before = `--import=${join(copy, 'scripts/mutate/in-vitest.mjs')}`
  const { exitCode } = await $({
    cwd: copy,
    nothrow: true,
    quiet: true,
    timeout: '30m',
    env: { ...process.env, ...env, NODE_OPTIONS: before },
  })`node node_modules/vitest/vitest.mjs run ${files} ${options}`
  return exitCode
}

/** The test files that import one of `paths`, by whatever way. */
async function filesFor(copy, paths) {
  const tests = (await glob('test/**/*.test.ts', { cwd: copy })).filter(
    (file) => !judged.test(file) && !elsewhere.test(file),
  )
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
  const imports = (path) => metafile.inputs[path]?.imports.map((one) => one.path) ?? []
  return tests.filter((test) => {
    const seen = new Set([test])
    for (const path of seen) for (const other of imports(path)) seen.add(other)
    return [...paths].some((path) => seen.has(path))
  })
}
