import { basename, dirname, resolve } from 'node:path'
import { whyClosed } from '../../files/door/found.ts'
import type { OpenDoor } from '../../files/door/open.ts'
import { isDockerfile } from '../../files/names.ts'
import { whyNot } from '../compose/choice.ts'
import type { OpenOptions } from '../options.ts'
import { done, type Result, wrong } from '../result.ts'

/** Something whose environment is wanted. Paths are absolute. */
export type Subject =
  | {
      readonly kind: 'stack'
      /** As if Compose were called there. */
      readonly folder: string
      /** `-f`. */
      readonly files: readonly string[]
      readonly services: readonly string[]
      /** A Dockerfile that stands for the others. */
      readonly dockerfile?: string
    }
  | { readonly kind: 'env-file'; readonly path: string }

/** What the flags that are those of `docker compose` say. Paths are absolute. */
export interface StackOptions {
  readonly files: readonly string[]
  readonly envFiles: readonly string[]
  readonly profiles: readonly string[]
  readonly projectDirectory: string | undefined
  /** The settings to take. */
  readonly settings: OpenOptions['settings']
}

/**
 * Reads the flags for Compose; what does not exist makes the call wrong. Paths are relative to the working directory,
 * or where nothing is there, to the folder that the call names.
 */
export function stackOptions(
  { compose = {}, settings }: OpenOptions,
  cwd: string,
  folder: string,
  door: OpenDoor,
): Result<StackOptions> {
  const problems: string[] = []
  const path = (name: string, wanted: 'file' | 'folder'): string => {
    const paths = [resolve(cwd, name), resolve(folder, name)]
    const found = paths.find((one) => isNamed(one, door)) ?? paths[0] ?? name
    const problem = whyNot(name, wanted, found, door)
    if (problem !== undefined) problems.push(problem)
    return found
  }
  const { files = [], envFiles = [], profiles = [], projectDirectory } = compose
  const flags = {
    files: files.map((name) => path(name, 'file')),
    envFiles: envFiles.map((name) => path(name, 'file')),
    profiles,
    projectDirectory: projectDirectory === undefined ? undefined : path(projectDirectory, 'folder'),
    settings,
  }
  const [message] = problems
  return message === undefined ? done(flags) : wrong(message)
}

/** Whether there is something at a path, be it such that it cannot be read. */
const isNamed = (path: string, door: OpenDoor): boolean => {
  const found = door.at(path)
  return found.kind !== 'missing' && (found.kind !== 'elsewhere' || found.byLink)
}

/** The folder that is meant where operands come first: a folder, that of a file, or the working directory. */
export function folderOf([first]: readonly string[], cwd: string, door: OpenDoor): string {
  const path = first === undefined ? cwd : resolve(cwd, first)
  const { kind } = door.at(path)
  return kind === 'folder' ? path : kind === 'file' ? dirname(path) : cwd
}

/**
 * What operands name: a folder, compose file, Dockerfile or env file first, then services. `isService` decides what a
 * bare word is that is both a service and a folder.
 */
export function subjectOf(
  operands: readonly string[],
  cwd: string,
  flags: StackOptions,
  isService: (name: string) => boolean,
  door: OpenDoor,
): Result<Subject> {
  const [first, ...rest] = operands
  const stack = (folder: string, files: readonly string[], services: readonly string[]): Result<Subject> =>
    done({ kind: 'stack', folder, files, services })
  if (first === undefined) return stack(cwd, flags.files, [])
  const path = resolve(cwd, first)
  const found = door.at(path)
  const isWord = /^[\w-]+$/.test(first)
  if (!isNamed(path, door) || (isWord && isService(first))) {
    if (isWord || /^[\w.-]+$/.test(first)) return stack(cwd, flags.files, operands)
    return wrong(`there is no file or folder \`${first}\``)
  }
  if (found.kind !== 'file' && found.kind !== 'folder') return wrong(`\`${first}\` cannot be read: ${whyClosed(found)}`)
  if (found.kind === 'folder') return stack(path, flags.files, rest)
  if (/\.ya?ml$/.test(path)) return stack(dirname(path), [path, ...flags.files], rest)
  if (isDockerfile(basename(path))) {
    const folder = dirname(path)
    return done({ kind: 'stack', folder, files: flags.files, services: rest, dockerfile: path })
  }
  const [service] = rest
  return service === undefined
    ? done({ kind: 'env-file', path })
    : wrong(`\`${service}\` is one too many: an env file has no services`)
}
