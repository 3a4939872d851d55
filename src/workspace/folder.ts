import { dirname, join } from 'node:path'
import { type Decoded, fileProblem } from '../files/decode.ts'
import { discover, type FileProblem } from '../files/discover.ts'
import { diskHost } from '../files/disk.ts'
import { isOpen } from '../files/door/found.ts'
import { type OpenDoor, probesOf } from '../files/door/open.ts'
import { readText } from '../files/door/text.ts'
import { homeOf } from '../files/home.ts'
import { projectRoot } from '../files/root.ts'
import { type Tree, withSource } from '../files/tree.ts'
import type { Problem } from '../text/diagnostic.ts'
import type { Surroundings } from './options.ts'
import { wholeProject } from './paths.ts'

/** The root of the project around an absolute path. */
export const rootOf = (path: string, { env }: Pick<Surroundings, 'env'>): string =>
  projectRoot(path, probesOf(homeOf(env)))

/** Whether a folder is the root of a project, and not just the folder of a file. */
export const isProject = (folder: string, door: OpenDoor): boolean =>
  ['.git', 'mix.exs'].some((name) => isOpen(door.at(join(folder, name))))

/** A project on disk, and what could not be read of it. */
export interface ReadProject {
  readonly tree: Tree
  readonly problems: readonly FileProblem[]
  /** What was left out, in a sentence. */
  readonly truncated: string | undefined
}

/** What was not seen of a project, though it is there. */
export const unseenIn = ({ problems, truncated }: Pick<ReadProject, 'problems' | 'truncated'>): readonly Problem[] => [
  ...problems.filter((problem) => !problem.misplaced),
  ...(truncated === undefined ? [] : [fileProblem(wholeProject, `not all could be read: ${truncated}`)]),
]

/** A project of which nothing was read. */
export const nothingRead: ReadProject = { tree: { sources: [], entries: [] }, problems: [], truncated: undefined }

/** A link that leads out was named, so it is read; what it says may be shown to nobody. */
function readNamed(root: string, path: string, door: OpenDoor): Decoded {
  const absolute = join(root, path)
  if (door.linked.at(absolute).kind !== 'file') return readText(door, absolute, path)
  const { source, problem } = readText(door.linked, absolute, path)
  return source ? { source: { ...source, outside: true } } : { problem }
}

/** Reads the project at `root`; the files that the user named (relative to it) are read whatever their names are. */
export async function readProject(root: string, named: readonly string[], door: OpenDoor): Promise<ReadProject> {
  if (root === dirname(root)) {
    return {
      ...nothingRead,
      problems: [fileProblem(wholeProject, 'this is the root of the disk, and not of a project')],
    }
  }
  const found = await discover(diskHost(root), { named })
  const kinds = new Map(found.entries.map(({ path, kind }) => [path, kind]))
  // One in an ignored folder, or behind a link that leads out of the project.
  const missed = named.filter((path) => kinds.get(path) !== 'file')
  const read = missed.map((path) => readNamed(root, path, door))
  return {
    tree: read.flatMap((file) => file.source ?? []).reduce(withSource, found),
    problems: [
      ...found.problems.filter(({ span }) => !missed.includes(span.source.path)),
      ...read.flatMap((file) => file.problem ?? []),
    ],
    truncated: found.truncated,
  }
}
