import type { OnInterrupt } from '../../files/write.ts'
import { isPaint, paintedParts } from '../../report/terminal/colour.ts'
import { neutral, neutralLine } from '../../text/neutral.ts'
import type { Checked } from '../../workspace/check.ts'
import type { Result } from '../../workspace/result.ts'
import type { Orders } from '../many/crew.ts'
import type { Mate } from '../many/in-order.ts'
import { type ExitCode, exit } from './exit.ts'

/** Where text goes; a stream of the process is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  /** False where nobody reads it any more. */
  readonly writable?: boolean | undefined
  /** Writes a text that must arrive as it is, whatever it holds; where it is missing, `write` changes nothing. */
  readonly writeAsIs?: (text: string) => unknown
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
  /** Starts a thread that checks projects, as `orders` say; absent where there are none. */
  readonly hire?: ((orders: Orders) => Promise<Mate<Result<Checked>>>) | undefined
  /** Tells what runs us that there is much to do. */
  readonly settleIn?: (() => void) | undefined
  /** Docker's own flags that stand before `gotchas`, where Docker started us as its plugin. */
  readonly dockerFlags?: readonly string[]
  /** Calls `listener` instead of ending the process when it is interrupted, until what it gives is called. */
  readonly onInterrupt?: OnInterrupt | undefined
}

const drawn = (): string => Math.random().toString(36).slice(2)

/**
 * Ends a line of a message of several lines: it is drawn anew at each start, so that no text of a project can hold it and
 * none of its lines looks like ours.
 */
export const lineEnd = `\u001e${drawn()}${drawn()}\n`

/** Prints a message, in which everything but `lineEnd` stays in its line. */
export const say = (output: Output, message: string): unknown =>
  output.write(`${message.split(lineEnd).map(neutralLine).join('\n')}\n`)

/** Says on stderr what is to be said aside from the output. */
export const remark = ({ stderr }: Pick<Io, 'stderr'>, message: string): unknown =>
  say(stderr, `docker-gotchas: ${message}`)

/** Says on stderr why the call is wrong, and where to read on. */
export function callIsWrong(io: Io, message: string, command = ''): ExitCode {
  remark(io, `${message}${lineEnd}see \`docker-gotchas ${command}${command && ' '}--help\``)
  return exit.usage
}

/** An output without what steers a terminal or a CI job, but for our own colours where it has them. */
export function guarded(output: Output, env: Io['env']): Output {
  const write = (text: string) =>
    output.write(
      hasColour(env, output)
        ? paintedParts(text)
            .map((part) => (isPaint(part) ? part : neutral(part)))
            .join('')
        : neutral(text),
    )
  const columns = output.columns ?? columnsIn(env)
  return {
    write,
    writeAsIs: (text) => output.write(text),
    isTTY: output.isTTY,
    columns,
    get writable() {
      return output.writable
    },
  }
}

/** Whether `output` is to have colours: by NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function hasColour({ NO_COLOR, FORCE_COLOR, TERM }: Io['env'], output: Output): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return output.isTTY === true && TERM !== 'dumb'
}

/** What `COLUMNS` says, for an output that is no terminal. */
function columnsIn({ COLUMNS = '' }: Io['env']): number | undefined {
  return /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : undefined
}

const narrowest = 60
const widthOfFiles = 120

/** Columns to lay out a report for; 120 where `output` is no terminal. */
export const widthOf = (output: Output): number => Math.max(narrowest, output.columns ?? widthOfFiles)
