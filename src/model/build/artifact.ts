import type { ConfigRun } from '../../languages/elixir/run.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { StageFiles } from './files.ts'
import type { Step } from './step.ts'

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
  /** The folder of the Mix project, absolute in its stage. */
  readonly project: string
  readonly app: MixApp | undefined
  readonly files: StageFiles
  /** How many writes of `files` had happened. */
  readonly before: number
  /** The config that was compiled into it, where the release itself is in view and not its build. */
  readonly config?: ConfigRun
}
