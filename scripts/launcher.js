import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { engineFlags } from './engine-flags.mjs'

const { first, later } = engineFlags(Number.parseInt(process.versions.node, 10))
for (const flag of first) setFlagsFromString(flag)
const settleIn = () => {
  for (const flag of later) setFlagsFromString(flag)
}
setTimeout(settleIn, 200).unref()

// Certificates of this machine take Node longer to read than a Dockerfile, and nobody here asks the network: `launcher.sh`
// hides them from it, but not from whoever is told of the environment.
const { DOCKER_GOTCHAS_CA_CERTS: certificates } = process.env
if (certificates !== undefined) {
  delete process.env.DOCKER_GOTCHAS_CA_CERTS
  process.env.NODE_EXTRA_CA_CERTS = certificates
}

const require = createRequire(import.meta.url)
const loaded = new Map()

/** A part of the program. What this very Node once made of it is taken, and no notice of what another one made. */
function load(name) {
  const path = fileURLToPath(new URL(name, import.meta.url))
  const compiled = `${path}.${process.version}-${process.arch}`
  if (!existsSync(compiled)) return require(path)
  const wrapped = `(function(exports,require,module,__filename,__dirname){${readFileSync(path, 'latin1')}\n})`
  const script = new Script(wrapped, { filename: path, cachedData: readFileSync(compiled) })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, requireOnce, module, path, dirname(path))
  return module.exports
}

function requireOnce(name) {
  if (!name.startsWith('./')) return require(name)
  if (!loaded.has(name)) loaded.set(name, load(name))
  return loaded.get(name)
}

load('./program.cjs').start(settleIn)
