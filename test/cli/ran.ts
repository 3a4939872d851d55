import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Io } from '../../src/cli/io/io.ts'
import { run } from '../../src/cli/run.ts'

/** A name that looks like a word: one that looks drawn by lot would be masked where a message names the folder. */
const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('')

/** A new folder with these files, for the caller to remove. */
export function newFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(tmpdir(), `docker-gotchas-${letters(12)}`)
  mkdirSync(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** What a command gave. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What is around a command. */
export interface Around {
  readonly stdin?: string | Uint8Array
  /** The standard input as it comes, instead of `stdin`. */
  readonly stream?: AsyncIterable<Uint8Array>
  readonly env?: Readonly<Record<string, string>>
  readonly isTTY?: boolean
  /** Takes the bytes that are passed on. */
  readonly pass?: (bytes: Uint8Array) => Promise<boolean>
  /** The file of the program. */
  readonly program?: string
  readonly onInterrupt?: NonNullable<Io['onInterrupt']>
  /** Hears each piece of the standard output. */
  readonly onWrite?: (text: string) => void
  /** Starts a thread. */
  readonly hire?: NonNullable<Io['hire']>
}

/** Runs a command line in a folder, without a process. */
export async function cli(
  cwd: string,
  argv: readonly string[],
  { stdin = '', stream, env = {}, isTTY, pass = async () => true, onWrite, ...more }: Around = {},
): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    stdin:
      stream ??
      (async function* () {
        yield stdin
      })(),
    stdout: {
      write: (text) => {
        stdout += text
        onWrite?.(text)
      },
      isTTY,
    },
    stderr: { write: (text) => (stderr += text), isTTY },
    pass,
    cwd,
    env: { HOME: '/nowhere', ...env },
    ...more,
  })
  return { code, stdout, stderr }
}
