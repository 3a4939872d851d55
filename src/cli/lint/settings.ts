import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { decodeText } from '../../files/decode.ts'
import { reasonOf } from '../../files/reason.ts'
import { readSettings } from '../../settings/read.ts'
import { noSettings, type Settings } from '../../settings/settings.ts'
import type { Call } from '../flags.ts'
import type { Io } from '../io.ts'
import { problemsText } from './problems.ts'
import { pathFrom } from './project.ts'

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
export async function settingsIn(folder: string): Promise<string | undefined> {
  for (const name of settingsNames) if (await isThere(join(folder, name))) return name
  return undefined
}

/**
 * The settings that `--config` names, else the nearest ones at `start` (a folder) or above it, up to the root of the
 * repository; without one, of the project at `root`. Settings that are wrong make the call wrong.
 */
export async function openSettings(
  root: string,
  start: string,
  call: Pick<Call, 'has' | 'one'>,
  io: Io,
): Promise<OpenSettings> {
  const none = { kind: 'settings', settings: noSettings, folder: root } as const
  if (call.has('no-config')) return none
  const named = call.one('config')
  const path = named === undefined ? await nearest(root, start, io) : resolve(io.cwd, named)
  if (path === undefined) return none
  const bytes = await readFile(path).catch((error: unknown) => reasonOf(error))
  const shown = pathFrom(io.cwd, path)
  if (typeof bytes === 'string')
    return { kind: 'wrong', message: `the settings in \`${shown}\` cannot be read: ${bytes}` }
  const text = decodeText(pathFrom(root, path), bytes)
  if (text.problem) return { kind: 'wrong', message: problemsText([text.problem], root, io) }
  // Settings from elsewhere, such as those of a CI job, speak of the project as if they stood in it.
  const folder = isInside(dirname(path), root) ? dirname(path) : root
  const { settings, problems } = readSettings(text.source, pathFrom(folder, root))
  if (problems.length > 0) return { kind: 'wrong', message: problemsText(problems, root, io) }
  return { kind: 'settings', settings, folder }
}

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep)

/** Whether there is anything at an absolute path. */
export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function nearest(root: string, start: string, { env }: Io): Promise<string | undefined> {
  for (const folder of await foldersFrom(root, start, env.HOME ?? homedir())) {
    const name = await settingsIn(folder)
    if (name !== undefined) return join(folder, name)
  }
  return undefined
}

/** `start` and the folders above it, to the root of the repository, else of the project; never the home or above it. */
async function foldersFrom(root: string, start: string, home: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (isInside(folder, home)) break
    folders.push(folder)
    if (await isThere(join(folder, '.git'))) return folders
  }
  return folders.filter((folder) => isInside(root, folder))
}
