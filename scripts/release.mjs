// Makes what a release is of, in release/ or the folder of --out: `node scripts/release.mjs v0.1.0`. It refuses a tag that is not
// the version of package.json, or of which the changelog says nothing. --built packs dist/ as it is. Where the package lives is
// said by who releases it ($GITHUB_SERVER_URL, $GITHUB_REPOSITORY): `npm publish --provenance` asks for it, and the registry
// finds the pictures of the README by it.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { materials, sumsIn } from './materials.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'release' }, built: { type: 'boolean', default: false } },
})
const [tag = ''] = positionals
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const { version } = manifest
const { GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = process.env
if (tag !== `v${version}`) refuse(`the tag is \`${tag}\`, and package.json says ${version}`)
const notes = notesOf(version)
if (notes === undefined) refuse(`CHANGELOG.md has no part \`## ${version}\``)

const out = resolve(values.out)
mkdirSync(out, { recursive: true })
if (!values.built) execFileSync('npm', ['run', '--silent', 'prepack'], { stdio: 'inherit' })
pack()
if (readdirSync(out).every((file) => !file.endsWith('.tgz'))) refuse('nothing was packed')
writeFileSync(join(out, 'docker-gotchas.cdx.json'), `${JSON.stringify(await materials(), undefined, 2)}\n`)
writeFileSync(join(out, 'SHA256SUMS'), await sumsIn(out))
writeFileSync(join(out, 'NOTES.md'), notes)

/** Packs what `npm pack` would, with the address of whoever releases it. */
function pack() {
  const stage = mkdtempSync(join(tmpdir(), 'docker-gotchas-release-'))
  try {
    const [{ files }] = JSON.parse(npm('.', ['pack', '--dry-run', '--json']))
    for (const { path } of files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true })
      copyFileSync(path, join(stage, path))
    }
    if (/^[\w.-]+\/[\w.-]+$/.test(repository)) address(stage)
    else console.error('release: $GITHUB_REPOSITORY names no repository, and so does the package')
    npm(stage, ['pack', '--pack-destination', out])
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

function npm(cwd, words) {
  const stdio = ['ignore', 'pipe', 'inherit']
  return execFileSync('npm', [...words, '--ignore-scripts'], { cwd, encoding: 'utf8', stdio })
}

function address(stage) {
  const home = `${server}/${repository}`
  const where = {
    repository: { type: 'git', url: `git+${home}.git` },
    homepage: `${home}#readme`,
    bugs: { url: `${home}/issues` },
  }
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify({ ...manifest, ...where }, undefined, 2)}\n`)
  const readme = join(stage, 'README.md')
  writeFileSync(readme, readFileSync(readme, 'utf8').replaceAll('OWNER/docker-gotchas', repository))
}

/** What the changelog says of a version. */
function notesOf(version) {
  const parts = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1)
  const part = parts.find((text) => text.split(/\s/, 1)[0] === version)
  return part?.slice(part.indexOf('\n') + 1).trimStart()
}

function refuse(why) {
  console.error(`release: ${why}`)
  process.exit(1)
}
