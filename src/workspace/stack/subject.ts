import { basename, dirname, isAbsolute, relative, resolve } from 'node:path'
import { whyClosed } from '../../files/door/found.ts'
import type { OpenDoor } from '../../files/door/open.ts'
import { isDockerfile } from '../../files/names.ts'
import type { Call } from '../../cli/call/flags.ts'
import { whyNot } from '../compose-choice.ts'

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
export interface ComposeFlags {
  readonly files: readonly string[]
  readonly envFiles: readonly string[]
  readonly profiles: readonly string[]
  readonly projectDirectory: string | undefined
  /** What the call says of settings. */
  readonly call: Pick<Call, 'has' | 'one'>
}

export type Read<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'wrong'; readonly message: string }

/**
 * Reads the flags for Compose; what does not exist makes the call wrong. Paths are relative to the working directory,
 * or where nothing is there, to the folder that the call names.
 */
export function composeFlags(call: Call, cwd: string, folder: string, door: OpenDoor): Read<ComposeFlags> {
  const problems: string[] = []
  const path = (name: string, wanted: 'file' | 'folder'): string => {
    const paths = [resolve(cwd, name), resolve(folder, name)]
    const found = paths.find((one) => isNamed(one, door)) ?? paths[0] ?? name
    const problem = whyNot(name, wanted, found, door)
    if (problem !== undefined) problems.push(problem)
    return found
  }
  const directory = call.one('project-directory')
  const flags = {
    files: call.all('file').map((name) => path(name, 'file')),
    envFiles: call.all('env-file').map((name) => path(name, 'file')),
    profiles: call.all('profile'),
    projectDirectory: directory === undefined ? undefined : path(directory, 'folder'),
    call,
  }
  const [message] = problems
  return message === undefined ? { kind: 'read', value: flags } : { kind: 'wrong', message }
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
  flags: ComposeFlags,
  isService: (name: string) => boolean,
  door: OpenDoor,
): Read<Subject> {
  const [first, ...rest] = operands
  const stack = (folder: string, files: readonly string[], services: readonly string[]): Read<Subject> => ({
    kind: 'read',
    value: { kind: 'stack', folder, files, services },
  })
  if (first === undefined) return stack(cwd, flags.files, [])
  const path = resolve(cwd, first)
  const found = door.at(path)
  const isWord = /^[\w-]+$/.test(first)
  if (!isNamed(path, door) || (isWord && isService(first))) {
    if (isWord || /^[\w.-]+$/.test(first)) return stack(cwd, flags.files, operands)
    return { kind: 'wrong', message: `there is no file or folder \`${first}\`` }
  }
  if (found.kind !== 'file' && found.kind !== 'folder')
    return { kind: 'wrong', message: `\`${first}\` cannot be read: ${whyClosed(found)}` }
  if (found.kind === 'folder') return stack(path, flags.files, rest)
  if (/\.ya?ml$/.test(path)) return stack(dirname(path), [path, ...flags.files], rest)
  if (isDockerfile(basename(path))) {
    return {
      kind: 'read',
      value: { kind: 'stack', folder: dirname(path), files: flags.files, services: rest, dockerfile: path },
    }
  }
  const [service] = rest
  if (service !== undefined)
    return { kind: 'wrong', message: `\`${service}\` is one too many: an env file has no services` }
  return { kind: 'read', value: { kind: 'env-file', path } }
}

/** Whether `path` lies in `folder` or is it; both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}
