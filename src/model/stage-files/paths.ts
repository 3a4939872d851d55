import { posix } from 'node:path'
import { type Known, type Unknown, unknown } from '../../text/known.ts'

const longestPath = 4096

/** What `path` means in the folder `cwd`; undefined where it is longer than Linux takes (PATH_MAX). */
export function resolvePath(cwd: string, path: string): string | undefined {
  const resolved = cwd.length + path.length > 2 * longestPath ? undefined : posix.resolve(cwd, path)
  return resolved !== undefined && resolved.length < longestPath ? resolved : undefined
}

/** A folder in which commands work. */
export interface Folder {
  /** Absolute. */
  readonly path: string
  /** Why it may be another one: `path` is then the last that was known. */
  readonly doubt?: Unknown
}

/** Where a shell or a build is that changes its folder from `folder` to `to`. */
export function moved(folder: Folder, to: Known<string>): Folder {
  const path = to.kind === 'known' ? resolvePath(folder.path, to.value) : undefined
  if (to.kind !== 'known' || path === undefined)
    return { path: folder.path, doubt: to.kind === 'unknown' ? to : unknown('the folder is not known') }
  return posix.isAbsolute(to.value) ? { path } : { ...folder, path }
}

/** Whether two folders are the same, as far as they are known. */
export const isSameFolder = (one: Folder, other: Folder): boolean =>
  one.path === other.path && (one.doubt === undefined) === (other.doubt === undefined)

/** The part of `path` below `folder`, `''` where they are the same, undefined where it lies elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return ''
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}
