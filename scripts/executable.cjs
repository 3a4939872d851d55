// How the executable starts. Bun is told by its environment alone how it compiles and when it collects garbage, so the program
// starts itself again with what suits a call of some moments; for a lone Dockerfile that would take longer than it saves.
const { statSync, existsSync } = require('node:fs')
const { dirname, join } = require('node:path')

const told = {
  // A grammar, and most of all else, runs too briefly for what it costs to optimize it.
  BUN_JSC_useOMGJIT: '0',
  BUN_JSC_useFTLJIT: '0',
  BUN_JSC_useConcurrentJIT: '0',
  // In bytes. Most calls are over before they have used it.
  BUN_JSC_largeHeapSize: '100000000',
}
const words = process.argv.slice(2)
const isLone = (path) =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true && !existsSync(join(dirname(path), 'mix.exs'))
const isQuick = () => {
  const named = words.slice(1).filter((word) => !word.startsWith('-'))
  return words.length === 0 || words[0].startsWith('-') || (named.length > 0 && named.length < 5 && named.every(isLone))
}

// What the program starts itself is told nothing of it.
const isThread = words[0] === '--of-a-thread'
if (isThread) {
  // It runs as the program does that has started it.
} else if (process.env.BUN_JSC_useOMGJIT !== undefined) for (const name of Object.keys(told)) delete process.env[name]
else if (process.platform !== 'win32' && !isQuick())
  process.execve(process.execPath, [process.execPath, ...words], { ...process.env, ...told })

// Most calls end before it pays to compile what they run (`--compile-jit-policy`).
require('../dist/program.cjs').start(() => Bun.unsafe.setJITPolicy(10))
