import { fileURLToPath } from 'node:url'
import { reasonOf } from '../files/reason.ts'
import { once } from '../text/once.ts'
import { directOutput, lazyInput } from './io/direct.ts'
import { exit } from './io/exit.ts'
import type { Io } from './io/io.ts'
import { passTo } from './io/pass-to.ts'
import { run } from './run.ts'

/** A reader that has seen enough, such as `head`, is no failure; a full disk is one. */
function onClosedOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.write(`docker-gotchas: the output cannot be written: ${reasonOf(error)}\n`)
  process.exit(exit.failure)
}

const output = once(() => process.stdout.on('error', onClosedOutput))

const errors = once(() =>
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(exit.failure)
  }),
)

const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function onInterrupt(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of interrupts) process.on(signal, listener)
  return () => {
    for (const signal of interrupts) process.off(signal, listener)
  }
}

/** The working directory; undefined where it has been deleted. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** The file of this program: the standalone executable, in which the script has a place of no disk, or the script. */
const programFile = (): string | undefined =>
  /^(\/\$bunfs|[A-Z]:[\\/]~BUN)[\\/]/.test(process.argv[1] ?? '') ? process.execPath : process.argv[1]

/** Where this script is: in the executable, on no disk. */
const scriptFile = (): string =>
  programFile() === process.execPath ? (process.argv[1] ?? '') : fileURLToPath(new URL('cli.js', import.meta.url))

/** Starts a thread of this very program, to which `scripts/program.js` leads. */
const hire: Io['hire'] = async (orders) => (await import('./many/crew.ts')).hire(scriptFile(), orders)

async function main(settleIn: () => void): Promise<number> {
  const cwd = workingDirectory()
  if (cwd !== undefined) {
    const { argv, env } = process
    const stdout = directOutput(1, output)
    const stderr = directOutput(2, errors)
    const stdin = lazyInput(() => process.stdin)
    const pass: Io['pass'] = (bytes, isLast) => passTo(output())(bytes, isLast)
    const program = programFile()
    return run(argv.slice(2), { stdin, stdout, stderr, pass, cwd, env, onInterrupt, program, hire, settleIn })
  }
  process.stderr.write('docker-gotchas: the working directory is not there any more\n')
  return exit.failure
}

/** Runs the command line of this process. `settleIn` is called where there is so much to do that it pays to compile for it. */
export function start(settleIn: () => void): void {
  main(settleIn).then((code) => {
    process.exitCode = code
  })
}
