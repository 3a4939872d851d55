// Writes beside the program what Node makes of it while it runs, so that it need not be compiled at each start.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

// Node takes what was made under the flags that it has, which are those of launcher.js.
if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString('--wasm-tiering-budget=2000000000')

const program = resolve('dist/program.cjs')
const text = readFileSync(program, 'latin1')
const script = new Script(`(function(exports,require,module,__filename,__dirname){${text}\n})`, { filename: program })
process.argv = [process.execPath, program, 'lint', 'samples/first-deploy', 'samples/mended-shop', '--fail-on', 'never']
process.stdout.write = () => true
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program))
module.exports.start()
process.on('exit', (code) => {
  if (code === 0) writeFileSync(`${program}.${process.version}-${process.arch}`, script.createCachedData())
})
