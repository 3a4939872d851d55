import { fstatSync, readSync, statSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { Io } from './io.ts'

/** What is kept back of the last bytes for a moment, and that moment in milliseconds. */
const lastSize = 512
const patience = 100

/**
 * Hands bytes to an output: done when they are out of our hands, so that a slow reader slows us down; false where the
 * output is closed or its reader has left. What a pipe holds was not read yet, and only who writes to it once more learns
 * that its reader has left: the last bytes wait a moment for that. Fails where they cannot be written.
 */
export const passTo =
  (output: Writable & { readonly fd: number }): Io['pass'] =>
  async (bytes, isLast) => {
    if (wasClosed(output.fd)) return false
    const kept = isLast ? Math.max(0, bytes.length - lastSize) : bytes.length
    if (!(await written(output, bytes.subarray(0, kept)))) return false
    if (kept === bytes.length) return true
    await setTimeout(patience)
    return written(output, bytes.subarray(kept))
  }

const written = (output: Writable, bytes: Uint8Array): Promise<boolean> =>
  new Promise((resolve, reject) => {
    output.write(bytes, (error: NodeJS.ErrnoException | null | undefined) => {
      if (error && error.code !== 'EPIPE') reject(error)
      else resolve(!error)
    })
  })

/**
 * Whether an output was closed when the process began: Node then opens /dev/null in its place, for reading as well, which
 * a shell does not do for `> /dev/null`.
 */
function wasClosed(fd: number): boolean {
  try {
    const [own, nothing] = [fstatSync(fd), statSync('/dev/null')]
    return own.isCharacterDevice() && own.rdev === nothing.rdev && readSync(fd, new Uint8Array(1)) === 0
  } catch {
    return false
  }
}
