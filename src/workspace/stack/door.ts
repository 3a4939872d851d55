import { dirname, join, resolve } from 'node:path'
import { type OpenDoor, probesOf } from '../../files/door/open.ts'
import { composeNames } from '../../files/names.ts'
import { ancestorsOf } from '../../files/root.ts'
import { doorOf, homeOf } from '../../cli/call/outside.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'

/**
 * The door of a call to the stacks that it names: Compose takes the nearest folder above with a compose file for its
 * project, so that this one is named as well.
 */
export async function doorOfStacks(call: Call, io: Io): Promise<OpenDoor> {
  const names = ['.', ...call.operands, ...call.all('diff')]
  const above = await Promise.all(names.map((name) => composeFolder(resolve(io.cwd, name), io)))
  const [first] = call.operands
  const folders = first === undefined ? [] : [resolve(io.cwd, first), dirname(resolve(io.cwd, first))]
  return doorOf([...names, ...above], call, io, folders)
}

/** The nearest folder at or above `path` in which Compose would find its file; `path` where there is none. */
export async function composeFolder(path: string, io: Io): Promise<string> {
  const { home, kindOf } = probesOf(homeOf(io))
  for (const folder of ancestorsOf(path, home)) {
    const kinds = await Promise.all(composeNames.map((name) => kindOf(join(folder, name))))
    if (kinds.includes('file')) return folder
  }
  return path
}
