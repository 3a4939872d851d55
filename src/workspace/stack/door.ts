import { dirname, join, resolve } from 'node:path'
import { type OpenDoor, probesOf } from '../../files/door/open.ts'
import { homeOf } from '../../files/home.ts'
import { composeNames } from '../../files/names.ts'
import { ancestorsOf } from '../../files/root.ts'
import { doorOf } from '../door.ts'
import type { OpenOptions, Surroundings } from '../options.ts'

/**
 * The door to the stacks that are named, by operands or as `others`: Compose takes the nearest folder above with a compose file for its
 * project, so that this one is named as well.
 */
export function doorOfStacks(
  operands: readonly string[],
  others: readonly string[],
  options: OpenOptions,
  at: Surroundings,
): OpenDoor {
  const names = ['.', ...operands, ...others]
  const above = names.map((name) => composeFolder(resolve(at.cwd, name), at))
  const [first] = operands
  const folders = first === undefined ? [] : [resolve(at.cwd, first), dirname(resolve(at.cwd, first))]
  return doorOf([...names, ...above], options, at, folders)
}

/** The nearest folder at or above `path` in which Compose would find its file; `path` where there is none. */
export function composeFolder(path: string, { env }: Pick<Surroundings, 'env'>): string {
  const { home, kindOf } = probesOf(homeOf(env))
  const hasCompose = (folder: string) => composeNames.some((name) => kindOf(join(folder, name)) === 'file')
  return ancestorsOf(path, home).find(hasCompose) ?? path
}
