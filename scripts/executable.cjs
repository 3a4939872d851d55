// How the executable starts. A project with Elixir is read by a grammar that runs too briefly for what it costs to optimize
// it; Bun is only told so by its environment, so the program starts itself again with it.
const { existsSync } = require('node:fs')
const { dirname, join } = require('node:path')

const flag = 'BUN_JSC_useOMGJIT'
const words = process.argv.slice(2)
const named = words.slice(1).filter((word) => !word.startsWith('-'))
const hasElixir = () =>
  (named.length > 0 ? named : ['.']).some((path) =>
    [path, dirname(path)].some((folder) => existsSync(join(folder, 'mix.exs'))),
  )

// What the program starts itself is told nothing of it.
const isThread = words[0] === '--of-a-thread'
if (isThread) {
  // It runs as the program does that has started it.
} else if (process.env[flag] !== undefined) delete process.env[flag]
else if (process.platform !== 'win32' && hasElixir())
  process.execve(process.execPath, [process.execPath, ...words], { ...process.env, [flag]: '0' })

// Most calls end before it pays to compile what they run (`--compile-jit-policy`); what takes longer is worth it, and more of
// it the longer it takes.
const settleIn = () => Bun.unsafe.setJITPolicy(50)
setTimeout(settleIn, 200).unref()
setTimeout(() => Bun.unsafe.setJITPolicy(10), 1000).unref()

require('../dist/program.cjs').start(settleIn)
