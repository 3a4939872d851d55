import { realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ancestorsOf, projectRoot, type RootProbes } from '../root.ts'
import { type Door, doorTo, type Sight } from './door.ts'
import { isWithin, type Root } from './locate.ts'

/** Looks at a disk for the roots of projects, once at each path; `home` is the folder of the user. */
export function probesOf(home: string): RootProbes {
  const kinds = new Map<string, ReturnType<typeof kindAt>>()
  const kindOf = (path: string) => {
    if (!kinds.has(path)) kinds.set(path, kindAt(path))
    return kinds.get(path)
  }
  return { home, kindOf }
}

/** What can be seen of files, and what of those that lie outside of the project. Nothing of these may be quoted. */
export interface OpenSight extends Sight {
  /** All of the disk where the user allowed it, else nothing. */
  readonly outside: Sight
  /** What was named as a link that leads out, and so may be the doing of somebody else. */
  readonly linked: Sight
}

/** A door, and those beside it. */
export interface OpenDoor extends Door, OpenSight {
  readonly outside: Door
  readonly linked: Door
  /** What has been looked at for the roots of projects. */
  readonly probes: RootProbes
}

/** What a door leads to; paths are absolute. */
export interface DoorOptions {
  /** Files and folders that were named, for what is around them as well. */
  readonly projects: readonly string[]
  /** Files that were named for themselves. */
  readonly files: readonly string[]
  /** The folder of the user. */
  readonly home: string
  /** Whether all of the disk lies behind the door to the outside; else what is named as a link that leads there. */
  readonly allowOutside: boolean
}

/** The door to what the user named, and to what is around it: the repository, else the project. */
export function openDoor({ projects, files, home, allowOutside }: DoorOptions): OpenDoor {
  const inside: Root[] = []
  const linked: Root[] = []
  const probes = probesOf(home)
  for (const path of new Set([...projects, ...files])) {
    const own = rootAt(path)
    const around = aroundOf(path, own, home, probes)
    const isLinkOut = around !== undefined && !isWithin(around.real, own.real)
    if (isLinkOut) linked.push(own)
    else inside.push(own)
    if (around !== undefined && projects.includes(path)) inside.push(around)
  }
  return {
    ...doorTo(narrowest(inside)),
    outside: doorTo(allowOutside ? [rootAt(resolve('/'))] : []),
    linked: doorTo(narrowest(linked)),
    probes,
  }
}

const narrowest = (roots: readonly Root[]): readonly Root[] =>
  roots.toSorted((one, other) => other.given.length - one.given.length)

/** The door to one folder and nothing else. */
export const doorInto = (folder: string): Door => doorTo([rootAt(folder)])

/** The repository around a path, else its project, but never all that a user has; undefined where there is nothing. */
function aroundOf(path: string, own: Root, home: string, probes: RootProbes): Root | undefined {
  const kind = probes.kindOf(path)
  if (kind === undefined) return undefined
  const folder = kind === 'folder' ? path : dirname(path)
  const project = projectRoot(path, probes)
  const repository = repositoryOf(folder, home, probes)
  const around = repository !== undefined && isWithin(repository, project) ? repository : project
  if (isWithin(around, home)) return undefined
  return around === path ? own : rootAt(around)
}

const repositoryOf = (folder: string, home: string, { kindOf }: RootProbes): string | undefined =>
  ancestorsOf(folder, home).find((one) => kindOf(join(one, '.git')) !== undefined)

/** Whether a file or a folder stands at a path, over links; undefined for what is not there. Nothing is opened. */
export function kindAt(path: string): 'file' | 'folder' | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file'
  } catch {
    return undefined
  }
}

function rootAt(given: string): Root {
  try {
    return { given, real: realpathSync(given) }
  } catch {
    return { given, real: given }
  }
}

/** Whether a folder (absolute) may hold several projects: it has none of the files that nearly all have at their top. */
export const mayHoldProjects = (folder: string): boolean =>
  kindAt(folder) === 'folder' &&
  ['mix.exs', 'Dockerfile', 'compose.yaml'].every((name) => kindAt(join(folder, name)) === undefined)
