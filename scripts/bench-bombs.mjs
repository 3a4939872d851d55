// Projects with one thing in them ten thousand times, each against the same project with it once, side by side.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { $ } from 'zx'

$.quiet = true
$.nothrow = true
const many = 10_020
const [filter = ''] = process.argv.slice(2)
const cli = resolve('dist/cli.js')
const sample = resolve('samples/mended-shop')
const folder = await mkdtemp(join(tmpdir(), 'docker-gotchas-bombs-'))

async function textsOf(project) {
  const entries = await readdir(project, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [relative(project, path), await readFile(path, 'utf8')])),
  )
}

/** The seconds that a look at a project takes, and how it ended if not well. */
async function time(texts) {
  const cwd = join(folder, 'project')
  await rm(cwd, { recursive: true, force: true })
  await cp(sample, cwd, { recursive: true })
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true })
    await writeFile(join(cwd, path), text)
  }
  const start = performance.now()
  const { exitCode } = await $({ cwd })`timeout 60 node ${cli} lint --quiet --fail-on never .`
  return { seconds: (performance.now() - start) / 1000, ended: exitCode === 0 ? '' : `exit code ${exitCode}` }
}

try {
  const outfile = join(folder, 'shapes.mjs')
  await build({ entryPoints: ['test/bombs/shapes.ts'], outfile, format: 'esm' })
  const { bombs } = await import(pathToFileURL(outfile))
  const healthy = await textsOf(sample)
  const { seconds: base } = await time({})
  for (const { name, texts } of bombs(many, healthy)) {
    if (!name.includes(filter)) continue
    const { seconds, ended } = await time(texts)
    const ratio = `${(seconds / base).toFixed(1)} × the project itself`
    console.log(`${name.padEnd(64)} ${seconds.toFixed(2)} s   ${ratio}   ${ended}`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
