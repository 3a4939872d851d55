import { type ExitCode, exit } from '../io/exit.ts'
import { type Io, remark } from '../io/io.ts'

/** Says that something was not seen, and what follows; whatever `--fail-on` says, that is no clean project. */
export function notSeen(consequence: string, io: Io): ExitCode {
  remark(io, `not all could be read, so ${consequence}`)
  return exit.failure
}
