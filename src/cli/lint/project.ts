import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { decodeText, fileProblem } from '../../files/decode.ts'
import { discover } from '../../files/discover.ts'
import { diskHost } from '../../files/disk.ts'
import { reasonOf } from '../../files/reason.ts'
import { projectRoot, type RootProbes } from '../../files/root.ts'
import { type Tree, withSource } from '../../files/tree.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Io } from '../io.ts'

const probesOf = ({ env }: Io): RootProbes => ({
  home: env.HOME ?? homedir(),
  kindOf: async (path) => {
    const found = await stat(path).catch(() => undefined)
    if (found === undefined) return undefined
    return found.isDirectory() ? 'folder' : 'file'
  },
})

/** The root of the project around an absolute path. */
export const rootOf = (path: string, io: Io): Promise<string> => projectRoot(path, probesOf(io))

/** Whether a folder is the root of a project, and not just the folder of a file. */
export async function isProject(folder: string, io: Io): Promise<boolean> {
  const { kindOf } = probesOf(io)
  const kinds = await Promise.all(['.git', 'mix.exs'].map((name) => kindOf(join(folder, name))))
  return kinds.some((kind) => kind !== undefined)
}

/** The path of an absolute one as a tree or a report names it: relative to `from`, with `/`; empty for `from` itself. */
export const pathFrom = (from: string, path: string): string => relative(from, path).split(sep).join('/')

/** A project on disk, and what could not be read of it. */
export interface ReadProject {
  readonly tree: Tree
  readonly problems: readonly Problem[]
  /** What was left out, in a sentence. */
  readonly truncated: string | undefined
}

/** Reads the project at `root`; the files that the user named (relative to it) are read whatever their names are. */
export async function readProject(root: string, named: readonly string[]): Promise<ReadProject> {
  const found = await discover(diskHost(root), { named })
  const kinds = new Map(found.entries.map(({ path, kind }) => [path, kind]))
  const missed = named.filter((path) => kinds.get(path) !== 'file')
  const read = await Promise.all(missed.map((path) => readNamed(root, path)))
  return {
    tree: read.flatMap((file) => file.source ?? []).reduce(withSource, found),
    problems: [
      ...found.problems.filter(({ span }) => !missed.includes(span.source.path)),
      ...read.flatMap((file) => file.problem ?? []),
    ],
    truncated: found.truncated,
  }
}

/** A named file that the walk leaves out: one in an ignored folder, or behind a link that leads out of the project. */
async function readNamed(
  root: string,
  path: string,
): Promise<{ readonly source?: Source; readonly problem?: Problem }> {
  try {
    return decodeText(path, await readFile(join(root, path)))
  } catch (error) {
    return { problem: fileProblem(path, `the file cannot be read: ${reasonOf(error)}`) }
  }
}
