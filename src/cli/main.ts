#!/usr/bin/env node
import { reasonOf } from '../files/reason.ts'
import { exit } from './exit.ts'
import { passTo } from './pass-to.ts'
import { run } from './run.ts'

/** A reader that has seen enough, such as `head`, is no failure; a full disk is one. */
function onClosedOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.write(`docker-gotchas: the output cannot be written: ${reasonOf(error)}\n`)
  process.exit(exit.failure)
}

process.stdout.on('error', onClosedOutput)
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(exit.failure)
})

const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function onInterrupt(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of interrupts) process.on(signal, listener)
  return () => {
    for (const signal of interrupts) process.off(signal, listener)
  }
}

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  pass: passTo(process.stdout),
  cwd: process.cwd(),
  env: process.env,
  onInterrupt,
  program: process.argv[1],
})
