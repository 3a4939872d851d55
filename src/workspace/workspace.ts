import type { AnalyzeOptions } from '../analyze.ts'
import type { FileProblem } from '../files/discover.ts'
import type { OpenDoor } from '../files/door/open.ts'
import type { Tree } from '../files/tree.ts'
import type { Settings } from '../settings/settings.ts'
import type { Target } from './targets.ts'

/** A project that a call names, read from disk and ready for `analyze`. */
export interface OpenProject {
  /** Absolute. */
  readonly root: string
  readonly targets: readonly Target[]
  /** Paths are relative to `root`. */
  readonly tree: Tree
  readonly options: AnalyzeOptions & { readonly settings: Settings }
  /** The folder to which the paths in the settings are relative, absolute. */
  readonly settingsFolder: string
  /** What could not be read. */
  readonly problems: readonly FileProblem[]
  /** What was left out because of a limit, in a sentence. */
  readonly truncated: string | undefined
  /** What is to be said of how it was read. */
  readonly remarks: readonly string[]
  /** Paths that the user named. */
  readonly named: readonly string[]
  /** The way to its files. */
  readonly door: OpenDoor
}

export type Opened =
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'opened'
      readonly projects: readonly OpenProject[]
      /** Targets that are there and cannot be read. */
      readonly unreached: readonly Target[]
    }
