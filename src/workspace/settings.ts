import { dirname, join, resolve } from 'node:path'
import { decodeText } from '../files/decode.ts'
import { whyClosed } from '../files/door/found.ts'
import { isWithin } from '../files/door/locate.ts'
import { kindAt, type OpenSight } from '../files/door/open.ts'
import { homeOf } from '../files/home.ts'
import { readSettings } from '../settings/read.ts'
import { noSettings, type Settings } from '../settings/settings.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom } from './paths.ts'
import { done, type Result, wrong, wrongIn } from './result.ts'

/** The settings of a project. */
export interface OpenSettings {
  readonly settings: Settings
  /** The folder to which the paths in them are relative, absolute. */
  readonly folder: string
}

/** The name of the settings that `init` writes. */
export const settingsName = '.docker-gotchas.yaml'

/** The names that settings may have, the first one first. */
export const settingsNames: readonly string[] = [settingsName, '.docker-gotchas.yml']

/** Where a project has its packages of npm: Phoenix keeps them beside the assets. */
const packages = ['node_modules', 'assets/node_modules']

/** The schema of the settings that a project has installed, relative to its root; undefined where it has none. */
export const schemaIn = (root: string): string | undefined =>
  packages
    .map((folder) => `${folder}/docker-gotchas/dist/settings.schema.json`)
    .find((path) => kindAt(resolve(root, path)) !== undefined)

/** The name of the settings that are in a folder. */
export const settingsIn = (folder: string, door: OpenSight): string | undefined =>
  settingsNames.find((name) => isThere(join(folder, name), door))

/**
 * The settings that `asked` names, else the nearest ones at `start` (a folder) or above it, up to the root of the
 * repository; without one, of the project at `root`. Settings that are wrong make the call wrong.
 */
export function openSettings(
  root: string,
  start: string,
  asked: OpenOptions['settings'],
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
  door: OpenSight,
): Result<OpenSettings> {
  const none = done({ settings: noSettings, folder: root })
  if (asked === false) return none
  const path = asked === undefined ? nearest(root, start, homeOf(env), door) : resolve(cwd, asked)
  if (path === undefined) return none
  const shown = (one: string) => pathFrom(cwd, resolve(root, one))
  const read = door.read(path)
  if (read.kind !== 'bytes')
    return wrong(`the settings in \`${pathFrom(cwd, path)}\` cannot be read: ${whyClosed(read)}`)
  const text = decodeText(pathFrom(root, path), read.bytes)
  if (text.problem) return wrongIn([text.problem], shown)
  // Settings from elsewhere, such as those of a CI job, speak of the project as if they stood in it.
  const folder = isWithin(dirname(path), root) ? dirname(path) : root
  const { settings, problems } = readSettings(text.source, pathFrom(folder, root))
  return problems.length > 0 ? wrongIn(problems, shown) : done({ settings, folder })
}

/** Whether there is anything at an absolute path, be it a link that leads nowhere or out. */
export function isThere(path: string, door: OpenSight): boolean {
  const found = door.at(path)
  return found.kind === 'missing' || found.kind === 'elsewhere' ? found.byLink : true
}

function nearest(root: string, start: string, home: string, door: OpenSight): string | undefined {
  for (const folder of foldersFrom(root, start, home, door)) {
    const name = settingsIn(folder, door)
    if (name !== undefined) return join(folder, name)
  }
  return undefined
}

/** `start` and the folders above it, to the root of the repository, else of the project; never the home or above it. */
function foldersFrom(root: string, start: string, home: string, door: OpenSight): readonly string[] {
  const folders: string[] = []
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (isWithin(folder, home)) break
    folders.push(folder)
    if (isThere(join(folder, '.git'), door)) return folders
  }
  return folders.filter((folder) => isWithin(root, folder))
}
