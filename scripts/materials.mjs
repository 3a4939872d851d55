import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const json = async (path) => JSON.parse(await readFile(path, 'utf8'))

/** A line for each file of a folder whose name begins like ours, as `sha256sum --check` reads it. */
export async function sumsIn(folder) {
  const files = (await readdir(folder)).filter((file) => file.startsWith('docker-gotchas')).sort()
  const sumOf = async (file) =>
    createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex')
  return (await Promise.all(files.map(async (file) => `${await sumOf(file)}  ${file}\n`))).join('')
}

/** What the built program is made of, and `more` as [name, version, licence], as CycloneDX 1.6 says it. */
export async function materials(more = []) {
  const { name, version: own, license } = await json('package.json')
  const licences = await readFile('dist/THIRD-PARTY-LICENSES.txt', 'utf8')
  const packages = [...licences.matchAll(/^(\S+) (\d\S*) \((.+)\)$/gm)].map(([, ...one]) => one)
  const component = ([name, version, licence]) => ({
    type: 'library',
    name,
    version,
    licenses: [{ expression: licence }],
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  })
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', name, version: own, licenses: [{ expression: license }] },
    },
    components: [...packages, ...more].map(component),
  }
}
