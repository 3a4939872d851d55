import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, version } from 'esbuild'
import type { Plugin } from 'vitest/config'

const root = fileURLToPath(new URL('../', import.meta.url))
const src = join(root, 'src')
const kept = join(root, 'node_modules/.cache/docker-gotchas')

/**
 * Gives the tests the modules of src/ as a few hundred files that Node loads by itself, in place of one after the other
 * through Vite, which takes seconds a test file. Watching and coverage need the sources and get them.
 */
export function bundledSources(): Plugin {
  let bundling: string | Promise<string> | undefined
  return {
    name: 'bundled-sources',
    enforce: 'pre',
    configureVitest: ({ vitest: { config } }) => {
      if (config.watch || config.coverage.enabled) bundling = ''
    },
    async resolveId(id, importer) {
      const path = importer && id.startsWith('.') ? relative(src, resolve(dirname(importer), id)) : '..'
      if (path.startsWith('..') || !path.endsWith('.ts')) return undefined
      bundling ??= bundle()
      const folder = await bundling
      return folder === '' ? undefined : join(folder, path.replace(/\.ts$/, '.js'))
    },
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => join(folder, file))

/** The modules of src/ that `tests` import. */
function importedBy(tests: readonly string[]): readonly string[] {
  const found = tests.flatMap((test) =>
    [...readFileSync(test, 'utf8').matchAll(/['"](\.[^'"]*\/src\/[^'"]+\.ts)['"]/g)].map(([, path]) =>
      resolve(dirname(test), path ?? ''),
    ),
  )
  return [...new Set(found)].filter(existsSync).sort()
}

/** The folder of the bundle of src/ as it is now, from an earlier run where nothing has changed. */
async function bundle(): Promise<string> {
  const entryPoints = importedBy(filesIn(join(root, 'test')))
  const state = createHash('sha256').update(`${version}\n${entryPoints.join('\n')}`)
  for (const file of filesIn(src)) state.update(`\n${file}\n`).update(readFileSync(file))
  const folder = join(kept, state.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(kept, { recursive: true })
  const made = mkdtempSync(`${kept}-`)
  await build({
    entryPoints: [...entryPoints],
    outbase: src,
    outdir: made,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  for (const old of existsSync(kept) ? readdirSync(kept) : []) {
    if (old !== basename(folder)) rmSync(join(kept, old), { recursive: true, force: true })
  }
  renameSync(made, folder)
  return folder
}
