import { type ExitCode, exit } from './exit.ts'

/** Where text goes; a stream of the process is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  /** Columns of the terminal. */
  readonly columns?: number | undefined
}

/** All that a command may know of its surroundings, so that it can be run without a process. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined }
  readonly stdout: Output
  readonly stderr: Output
  /** Writes bytes to the standard output; false where nobody reads them any more. Fails where they cannot be written. */
  pass(bytes: Uint8Array, isLast: boolean): Promise<boolean>
  /** An absolute path. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file of this program, absolute. */
  readonly program?: string | undefined
  /** Docker's own flags that stand before `gotchas`, where Docker started us as its plugin. */
  readonly dockerFlags?: readonly string[]
  /** Calls `listener` instead of ending the process when it is interrupted, until what it gives is called. */
  readonly onInterrupt?: (listener: (signal: NodeJS.Signals) => void) => () => void
}

/** Says on stderr why the call is wrong, and where to read on. */
export function callIsWrong(io: Io, message: string, command = ''): ExitCode {
  io.stderr.write(`docker-gotchas: ${message}\nsee \`docker-gotchas ${command}${command && ' '}--help\`\n`)
  return exit.usage
}

/** Whether `output` is to have colours: by NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function hasColour({ NO_COLOR, FORCE_COLOR, TERM }: Io['env'], output: Output): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return output.isTTY === true && TERM !== 'dumb'
}

const narrowest = 60
const widthOfFiles = 120

/** Columns to lay out a report for; 120 where `output` is no terminal. */
export const widthOf = (output: Output): number => Math.max(narrowest, output.columns ?? widthOfFiles)
