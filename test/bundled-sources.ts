import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Plugin as Bundling, build, version } from 'esbuild'
import type { Plugin } from 'vitest/config'

const root = fileURLToPath(new URL('../', import.meta.url))
const src = join(root, 'src')
const cache = join(root, 'node_modules/.cache/docker-gotchas')

/**
 * Gives the tests the modules of src/ out of one file that Node loads by itself, in place of one after the other through
 * Vite, which takes seconds a test file. Watching and coverage need the sources and get them. Where it is `counting`, the
 * modules count the blocks that they execute.
 */
export function bundledSources(counting = false): Plugin {
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
      bundling ??= bundle(counting)
      const folder = await bundling
      return folder === '' ? undefined : join(folder, path.replace(/\.ts$/, '.cjs'))
    },
    load: (id) => (counting && id.startsWith(src) ? countedModule(id) : undefined),
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

/** Loads what counts only where something is counted. */
async function countedModule(path: string): Promise<string> {
  const { counted } = await import('./counted.ts')
  return counted(path, readFileSync(path, 'utf8'))
}

const countingBlocks: Bundling = {
  name: 'counting-blocks',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => ({
      contents: await countedModule(path),
      loader: path.endsWith('ts') ? 'ts' : 'js',
    })),
}

/** The folder of the bundle of src/ as it is now, from an earlier run where nothing has changed. */
async function bundle(counting: boolean): Promise<string> {
  const kept = join(cache, counting ? 'counting' : 'plain')
  const modules = importedBy(filesIn(join(root, 'test'))).map((file) => relative(src, file))
  const state = createHash('sha256').update([version, root, ...modules].join('\n'))
  for (const file of [fileURLToPath(import.meta.url), join(root, 'test/counted.ts'), ...filesIn(src)])
    state.update(`\n${file}\n`).update(readFileSync(file))
  const folder = join(kept, state.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(kept, { recursive: true })
  const made = mkdtempSync(join(kept, 'new-'))
  await build({
    stdin: { contents: lazily(modules), resolveDir: src },
    outfile: join(made, 'all.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    // Loaded on demand, with files beside them.
    external: ['@hpcc-js/wasm-graphviz', 'web-tree-sitter', 'tree-sitter-elixir'],
    define: { 'import.meta.url': 'placeOfBundle' },
    plugins: counting ? [countingBlocks] : [],
    banner: { js: "const placeOfBundle = require('node:url').pathToFileURL(__filename).href" },
    sourcemap: true,
    logLevel: 'warning',
  })
  // Two lines, so that Node does not look through the bundle for names of exports, which takes longer than to run it.
  const all = JSON.stringify(join(folder, 'all.cjs'))
  for (const module of modules) {
    const file = join(made, module.replace(/\.ts$/, '.cjs'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `const modules = require(${all})\nmodule.exports = modules[${JSON.stringify(module)}]()\n`)
  }
  for (const old of readdirSync(kept)) {
    if (join(kept, old) !== made) rmSync(join(kept, old), { recursive: true, force: true })
  }
  renameSync(made, folder)
  return folder
}

/** A module that holds others, each of which is only run when it is asked for. */
const lazily = (modules: readonly string[]): string =>
  modules
    .map((module) => `exports[${JSON.stringify(module)}] = () => require(${JSON.stringify(`./${module}`)})`)
    .join('\n')
