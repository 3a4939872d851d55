import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import type { CommandLine, Dockerfile, HealthcheckInstruction, Stage, Word } from '../../languages/dockerfile/types.ts'
import type { Folder } from '../stage-files/paths.ts'
import type { Lookup, Step } from '../stage-files/step.ts'
import type { Context, Dangling, StageFiles } from '../stage-files/types.ts'

/** A stage after all its instructions were followed: what it holds and how a container of it starts. */
export interface BuiltStage {
  readonly stage: Stage
  /** The stage that it starts from; undefined where that is an image from elsewhere. */
  readonly base: BuiltStage | undefined
  readonly files: StageFiles
  /** The steps of its own instructions. */
  readonly steps: readonly Step[]
  readonly cwd: Folder
  readonly user: Word | undefined
  /** The words of SHELL, its own or inherited; undefined for `/bin/sh -c`. */
  readonly shell: readonly string[] | undefined
  readonly entrypoint: CommandLine | undefined
  readonly cmd: CommandLine | undefined
  /** Its own or inherited; an instruction without a command is `HEALTHCHECK NONE`. */
  readonly healthcheck: HealthcheckInstruction | undefined
  /** The environment of a container, without what it is given at run time. */
  readonly env: Lookup
  /** The stages whose files are copied or mounted into it. */
  readonly sources: readonly BuiltStage[]
  /** What of it leads nowhere, so that the build stops there. */
  readonly dangling: readonly Dangling[]
  /** Whether a program is on its PATH, where the image itself is in view. */
  readonly hasProgram?: (name: string) => boolean
}

/** A build of a Dockerfile, every stage of it. */
export interface Build {
  readonly dockerfile: Dockerfile
  /** The build arguments that it is given. */
  readonly args: BuildArgs
  readonly context: Context
  readonly stages: readonly BuiltStage[]
  readonly steps: readonly Step[]
}

/** The named contexts of a build (`--build-context`), by name: what they hold; undefined where that is not in view. */
export type NamedContexts = ReadonlyMap<string, StageFiles | undefined>
