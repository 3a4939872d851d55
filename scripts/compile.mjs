// Writes beside each part of the program what Node makes of it while it runs, so that it need not be compiled at each start.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { engineFlags } from './engine-flags.mjs'
import { partFiles } from './parts.mjs'

// Node takes what was made under the flags that it has.
const { first } = engineFlags(Number.parseInt(process.versions.node, 10))
for (const flag of first) setFlagsFromString(flag)

const parts = new Map(partFiles.map((name) => [`./${name}`, part(resolve('dist', name))]))
const require = createRequire(resolve('dist/cli.js'))
const requireAny = (name) => parts.get(name)?.exported() ?? require(name)

function part(path) {
  const text = readFileSync(path, 'latin1')
  const script = new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, { filename: path })
  let module
  const exported = () => {
    if (module) return module.exports
    module = { exports: {} }
    script.runInThisContext()(module.exports, requireAny, module, path, dirname(path))
    return module.exports
  }
  return { path, script, exported }
}

process.argv = [
  process.execPath,
  'dist/cli.js',
  'lint',
  'samples/first-deploy',
  'samples/mended-shop',
  '--fail-on',
  'never',
]
process.stdout.write = () => true
requireAny('./program.cjs').start(() => {})
process.on('exit', (code) => {
  if (code !== 0) return
  for (const { path, script } of parts.values())
    writeFileSync(`${path}.${process.version}-${process.arch}`, script.createCachedData())
})
