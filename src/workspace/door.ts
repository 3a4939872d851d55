import { resolve } from 'node:path'
import { type OpenDoor, openDoor } from '../files/door/open.ts'
import { homeOf } from '../files/home.ts'
import type { OpenOptions, Surroundings } from './options.ts'

/**
 * The door to what `names` and the options name, and to what is around them. Paths are relative to the working
 * directory, those of the options also to one of `folders`.
 */
export function doorOf(
  names: readonly string[],
  { compose = {}, settings, baseline, allowOutside = false, stdinPath }: OpenOptions,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
  folders: readonly string[] = [],
): OpenDoor {
  const absolute = (all: readonly (string | undefined)[]) =>
    all.flatMap((name) => (name === undefined ? [] : [cwd, ...folders].map((folder) => resolve(folder, name))))
  const { files = [], envFiles = [], projectDirectory } = compose
  return openDoor({
    projects: [
      ...names.map((name) => resolve(cwd, name === '-' ? (stdinPath ?? usualStdin) : name)),
      ...absolute([...files, projectDirectory]),
    ],
    files: absolute([...envFiles, settings || undefined, baseline || undefined]),
    home: homeOf(env),
    allowOutside,
  })
}

/** What the standard input is called where nobody says it. */
export const usualStdin = 'Dockerfile'
