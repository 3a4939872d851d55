import { realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ancestorsOf, projectRoot, type RootProbes } from '../root.ts'
import { type Door, doorTo } from './door.ts'
import { isWithin, type Root } from './locate.ts'

/** Looks at a disk for the roots of projects; `home` is the folder of the user. */
export const probesOf = (home: string): RootProbes => ({ home, kindOf: async (path) => kindAt(path) })

/** A door, and the one beside it. */
export interface OpenDoor extends Door {
  /** The door to what lies outside of the project and may be read nevertheless. Nothing of it may be quoted. */
  readonly outside: Door
}

export interface DoorOptions {
  /** The folder of the user. */
  readonly home: string
  /** Whether all of the disk lies behind the door to the outside; else what is named as a link that leads there. */
  readonly allowOutside: boolean
}

/** The door to what the user named, absolute, and to what is around it: the repository, else the project. */
export async function openDoor(named: readonly string[], { home, allowOutside }: DoorOptions): Promise<OpenDoor> {
  const inside: Root[] = []
  const outside: Root[] = allowOutside ? [rootAt(resolve('/'))] : []
  for (const path of new Set(named)) {
    const own = rootAt(path)
    const around = await aroundOf(path, home)
    if (around === undefined || isWithin(around.real, own.real)) inside.push(own, ...(around ? [around] : []))
    else outside.push(own)
  }
  return { ...doorTo(narrowest(inside)), outside: doorTo(narrowest(outside)) }
}

const narrowest = (roots: readonly Root[]): readonly Root[] =>
  roots.toSorted((one, other) => other.given.length - one.given.length)

/** The door to one folder and nothing else. */
export const doorInto = (folder: string): Door => doorTo([rootAt(folder)])

/** The repository around a path, else its project; undefined where there is nothing. */
async function aroundOf(path: string, home: string): Promise<Root | undefined> {
  const kind = kindAt(path)
  if (kind === undefined) return undefined
  const folder = kind === 'folder' ? path : dirname(path)
  const repository = ancestorsOf(folder, home).find((one) => kindAt(join(one, '.git')) !== undefined)
  const project = await projectRoot(path, probesOf(home))
  return rootAt(repository !== undefined && isWithin(repository, project) ? repository : project)
}

function kindAt(path: string): 'file' | 'folder' | undefined {
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
