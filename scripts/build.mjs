// Bundles the command line and the library into dist/, so that the package needs no other package. Their types take much
// longer: they are made for the package (`--types`) and in CI.
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const wasm = ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-elixir/tree-sitter-elixir.wasm']

await rm('dist', { recursive: true, force: true })
await mkdir('dist')
const { metafile } = await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: '[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  // CommonJS packages ask for Node's own modules by `require`, which a module does not have.
  banner: { js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);" },
  logLevel: 'warning',
})
await writeFile(
  'dist/cli.js',
  (await readFile('scripts/launcher.sh', 'utf8')) + (await readFile('dist/cli.js', 'utf8')),
)
await chmod('dist/cli.js', 0o755)
for (const file of wasm) {
  const copy = join('dist', file.slice(file.indexOf('/') + 1))
  await copyFile(join('node_modules', file), copy)
  await chmod(copy, 0o644)
}
await copyFile('docs/settings.schema.json', 'dist/settings.schema.json')
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licences(Object.keys(metafile.inputs)))
if (process.argv.includes('--types') || process.env.CI) await import('./types.mjs')

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
