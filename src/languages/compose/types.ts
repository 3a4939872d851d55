import type { Problem, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'
import type { ComposeService } from './service-types.ts'
import type { ShellEnvironment } from './shell.ts'

/** What `docker compose` is called with, and the files that it would find. Paths are relative to the host's root, with `/`. */
export interface ComposeInput {
  /** The text at `path`; undefined where there is no such file. */
  readonly read: (path: string) => Source | undefined
  /** Whether a file or folder stands at `path`; asks `read` where absent. */
  readonly exists?: (path: string) => boolean
  /** Whether `path` is a folder; false where absent. */
  readonly isFolder?: (path: string) => boolean
  /** Whether `path` lies outside of what may be read, so that nothing is known of it; false where absent. */
  readonly isElsewhere?: (path: string) => boolean
  /** The folder in which the command runs; `''` is the host's root. */
  readonly workingDirectory: string
  /** The name of the host's root folder, from which a project in it takes its name. */
  readonly rootName?: string
  /** `-f`, relative to the working directory. */
  readonly configFiles?: readonly string[]
  /** `--env-file`, relative to the working directory. */
  readonly envFiles?: readonly string[]
  /** `--profile`. */
  readonly profiles?: readonly string[]
  /** `--project-directory`, relative to the working directory. */
  readonly projectDirectory?: string
  /** `--project-name`. */
  readonly projectName?: string
  readonly shell: ShellEnvironment
  /** Services of profiles that are not active count as active. */
  readonly allServices?: boolean
}

/** What Compose makes of the files: the merged project, what is wrong with it, and where each value comes from. */
export interface ComposeProject {
  /** Empty where Compose can find no name. */
  readonly name: string
  /** The compose files that were asked for or found, in the order in which they are merged; included files are not listed. */
  readonly composeFiles: readonly string[]
  /** Every text that had a part: compose files, included and extended ones, env files. */
  readonly sources: readonly Source[]
  /** The active services, by name, in the order in which they are written. */
  readonly services: ReadonlyMap<string, ComposeService>
  /** Services whose profiles are not active. */
  readonly disabled: ReadonlyMap<string, ComposeService>
  readonly secrets: ReadonlyMap<string, FileObject>
  readonly configs: ReadonlyMap<string, FileObject>
  readonly volumes: ReadonlyMap<string, Resource>
  readonly networks: ReadonlyMap<string, Resource>
  /** Why Compose would stop; empty where it would run. */
  readonly problems: readonly SyntaxProblem[]
  /** What cannot be read of compose files: more may stand there than is here. */
  readonly damages: readonly SyntaxProblem[]
  /** Where files are named that lie outside of what may be read. */
  readonly elsewhere: readonly NotRead[]
  /** What Compose would warn of. */
  readonly warnings: readonly Problem[]
  /** Every variable that a compose file interpolates. */
  readonly variables: readonly VariableUse[]
}

/** That a file is not read, at the place that names it. */
export interface NotRead extends Problem {
  /** What would be taken from it. */
  readonly holds: 'services' | 'variables'
}

/** `${NAME…}` in a compose file or in an env file. */
export interface VariableUse {
  readonly name: string
  readonly span: Span
  /** The operator: none, or how absence is met. */
  readonly operator: '' | ':-' | '-' | ':?' | '?' | ':+' | '+'
  /** What stands after the operator, as it is written. */
  readonly argument: string
  /** What the variable holds, before the operator. */
  readonly value: Known<string>
}

/** A secret or config of the project. */
export interface FileObject {
  readonly name: string
  /** The key under which services name it. */
  readonly key: string
  readonly file: string | undefined
  readonly fileSpan: Span | undefined
  readonly environment: string | undefined
  readonly content: Known<string> | undefined
  readonly external: boolean
  readonly nameSpan: Span
  readonly span: Span
}

/** A volume or network of the project. */
export interface Resource {
  readonly name: string
  readonly key: string
  readonly external: boolean
  /** Whether Compose makes it itself, with no options but its name: empty, on this machine, of nobody in particular. */
  readonly isPlain: boolean
  /** Whether a network has addresses of IPv6. */
  readonly ipv6: boolean
  readonly nameSpan: Span
}
