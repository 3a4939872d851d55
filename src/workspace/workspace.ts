import type { AnalyzeOptions } from '../analyze.ts'
import type { FileProblem } from '../files/discover.ts'
import type { OpenSight } from '../files/door/open.ts'
import type { Tree } from '../files/tree.ts'
import type { Settings } from '../settings/settings.ts'
import type { Baseline } from './baseline.ts'
import type { Result } from './result.ts'
import type { NamedTarget } from './targets.ts'

/** What was named, read and ready to be checked. */
export interface Workspace {
  /** The folder from which paths are shown, absolute. */
  readonly cwd: string
  /** The projects of what was named, each once. */
  readonly projects: readonly OpenProject[]
  /** What was named, is there, and cannot be read. */
  readonly unreached: readonly NamedTarget[]
}

/** A project as it was read. */
export interface OpenProject {
  /** Absolute. */
  readonly root: string
  /** What of it was named. */
  readonly targets: readonly NamedTarget[]
  /** Its files; paths are relative to `root`. */
  readonly tree: Tree
  /** How it is to be analysed: its settings, its compose project, and which of its files stand for the others. */
  readonly options: AnalyzeOptions & { readonly settings: Settings }
  /** The findings that were there before, if there is such a list; wrong where it cannot be read. */
  readonly baseline: Result<Baseline | undefined>
  /** What could not be read. */
  readonly problems: readonly FileProblem[]
  /** What was left out because of a limit, in a sentence. */
  readonly truncated: string | undefined
  /** What is to be said of how it was read. */
  readonly remarks: readonly string[]
  /** Paths that the user named. */
  readonly named: readonly string[]
  /** The way to its files. */
  readonly door: OpenSight
}
