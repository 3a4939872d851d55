import type { Known } from '../../../text/known.ts'
import type { Source, Span } from '../../../text/source.ts'
import type { ModuleDefinition } from '../syntax/modules.ts'
import type { Value } from '../values/value.ts'

/** What a config script is evaluated with. Paths are as the script sees them: absolute, with `/`. */
export interface ConfigInput {
  readonly entry: Source
  /** The directory of the entry: `/app/config` at build, `/app/releases/0.1.0` for runtime.exs in a release. */
  readonly directory: string
  readonly workingDirectory: string
  /** Any other file by its absolute path: unset where it surely is not there, unknown where it may be. */
  readonly file: (path: string) => Known<Source>
  /** The files that a wildcard of `use Mix.Config` finds, in order; unknown where not all are in view. */
  readonly glob?: (pattern: string) => Known<readonly string[]>
  /** `build` may import files, `runtime` may not. */
  readonly kind: 'build' | 'runtime'
  /** What `config_env()` gives, such as `prod`. */
  readonly configEnv: string
  /** `host` where undefined. */
  readonly configTarget?: string
  readonly environment: {
    readonly get: (name: string) => Known<string>
    /** All variables; undefined where there may be more than we know of. */
    readonly all?: ReadonlyMap<string, string>
  }
  /** Whether `Mix.env()` works: true at build and in a container that runs mix, false in a release. */
  readonly mixAvailable: boolean
  /** Whether modules of the app and its dependencies can be called. `unknown`: they can, with results that we cannot know. */
  readonly otherModules: 'absent' | 'unknown'
  /** Whether there is surely no module of a name although there are others; `meant` is another that may be meant. */
  readonly isNowhere?: (module: string, meant?: string) => boolean
  /** A module of the app's code by its full name, where the script can call it; undefined where it is not in view. */
  readonly module?: (name: string) => ModuleDefinition | undefined
  /** Such as `1.18.4`; 1.14.0 where undefined. */
  readonly elixirVersion?: string
  /** What `Application.get_env` sees: the config that was compiled in. */
  readonly compiled?: Value | undefined
  /** The scripts that were too much to be followed before; they are given up early. Shared by the runs of a project. */
  readonly exhausting?: Set<Source>
  /** Where the script is known to stop: it goes on there, with a value that is not known. */
  readonly past?: readonly Span[]
}
