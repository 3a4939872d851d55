/** `path` as an absolute one, seen from `directory`, without `.` and `..`; as `Path.expand/2`, with `~` left alone. */
export function expandPath(path: string, directory: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The directory of a path. */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** `path` as seen from `directory`, where it is inside of it. */
export const relativeTo = (path: string, directory: string): string =>
  path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path
