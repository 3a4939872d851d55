import type { ConfigRun } from '../../languages/elixir/config/run.ts'
import type { Span } from '../../text/source.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Missing } from './missing.ts'
import type { Step } from './step.ts'

/** The build context: a folder of the tree without what .dockerignore takes away. Paths are those of the tree. */
export interface Context {
  /** The folder, relative to the root of the tree; `''` is the root. */
  readonly root: string
  /** What is at a path, `unseen` where the tree holds nothing of the context but Dockerfiles. */
  typeOf(path: string): 'file' | 'folder' | 'unseen' | undefined
  /** The files at and below a folder of the tree that the build sees. */
  filesUnder(folder: string): readonly string[]
  /** Files at and below a folder that may hold secrets and that only some machines have, since git ignores them. */
  ignoredUnder(folder: string): readonly string[]
  /** The names of the files and folders in a folder of the tree that the build sees. */
  namesIn(folder: string): readonly string[]
  /** Why the build surely stops at a path that it is to copy; undefined where nothing proves that. */
  missing(path: string): Missing | undefined
  /** Whether a path is in no clean checkout, since git ignores it, be it there or not; what may hold secrets aside, and what may be in git all the same. */
  isLocal(path: string): boolean
  /** The same context with all that .dockerignore takes away. */
  unfiltered(): Context | undefined
}

/** A reference of a build that leads nowhere, so that the build stops there; `local`: on every machine but that which made it. */
export type Dangling = {
  readonly span: Span
} /** `near`: the stage that was most likely meant; `path`: what a COPY without a stage asks for. */ & (
  | { readonly kind: 'stage'; readonly name: string; readonly near: string | undefined; readonly path?: string }
  | { readonly kind: 'source'; readonly path: string; readonly missing: Missing }
  | { readonly kind: 'local'; readonly path: string }
)

/** What put something at a path of a stage: the instruction or command, and whether it surely runs. */
export interface Cause {
  readonly span: Span
  readonly runs: 'always' | 'maybe'
}

/** Where the bytes of a copy come from. */
export type Place =
  | { readonly in: 'context'; readonly context: Context; readonly path: string }
  | {
      readonly in: 'stage'
      readonly files: StageFiles
      readonly path: string
      /** How many writes of `files` had happened. */
      readonly before: number
    }
  | { readonly in: 'elsewhere'; readonly why: string }

/** One change of the files of a stage, at `target` (absolute) and below it. */
export type Write = {
  readonly target: string
  readonly cause: Cause
  /** A mount, and what is written into one, is gone from this number of writes on. */
  readonly until?: number
  /** The number of writes at which the layer that it belongs to is done; its own where absent. */
  readonly layer?: number
} & (
  | { readonly kind: 'copy'; readonly from: Place }
  /** `ln -s`; `to` as it is written: absolute, or relative to the folder of the link. */
  | { readonly kind: 'link'; readonly to: string }
  | { readonly kind: 'inline'; readonly written: readonly Written[] }
  | { readonly kind: 'made'; readonly artifact: Artifact }
  /** `mkdir` */
  | { readonly kind: 'folder' }
  | { readonly kind: 'removed' }
  /** `adds`: it takes nothing away that was there; `bound`: what follows is too much for us. */
  | { readonly kind: 'unknown'; readonly why: string; readonly adds?: boolean; readonly bound?: true }
)

/** A part of a text that the project writes into a file, and where it stands; the source may show it with escapes. */
export interface Written {
  readonly text: string
  readonly at: Span
}

/** The files of a stage as the list of what changed them, in order; `base` is the stage that it starts from. */
export interface StageFiles {
  readonly base: StageFiles | undefined
  readonly writes: readonly Write[]
  /** Shared by the stages of a build; without bounds where absent. */
  readonly effort?: Effort
  /** Whether it stands for an image that is not in view, in which the usual folders are there. */
  readonly isImage?: boolean
}

/** How many names and writes may still be looked at before what is asked about files stays unknown. */
export interface Effort {
  left: number
}

export type Origin =
  | { readonly kind: 'context'; readonly path: string; readonly type: 'file' | 'folder' }
  | { readonly kind: 'inline'; readonly written: readonly Written[] }
  /** A command made it, or the artifact that it lies in; `rest` is the path inside of the artifact. */
  | { readonly kind: 'made'; readonly artifact: Artifact; readonly rest: string }
  | { readonly kind: 'removed' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string }

/** What is at a path, and the causes that brought it there: the last first. */
export interface Located {
  readonly origin: Origin
  readonly causes: readonly Cause[]
}

/** What a command leaves behind in the files of its stage. */
export type Artifact =
  /** CSS and JavaScript written by a bundler. */
  | { readonly kind: 'bundle'; readonly step: Step }
  /** Digested files and `cache_manifest.json`, written by `mix phx.digest`. */
  | { readonly kind: 'digest'; readonly step: Step }
  | { readonly kind: 'compiled'; readonly step: Step }
  | { readonly kind: 'packages'; readonly step: Step }
  | Release
  /** `isFile`: whether it is surely a file. `packed`: what an archive holds, where that is known. */
  | { readonly kind: 'other'; readonly step: Step; readonly isFile?: boolean; readonly packed?: Packed }

/** What was packed into an archive: paths of a stage as they were then, each with its name in the archive. */
export interface Packed {
  readonly files: StageFiles
  /** How many writes of `files` had happened. */
  readonly before: number
  readonly members: readonly { readonly path: string; readonly name: string }[]
}

/** A release that `mix release` assembled, with the files as they were at that moment. */
export interface Release {
  readonly kind: 'release'
  readonly step: Step
  readonly name: string
  readonly mixEnv: string
  /** The build makes it for another environment, and what takes it from there wants this one. */
  readonly isOfOtherEnv?: true
  /** The folder of the Mix project, absolute in its stage. */
  readonly project: string
  readonly app: MixApp | undefined
  readonly files: StageFiles
  /** How many writes of `files` had happened. */
  readonly before: number
  /** The config that was compiled into it, where the release itself is in view and not its build. */
  readonly config?: ConfigRun
}
