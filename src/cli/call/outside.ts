import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { type OpenDoor, openDoor } from '../../files/door/open.ts'
import type { Call, Flag } from './flags.ts'
import type { Io } from '../io/io.ts'

/** The flag of every command that reads compose files. */
export const outsideFlag: Flag = {
  name: 'allow-outside',
  summary: 'read what compose files name outside of the project; nothing of it is printed',
}

/** The folder of the user. */
export const homeOf = ({ env }: Pick<Io, 'env'>): string => env.HOME ?? homedir()

/**
 * The door of a call to what `names` and its flags name, and to what is around them. Paths are relative to the working
 * directory, those of flags also to one of `folders`.
 */
export function doorOf(
  names: readonly string[],
  call: Pick<Call, 'all' | 'has'>,
  io: Io,
  folders: readonly string[] = [],
): Promise<OpenDoor> {
  const absolute = (all: readonly string[]) =>
    all.flatMap((name) => [io.cwd, ...folders].map((one) => resolve(one, name)))
  const stdin = call.all('stdin-filename').at(-1) ?? 'Dockerfile'
  return openDoor({
    projects: [
      ...names.map((name) => resolve(io.cwd, name === '-' ? stdin : name)),
      ...absolute([...call.all('file'), ...call.all('project-directory')]),
    ],
    files: absolute([...call.all('env-file'), ...call.all('config'), ...call.all('baseline')]),
    home: homeOf(io),
    allowOutside: call.has('allow-outside'),
  })
}
