// Bundles the command line and the library into dist/, so that the package needs no other package. Their types take much
// longer: they are made for the package (`--types`) and in CI. With `--if-stale` nothing is done where all of it is there
// and new enough.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import { link } from './link.mjs'
import { partFiles, writeParts } from './parts.mjs'

const wasm = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-elixir/tree-sitter-elixir.wasm']

const unnamed = 'build-0000000000000000'
const target = 'node20.19'

if (process.argv.includes('--if-stale') && isFresh()) process.exit(0)

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
// The grammar is a thirteenth of its size so, and is unpacked in some milliseconds by the few calls that need it.
for (const file of wasm) {
  const bytes = await readFile(join('node_modules', file))
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  await writeFile(join('dist', `${file.slice(file.indexOf('/') + 1)}.br`), packed)
}
const { metafile } = await build({
  ...{ entryPoints: { graphviz: '@hpcc-js/wasm-graphviz' }, outdir: 'dist', outExtension: { '.js': '.cjs' } },
  ...{ bundle: true, format: 'cjs', platform: 'node', target, minify: true, legalComments: 'none', metafile: true },
})
// The program and the library are scripts, since Node keeps the compiled code of scripts, but not of modules.
const linked = await link(
  'scripts/program.js',
  {
    target,
    define: { 'import.meta.url': 'parts.place' },
    alias: {
      'web-tree-sitter': resolve('node_modules/web-tree-sitter/web-tree-sitter.cjs'),
      'vscode-languageserver-types': resolve('scripts/positions.cjs'),
    },
  },
  { '@hpcc-js/wasm-graphviz': './graphviz.cjs' },
)
await writeParts(linked, target)
await named(partFiles.map((file) => join('dist', file)))
await writeFile(
  'dist/index.js',
  libraryOf(Object.keys(createRequire(resolve('dist/index.js'))('./program.cjs').library())),
)
const launcher = await build({
  ...{ entryPoints: ['scripts/launcher.js'], bundle: true, format: 'esm', platform: 'node', target, write: false },
})
await writeFile('dist/cli.js', (await readFile('scripts/launcher.sh', 'utf8')) + launcher.outputFiles[0].text)
await chmod('dist/cli.js', 0o755)
for (const name of ['settings', 'report', 'baseline'])
  await copyFile(`docs/${name}.schema.json`, `dist/${name}.schema.json`)
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licences([...linked.inputs, ...Object.keys(metafile.inputs)]))
await promisify(execFile)(process.execPath, ['scripts/compile.mjs'])
if (process.argv.includes('--types') || process.env.CI) await import('./types.mjs')

/** Whether all that is built is there, for this Node too, and nothing that it is made of has been changed since. */
function isFresh() {
  const made = [
    ...partFiles.flatMap((file) => [`dist/${file}`, `dist/${file}.${process.version}-${process.arch}`]),
    'dist/index.js',
    'dist/cli.js',
    ...(process.env.CI ? ['dist/index.d.ts'] : []),
  ]
  if (made.some((file) => !existsSync(file))) return false
  const builtAt = statSync('dist/program.cjs').mtimeMs
  const folders = ['src', 'scripts', 'docs'].flatMap((folder) =>
    [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, name))].filter(
      (path) => folder !== 'docs' || path.endsWith('.schema.json'),
    ),
  )
  return ['package.json', 'package-lock.json', ...folders].every((path) => statSync(path).mtimeMs <= builtAt)
}

/** The library as a module: the same names, of the one script. */
function libraryOf(names) {
  return `import{createRequire}from'node:module';
export const{${names.sort().join(',')}}=createRequire(import.meta.url)('./program.cjs').library();
`
}

/** Writes into the program what it is made of (`build` in `src/report/version.ts`). */
async function named(paths) {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  const name = `build-${createHash('sha256').update(texts.join('')).digest('hex').slice(0, 16)}`
  if (!texts.some((text) => text.includes(unnamed))) throw new Error('the program has no place for its name')
  for (const [index, text] of texts.entries()) await writeFile(paths[index], text.replaceAll(unnamed, name))
}

async function licences(inputs) {
  const files = [...inputs, ...wasm.map((file) => `node_modules/${file}`)]
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))
  const parts = []
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    const texts = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort()
    const bodies = await Promise.all(texts.map((file) => readFile(join(folder, file), 'utf8')))
    if (bodies.length === 0) throw new Error(`${name} ships no licence text`)
    parts.push(`${name} ${version} (${license})\n\n${bodies.map((body) => body.trim()).join('\n\n')}\n`)
  }
  return `docker-gotchas contains the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
