import { compareText } from '../../text/order.ts'
import { doorOf, usualStdin } from '../door.ts'
import { rootOf } from '../folder.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result } from '../result.ts'
import { type NamedTarget, oddIn, targetsOf } from '../targets.ts'
import { projectsIn } from './collection.ts'

/** A project to be checked by itself. */
export interface Unit {
  /** Its root, relative to the working directory. */
  readonly path: string
  /** What of it is named, for `openWorkspace`. */
  readonly names: readonly string[]
  /** Whether it was found in a folder that was named: that its settings are wrong is then said of it alone. */
  readonly isFound: boolean
}

/** The projects of what was named. */
export interface Plan {
  /** Sorted by path, as the findings are. */
  readonly units: readonly Unit[]
  /** What was named, is there, and cannot be read. */
  readonly unreached: readonly NamedTarget[]
}

/**
 * The projects of `names`; those of a folder that is none itself, but holds several, each as if it were named. Wrong where a
 * name is not there or of no kind that is checked; undefined where what is named must be opened as a whole: the standard
 * input, a tar, or the compose project that the options name.
 */
export async function planOf(
  names: readonly string[],
  at: Surroundings,
  options: OpenOptions,
): Promise<Result<Plan | undefined>> {
  if (options.compose?.files || options.compose?.projectDirectory !== undefined) return done(undefined)
  const units = new Map<string, Unit>()
  const unreached: NamedTarget[] = []
  const add = (root: string, name: string, isFound: boolean) => {
    const path = pathFrom(at.cwd, root) || '.'
    const known = units.get(path)
    units.set(path, { path, names: [...new Set([...(known?.names ?? []), name])], isFound: known?.isFound ?? isFound })
  }
  for (const name of new Set(names)) {
    const door = doorOf([name], {}, at)
    const targets = targetsOf([name], options.stdinPath ?? usualStdin, at.cwd, door, options.mayLeadOut)
    if (targets.kind === 'wrong') return targets
    const odd = oddIn(targets.value, door)
    if (odd) return odd
    for (const target of targets.value) {
      if (target.kind === 'stdin' || target.kind === 'tar') return done(undefined)
      if (target.kind === 'unreadable') {
        unreached.push(target)
        continue
      }
      const root = rootOf(target.path, at)
      const inside = target.kind === 'folder' && root === target.path ? projectsIn(root, door) : undefined
      if (inside === undefined) add(root, name, false)
      else for (const project of inside) add(project, pathFrom(at.cwd, project), true)
    }
  }
  const sorted = [...units.values()].toSorted((one, other) => compareText(`${one.path}/`, `${other.path}/`))
  return done({ units: sorted, unreached })
}
