import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

// The grammar of Elixir is run too briefly for what it costs to optimize it. A Node that may not know the flag is spared it.
if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString('--wasm-tiering-budget=2000000000')

const program = fileURLToPath(new URL('program.cjs', import.meta.url))
const require = createRequire(program)
// What this very Node once made of the program: it need not compile it again, and takes no notice of what another one made.
const compiled = `${program}.${process.version}-${process.arch}`

if (existsSync(compiled)) {
  const cachedData = readFileSync(compiled)
  const text = readFileSync(program, 'latin1')
  const wrapped = `(function(exports,require,module,__filename,__dirname){${text}\n})`
  const run = new Script(wrapped, { filename: program, cachedData }).runInThisContext()
  const module = { exports: {} }
  run(module.exports, require, module, program, dirname(program))
  module.exports.start()
} else require(program).start()
