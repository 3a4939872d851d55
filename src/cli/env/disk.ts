import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { decodeText, fileProblem, largestText, tooLarge } from '../../files/decode.ts'
import { reasonOf } from '../../files/reason.ts'
import type { Tree } from '../../files/tree.ts'
import type { ComposeInput } from '../../languages/compose/types.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'

/** The files that Compose may ask for: those of the tree, and any other on the disk. Paths are relative to `root`. */
export interface ComposeDisk extends Pick<ComposeInput, 'read' | 'isFolder'> {
  /** Files that are there and could not be read, so far. */
  readonly problems: readonly Problem[]
}

/** The disk as Compose sees it. A file is read when it is asked for, and once. */
export function composeDisk(root: string, tree: Tree, home: string | undefined): ComposeDisk {
  const files = new Map<string, Source | undefined>(tree.sources.map((source) => [source.path, source]))
  const problems: Problem[] = []
  const onDisk = (path: string) =>
    home !== undefined && /^~(\/|$)/.test(path) ? join(home, path.slice(1)) : resolve(root, path)
  const statOf = (path: string) => {
    try {
      return statSync(onDisk(path), { throwIfNoEntry: false })
    } catch {
      return undefined
    }
  }
  const readNow = (path: string): Source | undefined => {
    const found = statOf(path)
    if (found === undefined || !found.isFile()) return undefined
    const large = tooLarge(path, found.size, largestText)
    const read = large ? { problem: large } : readText(onDisk(path), path)
    if (read.problem) problems.push(read.problem)
    return read.source
  }
  return {
    problems,
    isFolder: (path) => statOf(path)?.isDirectory() ?? false,
    read(path) {
      if (files.has(path)) return files.get(path)
      const source = readNow(path)
      files.set(path, source)
      return source
    },
  }
}

function readText(file: string, path: string): { readonly source?: Source; readonly problem?: Problem } {
  try {
    return decodeText(path, readFileSync(file))
  } catch (error) {
    return { problem: fileProblem(path, `the file cannot be read: ${reasonOf(error)}`) }
  }
}
