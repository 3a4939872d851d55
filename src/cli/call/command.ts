import type { Io } from '../io/io.ts'
import type { Call, Flag } from './flags.ts'

/** A command: what help says about it, and what it does. Heavy rooms are imported inside `run`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What comes after the flags, such as `[PATH…]`; empty where nothing may. */
  readonly operands: string
  /** What it does, for its own help: lines of text. */
  readonly description: readonly string[]
  readonly flags: readonly Flag[]
  readonly examples: readonly { readonly call: string; readonly does: string }[]
  /** Whether its flags are those of docker: it gets all words as operands. */
  readonly passesOn?: true
  /** Gives the exit code: one of `exit`, or docker's own where docker was run. */
  run(call: Call, io: Io): Promise<number>
}
