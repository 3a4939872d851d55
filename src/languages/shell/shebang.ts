import type { Region } from './region.ts'
import type { Shebang, ShellOptions } from './types.ts'

/** The first line of a script where it says who runs it; undefined where it does not. `#!/usr/bin/env -S` is seen through. */
export function shebangOf(region: Region): Shebang | undefined {
  const found = /^\ufeff?#![ \t]*([^\r\n]*)/.exec(region.text)
  if (!found) return undefined
  const [interpreter = '', ...flags] = interpreterOf(found[1] ?? '')
  return { span: region.at(0, found[0].trimEnd().length), interpreter, words: flags }
}

/** The words of the program that a line after `#!` names; `env` and `env -S` are seen through. */
export function interpreterOf(line: string): readonly string[] {
  const words = line.split(/[ \t]+/).filter((word) => word !== '')
  return words[0]?.endsWith('/env') ? words.slice(1).filter((word) => word !== '-S') : words
}

/** Whether an interpreter, named by path or alone, is a shell that is read here. */
export const isShell = (interpreter: string): boolean => /(^|\/)(ba|da|a|k|z)?sh$/.test(interpreter)

/** What flags such as `-eu -o pipefail` switch on, up to the first word that is no flag. */
export function optionsOf(flags: readonly string[]): ShellOptions {
  let errexit = false
  let pipefail = false
  for (let index = 0; index < flags.length; index++) {
    const flag = flags[index] ?? ''
    if (!/^-[a-zA-Z]/.test(flag)) break
    errexit ||= flag.includes('e')
    if (flag.endsWith('o')) {
      index++
      pipefail ||= flags[index] === 'pipefail'
      errexit ||= flags[index] === 'errexit'
    }
  }
  return { errexit, pipefail }
}
