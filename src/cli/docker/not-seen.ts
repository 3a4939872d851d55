import { type ExitCode, exit } from '../exit.ts'
import type { Io } from '../io.ts'

/** Says that something was not seen, and what follows; whatever `--fail-on` says, that is no clean project. */
export function notSeen(consequence: string, io: Io): ExitCode {
  io.stderr.write(`docker-gotchas: not all could be read, so ${consequence}\n`)
  return exit.failure
}
