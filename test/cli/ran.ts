import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'

/** What a command gave. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What is around a command. */
export interface Around {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly isTTY?: boolean
  /** Takes the bytes that are passed on. */
  readonly pass?: (bytes: Uint8Array) => Promise<boolean>
  /** The file of the program. */
  readonly program?: string
  readonly onInterrupt?: NonNullable<Io['onInterrupt']>
}

/** Runs a command line in a folder, without a process. */
export async function cli(
  cwd: string,
  argv: readonly string[],
  { stdin = '', env = {}, isTTY, pass = async () => true, ...more }: Around = {},
): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    stdin: (async function* () {
      yield stdin
    })(),
    stdout: { write: (text) => (stdout += text), isTTY },
    stderr: { write: (text) => (stderr += text), isTTY },
    pass,
    cwd,
    env: { HOME: '/nowhere', ...env },
    ...more,
  })
  return { code, stdout, stderr }
}
