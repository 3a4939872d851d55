// Writes the standalone executables into packages/: `node scripts/package.mjs [TARGET…]`, all targets where none is named.
// Beside them stand their SHA-256 sums and a list of what is in them (CycloneDX).
import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { materials, sumsIn } from './materials.mjs'

const run = promisify(execFile)

/** The names of the executables, and the packages of npm that hold Bun for them. */
const targets = {
  'linux-x64': 'bun-linux-x64',
  'linux-arm64': 'bun-linux-aarch64',
  'linux-x64-musl': 'bun-linux-x64-musl',
  'linux-arm64-musl': 'bun-linux-aarch64-musl',
  'darwin-x64': 'bun-darwin-x64',
  'darwin-arm64': 'bun-darwin-aarch64',
  'windows-x64': 'bun-windows-x64',
  'windows-arm64': 'bun-windows-aarch64',
}
/** What reads Elixir; not packed, as it is in `dist/`, since to unpack it takes a tenth of a lint. */
const grammar = ['web-tree-sitter.wasm', 'tree-sitter-elixir.wasm']
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(targets, name))
if (unknown.length > 0) throw new Error(`no target ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}`)

const { version } = await json('node_modules/bun/package.json')
const elsewhere = await mkdtemp(join(tmpdir(), 'docker-gotchas-package-'))
await mkdir('packages', { recursive: true })
try {
  for (const name of grammar) await copyFile(join('node_modules', basename(name, '.wasm'), name), join('dist', name))
  const here = await bunFor(await ownPackage())
  const order = await orderOf(here)
  for (const name of asked.length > 0 ? asked : Object.keys(targets))
    await executable(name, here, await bunFor(targets[name]), order)
  await writeFile(
    'packages/docker-gotchas.cdx.json',
    `${JSON.stringify(await materials([['bun', version, 'MIT']]), undefined, 2)}\n`,
  )
  await writeFile('packages/SHA256SUMS', await sumsIn('packages'))
} finally {
  for (const name of grammar) await rm(join('dist', name), { force: true })
  await rm(elsewhere, { recursive: true, force: true })
}

async function json(path) {
  return JSON.parse(await readFile(path, 'utf8'))
}

/** The package of Bun that npm has installed for this machine. */
async function ownPackage() {
  const [name] = await readdir('node_modules/@oven')
  return name
}

/** The program of a package of Bun; npm fetches that of another machine, and looks at its sum. */
async function bunFor(name) {
  const program = name.includes('windows') ? 'bin/bun.exe' : 'bin/bun'
  if (name === (await ownPackage())) return resolve('node_modules/@oven', name, program)
  const { stdout } = await run('npm', ['pack', `@oven/${name}@${version}`, '--silent', '--pack-destination', elsewhere])
  await mkdir(join(elsewhere, name))
  await run('tar', ['xzf', join(elsewhere, stdout.trim()), '-C', join(elsewhere, name), '--strip-components=1'])
  return join(elsewhere, name, program)
}

/** In which order an executable of this machine needs what it is made of: what is needed together is to lie together. */
async function orderOf(bun) {
  const program = join(elsewhere, 'program')
  await compile(bun, program, [])
  const samples = ['lone-dockerfile/Dockerfile', 'mended-shop']
  const files = samples.map((_, index) => join(elsewhere, `order-${index}`))
  for (const [index, sample] of samples.entries())
    await run(program, ['lint', `samples/${sample}`, '--fail-on', 'never'], {
      env: { ...process.env, BUN_BYTECODE_ORDER_OUT: files[index] },
    })
  return files.join()
}

async function executable(name, bun, runtime, order) {
  const file = resolve(`packages/docker-gotchas-${name}${name.startsWith('windows') ? '.exe' : ''}`)
  const target = [`--target=bun-${name}`, `--compile-executable-path=${runtime}`, `--bytecode-order=${order}`]
  await compile(bun, file, target)
  await chmod(file, 0o755)
}

/** Compiles what `npm run build` has made. It reads no settings of Bun and no `.env` where it is started. */
async function compile(bun, file, more) {
  const flags = [
    ...['--compile', '--bytecode', '--minify', '--format=cjs', '--define=__filename=""', '--compile-jit-policy=1000'],
    ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
    ...[...grammar.map((name) => `--asset=${name}`), `--outfile=${file}`],
  ]
  await run(bun, ['build', '../scripts/executable.cjs', ...flags, ...more], { cwd: 'dist' })
}
