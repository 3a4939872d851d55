import { composeNames, composeOverrideNames } from '../../../files/names.ts'
import { known } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { complain, type Gathered, isElsewhere, isFolder, type LoadEnvironment } from '../problems.ts'
import { layered, readEnvFiles } from './env-files.ts'
import { folderOf, hostPath, join } from './paths.ts'

/** What Compose finds out from its command line, its environment and the names of files. */
export interface Invocation {
  readonly files: readonly string[]
  readonly workingDir: string
  readonly environment: LoadEnvironment
  readonly profiles: readonly string[]
}

/** A place in a file that is named on the command line and not there. */
export const nowhere = (path: string): Span => ({ source: { path, text: '' }, start: 0, end: 0 })

const settingOf = (environment: LoadEnvironment, name: string): string | undefined => {
  const value = environment(name)
  return value.kind === 'known' ? value.value : undefined
}

/** Follows the order in which the Docker CLI sets up a project: shell, `.env`, COMPOSE_FILE, discovery, `.env` beside the file. */
export function invocationOf(gathered: Gathered): Invocation {
  const { input } = gathered
  const cwd = input.workingDirectory
  const absolute = (path: string) => hostPath(join(cwd, path))
  const given = (input.configFiles ?? []).map(absolute)
  const wanted =
    input.projectDirectory === undefined || input.projectDirectory === '' ? undefined : absolute(input.projectDirectory)
  const named = (
    input.envFiles ?? split(settingOf(input.shell.get, 'COMPOSE_ENV_FILES'), ',').filter((file) => file !== '')
  ).map(absolute)
  const folderFor = (files: readonly string[]) => wanted ?? (files[0] === undefined ? cwd : folderOf(files[0]))

  const shell = withComposeVariables(gathered, named, folderFor(given))
  const disabled = disabledBy(gathered, shell)
  const first = dotEnv(gathered, named, disabled, folderFor(given), [])
  const quiet: Gathered = { ...gathered, problems: [], warnings: [], elsewhere: [] }
  const before = layered(shell, readEnvFiles(quiet, shell, first, nowhere))
  const files = given.length > 0 ? given : findFiles(gathered, before, folderFor([]))
  const second = dotEnv(gathered, named, disabled, folderFor(files), first)
  const same = first.length === second.length && first.every((file, index) => file === second[index])
  if (!same) for (const problem of quiet.problems) gathered.problems.push(problem)
  const environment = layered(same ? shell : before, readEnvFiles(gathered, same ? shell : before, second, nowhere))
  const profiles =
    input.profiles && input.profiles.length > 0
      ? input.profiles
      : split(settingOf(environment, 'COMPOSE_PROFILES') ?? '', ',')
  return { files, workingDir: folderFor(files), environment, profiles: profiles.map((profile) => profile.trim()) }
}

const split = (text: string | undefined, separator: string): readonly string[] =>
  text === undefined ? [] : text.split(separator)

/** Variables of `.env` that begin with COMPOSE_ count as if the shell set them. */
function withComposeVariables(gathered: Gathered, named: readonly string[], folder: string): LoadEnvironment {
  const shell: LoadEnvironment = (name) => gathered.input.shell.get(name)
  const quiet: Gathered = { ...gathered, problems: [], warnings: [], elsewhere: [] }
  const files = dotEnv(quiet, named, disabledBy(quiet, shell), folder, [])
  if (!files.some((file) => gathered.input.read(file)?.text.includes('COMPOSE_'))) return shell
  const { values } = readEnvFiles(quiet, shell, files, nowhere)
  const own = new Map([...values].filter(([name]) => name.startsWith('COMPOSE_')))
  return quiet.problems.length > 0 ? shell : layered(shell, { values: own })
}

function disabledBy(gathered: Gathered, environment: LoadEnvironment): boolean {
  const text = settingOf(environment, 'COMPOSE_DISABLE_ENV_FILE')
  if (text === undefined) return false
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true
  if (!/^(0|f|F|FALSE|false|False)$/.test(text))
    complain(gathered, nowhere('.env'), `\`COMPOSE_DISABLE_ENV_FILE\` must be true or false, not \`${text}\``)
  return false
}

function dotEnv(
  gathered: Gathered,
  named: readonly string[],
  disabled: boolean,
  folder: string,
  before: readonly string[],
): readonly string[] {
  if (named.length > 0) return named
  const path = hostPath(join(folder, '.env'))
  const isThere = gathered.input.read(path) !== undefined || isElsewhere(gathered, path)
  return disabled || !isThere || isFolder(gathered.input, path) ? before : [path]
}

function findFiles(gathered: Gathered, environment: LoadEnvironment, from: string): readonly string[] {
  const { input } = gathered
  const set = settingOf(environment, 'COMPOSE_FILE')
  if (set !== undefined)
    return set
      .split(settingOf(environment, 'COMPOSE_PATH_SEPARATOR') || ':')
      .map((file) => hostPath(join(input.workingDirectory, file)))
  for (let folder = from; ; folder = folderOf(folder)) {
    const there = (names: readonly string[]) =>
      names.map((name) => hostPath(join(folder, name))).find((path) => input.read(path) !== undefined)
    const main = there(composeNames)
    const override = there(composeOverrideNames)
    if (main !== undefined) return override === undefined ? [main] : [main, override]
    if (folder === '' || folder === '/' || folder.startsWith('..')) return []
  }
}

/** `environment` with the project's name in COMPOSE_PROJECT_NAME. */
export const withProjectName = (environment: LoadEnvironment, name: string): LoadEnvironment =>
  layered((wanted) => (wanted === 'COMPOSE_PROJECT_NAME' ? known(name) : environment(wanted)), {
    values: new Map(),
  })
