import { posix } from 'node:path'

const longestPath = 4096

/** What `path` means in the folder `cwd`; undefined where it is longer than Linux takes (PATH_MAX). */
export function resolvePath(cwd: string, path: string): string | undefined {
  const resolved = cwd.length + path.length > 2 * longestPath ? undefined : posix.resolve(cwd, path)
  return resolved !== undefined && resolved.length < longestPath ? resolved : undefined
}

/** The part of `path` below `folder`, `''` where they are the same, undefined where it lies elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return ''
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}
