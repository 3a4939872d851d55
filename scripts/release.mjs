// Makes what a release is of, in release/ or the folder of --out: `node scripts/release.mjs v0.1.0`. It refuses a tag that is not
// the version of package.json, or of which the changelog says nothing. --built packs dist/ as it is.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { materials, sumsIn } from './materials.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'release' }, built: { type: 'boolean', default: false } },
})
const [tag = ''] = positionals
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
if (tag !== `v${version}`) refuse(`the tag is \`${tag}\`, and package.json says ${version}`)
const notes = notesOf(version)
if (notes === undefined) refuse(`CHANGELOG.md has no part \`## ${version}\``)

const out = values.out
mkdirSync(out, { recursive: true })
execFileSync('npm', ['pack', '--pack-destination', out, ...(values.built ? ['--ignore-scripts'] : [])], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (readdirSync(out).every((file) => !file.endsWith('.tgz'))) refuse('nothing was packed')
writeFileSync(join(out, 'docker-gotchas.cdx.json'), `${JSON.stringify(await materials(), undefined, 2)}\n`)
writeFileSync(join(out, 'SHA256SUMS'), await sumsIn(out))
writeFileSync(join(out, 'NOTES.md'), notes)

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
