#!/usr/bin/env node
import { run } from './run.ts'

/** A reader that has seen enough, such as `head`, is no failure. */
function forgiveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

process.stdout.on('error', forgiveClosedPipe)
process.stderr.on('error', forgiveClosedPipe)

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
})
