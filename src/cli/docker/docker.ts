import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { PassThrough, type Readable } from 'node:stream'
import { type Io, remark } from '../io/io.ts'

/** The `docker` that called us, or the one in PATH. */
const programOf = ({ env }: Io): string => env.DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND || 'docker'

/**
 * Runs docker on our own streams, and gives its exit code; 128 and the number of the signal where one ended it, 127
 * where there is no docker.
 */
export async function runDocker(args: readonly string[], io: Io): Promise<number> {
  const child = spawn(programOf(io), [...(io.dockerFlags ?? []), ...args], {
    cwd: io.cwd,
    env: { ...io.env },
    stdio: 'inherit',
  })
  const release = io.onInterrupt?.((signal) => {
    // Ctrl+C reaches docker from the terminal as well, and Compose takes a second one for `at once`.
    if (signal !== 'SIGINT' || ![io.stdin, io.stdout, io.stderr].some(({ isTTY }) => isTTY)) child.kill(signal)
  })
  try {
    return await ended(child, io)
  } finally {
    release?.()
  }
}

/** Runs docker and hands what it writes to `read`; gives what `read` gives, or the exit code where docker fails. */
export async function readDocker<T>(
  args: readonly string[],
  io: Io,
  read: (output: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ readonly kind: 'read'; readonly value: T } | { readonly kind: 'failed'; readonly message: string }> {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    programOf(io),
    [...(io.dockerFlags ?? []), ...args],
    { cwd: io.cwd, env: { ...io.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < longestMessage) said += text
  })
  const end = ended(child, io)
  // Node throws away what nobody has begun to read when a process exits.
  const value = await read(child.stdout.pipe(new PassThrough()))
  const code = await end
  return code === 0 ? { kind: 'read', value } : { kind: 'failed', message: said.trim() || `docker ended with ${code}` }
}

const longestMessage = 4096
const notFound = 127

function ended(child: ReturnType<typeof spawn>, io: Io): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      remark(io, `docker cannot be started: ${error.message}`)
      resolve(notFound)
    })
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
