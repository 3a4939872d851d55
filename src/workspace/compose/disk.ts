import { join, resolve } from 'node:path'
import type { OpenSight } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import type { Tree } from '../../files/tree.ts'
import type { ComposeInput } from '../../languages/compose/types.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'

/** The files that Compose may ask for: those of the tree, and others behind the door. Paths are relative to `root`. */
export interface ComposeDisk extends Required<Pick<ComposeInput, 'read' | 'isFolder' | 'isElsewhere'>> {
  /** Files that are there and could not be read, so far. */
  readonly problems: readonly Problem[]
  /** Paths outside of the project that were asked for and not read, so far. */
  readonly elsewhere: ReadonlySet<string>
}

/** The disk as Compose sees it. A file is read when it is asked for, and once. */
export function composeDisk(root: string, tree: Tree, home: string | undefined, door: OpenSight): ComposeDisk {
  const files = new Map<string, Source | undefined>(tree.sources.map((source) => [source.path, source]))
  const problems: Problem[] = []
  const elsewhere = new Set<string>()
  const onDisk = (path: string) =>
    home !== undefined && /^~(\/|$)/.test(path) ? join(home, path.slice(1)) : resolve(root, path)
  const at = (path: string) => door.at(onDisk(path))
  const readNow = (path: string): Source | undefined => {
    const isOutside = at(path).kind === 'elsewhere'
    const way = isOutside ? door.outside : door
    const { kind } = way.at(onDisk(path))
    if (kind === 'elsewhere') elsewhere.add(path)
    if (kind === 'missing' || kind === 'folder' || kind === 'elsewhere') return undefined
    const { source, problem } = readText(way, onDisk(path), path)
    if (problem) problems.push(problem)
    return source && isOutside ? { ...source, outside: true } : source
  }
  const read = (path: string): Source | undefined => {
    if (files.has(path)) return files.get(path)
    const source = readNow(path)
    files.set(path, source)
    return source
  }
  return {
    problems,
    elsewhere,
    read,
    isFolder: (path) => at(path).kind === 'folder',
    isElsewhere: (path) => read(path) === undefined && elsewhere.has(path),
  }
}
