import { dirname, join, resolve, sep } from 'node:path'
import { decodeText } from '../files/decode.ts'
import { whyClosed } from '../files/door/found.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { readSettings } from '../settings/read.ts'
import { noSettings, type Settings } from '../settings/settings.ts'
import { homeOf } from '../cli/call/outside.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import { problemsText } from '../cli/io/problems.ts'
import { pathFrom } from './folder.ts'

/** The settings of a project. */
export type OpenSettings =
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'settings'
      readonly settings: Settings
      /** The folder to which the paths in them are relative, absolute. */
      readonly folder: string
    }

/** The name of the settings that `init` writes. */
export const settingsName = '.docker-gotchas.yaml'

/** The names that settings may have, the first one first. */
export const settingsNames: readonly string[] = [settingsName, '.docker-gotchas.yml']

/** The name of the settings that are in a folder. */
export const settingsIn = (folder: string, door: OpenDoor): string | undefined =>
  settingsNames.find((name) => isThere(join(folder, name), door))

/**
 * The settings that `--config` names, else the nearest ones at `start` (a folder) or above it, up to the root of the
 * repository; without one, of the project at `root`. Settings that are wrong make the call wrong.
 */
export function openSettings(
  root: string,
  start: string,
  call: Pick<Call, 'has' | 'one'>,
  io: Io,
  door: OpenDoor,
): OpenSettings {
  const none = { kind: 'settings', settings: noSettings, folder: root } as const
  if (call.has('no-config')) return none
  const named = call.one('config')
  const path = named === undefined ? nearest(root, start, io, door) : resolve(io.cwd, named)
  if (path === undefined) return none
  const read = door.read(path)
  if (read.kind !== 'bytes')
    return {
      kind: 'wrong',
      message: `the settings in \`${pathFrom(io.cwd, path)}\` cannot be read: ${whyClosed(read)}`,
    }
  const text = decodeText(pathFrom(root, path), read.bytes)
  if (text.problem) return { kind: 'wrong', message: problemsText([text.problem], root, io) }
  // Settings from elsewhere, such as those of a CI job, speak of the project as if they stood in it.
  const folder = isInside(dirname(path), root) ? dirname(path) : root
  const { settings, problems } = readSettings(text.source, pathFrom(folder, root))
  if (problems.length > 0) return { kind: 'wrong', message: problemsText(problems, root, io) }
  return { kind: 'settings', settings, folder }
}

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep)

/** Whether there is anything at an absolute path, be it a link that leads nowhere or out. */
export function isThere(path: string, door: OpenDoor): boolean {
  const found = door.at(path)
  return found.kind === 'missing' || found.kind === 'elsewhere' ? found.byLink : true
}

function nearest(root: string, start: string, io: Io, door: OpenDoor): string | undefined {
  for (const folder of foldersFrom(root, start, homeOf(io), door)) {
    const name = settingsIn(folder, door)
    if (name !== undefined) return join(folder, name)
  }
  return undefined
}

/** `start` and the folders above it, to the root of the repository, else of the project; never the home or above it. */
function foldersFrom(root: string, start: string, home: string, door: OpenDoor): readonly string[] {
  const folders: string[] = []
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (isInside(folder, home)) break
    folders.push(folder)
    if (isThere(join(folder, '.git'), door)) return folders
  }
  return folders.filter((folder) => isInside(root, folder))
}
