import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

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
} else require(program)
