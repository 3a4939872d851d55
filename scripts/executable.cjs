// How the executable starts. Bun is told by its environment alone how it compiles and when it collects garbage, so the program
// starts itself again with what suits a call of some moments; for a lone Dockerfile that would take longer than it saves.
const { statSync, existsSync } = require('node:fs')
const { dirname, join } = require('node:path')

const told = {
  // A grammar, and most of all else, runs too briefly for what it costs to optimize it.
  BUN_JSC_useOMGJIT: '0',
  BUN_JSC_useFTLJIT: '0',
  // In bytes. Most calls are over before they have used it.
  BUN_JSC_largeHeapSize: '100000000',
}
// A thread that compiles takes a little more of the processors for one project, and a sixth of the time off many.
const alone = { BUN_JSC_useConcurrentJIT: '0' }
const words = process.argv.slice(2)
const paths = words.slice(1).filter((word) => !word.startsWith('-'))
const isLone = (path) =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true && !existsSync(join(dirname(path), 'mix.exs'))
const isQuick = () =>
  words.length === 0 || words[0].startsWith('-') || (paths.length > 0 && paths.length < 5 && paths.every(isLone))
const isProject = (folder) => ['mix.exs', 'Dockerfile', 'compose.yaml'].some((name) => existsSync(join(folder, name)))
const isMany = () => {
  const there = paths.filter((path) => existsSync(path))
  return (
    there.length > 4 || !(there.length > 0 ? there : ['.']).some((path) => isProject(path) || isProject(dirname(path)))
  )
}

// What the program starts itself is told nothing of it.
const isThread = words[0] === '--of-a-thread'
if (isThread) {
  // It runs as the program does that has started it.
} else if (process.env.BUN_JSC_useOMGJIT !== undefined)
  for (const name of Object.keys({ ...told, ...alone })) delete process.env[name]
else if (process.platform !== 'win32' && !isQuick())
  process.execve(process.execPath, [process.execPath, ...words], {
    ...process.env,
    ...told,
    ...(isMany() ? {} : alone),
  })

// Most calls end before it pays to compile what they run (`--compile-jit-policy`).
require('../dist/program.cjs').start(() => Bun.unsafe.setJITPolicy(10))
