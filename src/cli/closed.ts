import { fstatSync, readSync, statSync } from 'node:fs'

/**
 * Whether an output was closed when the process began: Node then opens /dev/null in its place, for reading as well, which
 * a shell does not do for `> /dev/null`.
 */
export function wasClosed(fd: number): boolean {
  try {
    const [own, nothing] = [fstatSync(fd), statSync('/dev/null')]
    return own.isCharacterDevice() && own.rdev === nothing.rdev && readSync(fd, new Uint8Array(1)) === 0
  } catch {
    return false
  }
}
