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

const wasm = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-elixir/tree-sitter-elixir.wasm']

const shared = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}

if (process.argv.includes('--if-stale') && isFresh()) process.exit(0)

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
// The program and the library are one script, since they are made of the same, and since Node keeps the compiled code of
// scripts, but not of modules. All of their modules are one, since it takes longer to begin hundreds than to run them.
const { metafile } = await build({
  ...shared,
  entryPoints: { program: 'scripts/program.js', graphviz: '@hpcc-js/wasm-graphviz' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  alias: { 'web-tree-sitter': resolve('node_modules/web-tree-sitter/web-tree-sitter.cjs') },
  define: { 'import.meta.url': 'placeOfProgram' },
  banner: {
    js: "const placeOfProgram=require('node:url').pathToFileURL(typeof Bun==='object'?process.argv[1]:__filename).href;",
  },
  plugins: [
    besideProgram('@hpcc-js/wasm-graphviz', './graphviz.cjs'),
    loadedWhenUsed(['crypto', 'zlib', 'worker_threads']),
    asOne(),
  ],
})
await asAscii('dist/program.cjs')
await named('dist/program.cjs')
await writeFile(
  'dist/index.js',
  libraryOf(Object.keys(createRequire(resolve('dist/index.js'))('./program.cjs').library())),
)
await writeFile(
  'dist/cli.js',
  (await readFile('scripts/launcher.sh', 'utf8')) + (await readFile('scripts/launcher.js', 'utf8')),
)
await chmod('dist/cli.js', 0o755)
// The grammar is a thirteenth of its size so, and is unpacked in some milliseconds by the few calls that need it.
for (const file of wasm) {
  const bytes = await readFile(join('node_modules', file))
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  await writeFile(join('dist', `${file.slice(file.indexOf('/') + 1)}.br`), packed)
}
for (const name of ['settings', 'report', 'baseline'])
  await copyFile(`docs/${name}.schema.json`, `dist/${name}.schema.json`)
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licences(Object.keys(metafile.inputs)))
await promisify(execFile)(process.execPath, ['scripts/compile.mjs'])
if (process.argv.includes('--types') || process.env.CI) await import('./types.mjs')

/** Whether all that is built is there, for this Node too, and nothing that it is made of has been changed since. */
function isFresh() {
  const compiled = `dist/program.cjs.${process.version}-${process.arch}`
  const made = [
    'dist/program.cjs',
    'dist/index.js',
    'dist/cli.js',
    compiled,
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

/** Escapes what is no ASCII, which stands in regular expressions only, so that a byte is a character and quickly read. */
async function asAscii(path) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  await writeFile(path, (await readFile(path, 'utf8')).replace(/[^\0-\x7f]/g, escaped))
}

/** Writes into the program what it is made of (`build` in `src/report/version.ts`). */
async function named(path) {
  const text = await readFile(path, 'utf8')
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
  if (!text.includes('build-0000000000000000')) throw new Error('the program has no place for its name')
  await writeFile(path, text.replaceAll('build-0000000000000000', `build-${digest}`))
}

/** A package that is a file of its own, loaded only where it is needed. */
function besideProgram(name, path) {
  const isEntry = ({ kind }) => kind === 'entry-point'
  return {
    name: 'beside-program',
    setup: ({ onResolve }) =>
      onResolve({ filter: new RegExp(`^${name}$`) }, (asked) =>
        isEntry(asked) ? undefined : { path, external: true },
      ),
  }
}

/** Modules of ours that are imported where they are needed are in the script anyway. */
function asOne() {
  return {
    name: 'as-one',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const imported = []
        const text = (await readFile(path, 'utf8')).replace(
          /(?<!typeof )\bimport\(\s*('\.[^']+')\s*\)/g,
          (_, from) => `Promise.resolve(imported${imported.push(from) - 1})`,
        )
        const head = imported.map((from, index) => `import * as imported${index} from ${from};`).join('')
        return { contents: head + text, loader: 'ts' }
      }),
  }
}

/** Modules of Node that take long to load and that few calls need. */
function loadedWhenUsed(names) {
  return {
    name: 'loaded-when-used',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^node:(${names.join('|')})$`) }, ({ path }) => ({
        path,
        namespace: 'when-used',
      }))
      onLoad({ filter: /.*/, namespace: 'when-used' }, async ({ path }) => {
        const getters = Object.keys(await import(path)).map(
          (name) => `get ${JSON.stringify(name)}() { return require('${path.slice(5)}')[${JSON.stringify(name)}] }`,
        )
        return { contents: `module.exports = { ${getters.join(',')} }` }
      })
    },
  }
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
