import { $, which } from 'zx'

/** The file of a program on the PATH. A shim of pyenv would take as long as the program itself. */
export async function programOf(name) {
  const { stdout, exitCode } = await $({ quiet: true, nothrow: true })`pyenv which ${name}`
  return exitCode === 0 ? stdout.trim() : which(name, { nothrow: true })
}
