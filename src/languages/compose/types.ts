import type { Label, Problem, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'
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
  readonly services: ReadonlyMap<string, Service>
  /** Services whose profiles are not active. */
  readonly disabled: ReadonlyMap<string, Service>
  readonly secrets: ReadonlyMap<string, FileObject>
  readonly configs: ReadonlyMap<string, FileObject>
  readonly volumes: ReadonlyMap<string, Resource>
  readonly networks: ReadonlyMap<string, Resource>
  /** Why Compose would stop; empty where it would run. */
  readonly problems: readonly SyntaxProblem[]
  /** What cannot be read of compose files: more may stand there than is here. */
  readonly damages: readonly SyntaxProblem[]
  /** Where files are named that lie outside of what may be read. */
  readonly elsewhere: readonly LeftOut[]
  /** What Compose would warn of. */
  readonly warnings: readonly Problem[]
  /** Every variable that a compose file interpolates. */
  readonly variables: readonly VariableUse[]
}

/** That a file is not read, at the place that names it. */
export interface LeftOut extends Problem {
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

/** A text of a compose file after interpolation and merge. */
export interface Traced {
  readonly value: Known<string>
  /** The text as it is written, quotes included. */
  readonly span: Span
}

/** One variable of a container's environment. */
export interface EnvironmentEntry {
  readonly name: string
  /** What the container sees. `unset`: passed through, and nobody in view sets it. The trail tells where it comes from. */
  readonly value: Known<string>
  /** Written without a value: the value is the shell's. */
  readonly passedThrough: boolean
  /** `environment` of a compose file, or a line of an env file. */
  readonly from: 'environment' | 'env_file'
  /** The name as it is written in the place that decides. */
  readonly nameSpan: Span
  /** The value as it is written there; the name's place where there is none. */
  readonly span: Span
}

/** One entry of `env_file`. */
export interface EnvFileReference {
  /** The path from the host's root. */
  readonly path: string
  readonly required: boolean
  /** Empty, or `raw`. */
  readonly format: string
  readonly span: Span
  /** The file; undefined where it is not there. */
  readonly source: Source | undefined
}

export interface Build {
  /** A path from the host's root, or a URL. */
  readonly context: Traced
  /** Relative to the context; undefined with `dockerfile_inline`. */
  readonly dockerfile: Traced | undefined
  readonly dockerfileInline: Traced | undefined
  readonly target: Traced | undefined
  readonly args: readonly EnvironmentEntry[]
  readonly additionalContexts: readonly Pair[]
  readonly secrets: readonly Mount[]
  /** What it is built for; empty for the platform of the machine that builds. */
  readonly platforms: readonly Traced[]
  readonly span: Span
}

export interface Pair {
  readonly name: string
  readonly nameSpan: Span
  readonly value: Known<string>
  readonly span: Span
}

/** A secret or config as a service uses it. */
export interface Mount {
  readonly source: string
  readonly target: string | undefined
  readonly uid: string | undefined
  readonly gid: string | undefined
  readonly mode: string | undefined
  readonly span: Span
}

export interface HealthCheck {
  /** `CMD`, `CMD-SHELL` or `NONE`, and what follows; undefined where no test is given. */
  readonly test: readonly Traced[] | undefined
  readonly disable: boolean
  /** As Go prints durations: `1m30s`. */
  readonly interval: string | undefined
  readonly timeout: string | undefined
  readonly startPeriod: string | undefined
  readonly startInterval: string | undefined
  readonly retries: number | undefined
  readonly span: Span
}

export interface Port {
  /** Undefined where it is not known. */
  readonly target: number | undefined
  /** A port or a range, as Compose prints it. */
  readonly published: Known<string>
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly mode: string
  readonly span: Span
}

export interface Dependency {
  readonly name: string
  /** `service_started`, `service_healthy` or `service_completed_successfully`. */
  readonly condition: string
  readonly required: boolean
  readonly restart: boolean
  readonly span: Span
}

export interface Volume {
  /** `bind`, `volume`, `tmpfs`, … */
  readonly type: string
  /** A path from the host's root, a volume's name, or nothing. */
  readonly source: string | undefined
  readonly target: string
  readonly readOnly: boolean
  readonly span: Span
}

/** An entry of `ulimits`. */
export interface Limit {
  readonly name: string
  /** What a process of the container has. */
  readonly soft: Traced
  readonly span: Span
}

/** A command of `post_start` or `pre_stop`. */
export interface Hook {
  readonly command: readonly Traced[] | null
  readonly user: string | undefined
  readonly environment: readonly EnvironmentEntry[]
  readonly span: Span
}

export interface Service {
  readonly name: string
  /** The service's key in the file that defines it last. */
  readonly nameSpan: Span
  /** The keys under which the files define it, in the order of the merge. */
  readonly definitions: readonly Label[]
  /** The service's mapping in the file that defines it last. */
  readonly span: Span
  readonly image: Traced | undefined
  readonly build: Build | undefined
  /** The command's words; null: the image's. */
  readonly command: readonly Traced[] | null
  /** `command` as it is written. */
  readonly commandSpan: Span | undefined
  readonly entrypoint: readonly Traced[] | null
  readonly entrypointSpan: Span | undefined
  /** Env files first, then `environment`; each name once, the value that the container sees. */
  readonly environment: readonly EnvironmentEntry[]
  /** Whether every env file that the service names is in view, and what it extends. */
  readonly closed: boolean
  /** Where one of its env files can no longer be read. */
  readonly damage: Problem | undefined
  readonly envFiles: readonly EnvFileReference[]
  readonly healthcheck: HealthCheck | undefined
  readonly ports: readonly Port[]
  readonly expose: readonly Traced[]
  readonly dependsOn: readonly Dependency[]
  readonly profiles: readonly string[]
  readonly secrets: readonly Mount[]
  readonly configs: readonly Mount[]
  readonly volumes: readonly Volume[]
  readonly labels: readonly Pair[]
  readonly workingDir: Traced | undefined
  readonly user: Traced | undefined
  readonly restart: Traced | undefined
  readonly networkMode: Traced | undefined
  /** The networks that it names; without any it is on `default`. */
  readonly networks: readonly NetworkUse[]
  readonly containerName: Traced | undefined
  /** `service:alias`, or the service alone. */
  readonly links: readonly Traced[]
  /** The names that `extra_hosts` gives an address. */
  readonly extraHosts: readonly string[]
  readonly dns: boolean
  /** Where its root file system is made read-only. */
  readonly readOnly: Traced | undefined
  /** The folders of `tmpfs`, with their options. */
  readonly tmpfs: readonly Traced[]
  readonly hostname: Traced | undefined
  readonly platform: Traced | undefined
  readonly ulimits: readonly Limit[]
  readonly pullPolicy: Traced | undefined
  readonly scale: number | undefined
  readonly deployReplicas: number | undefined
  readonly postStart: readonly Hook[]
  readonly preStop: readonly Hook[]
  /** The service has `develop`: it is watched while it is developed. */
  readonly develop: Span | undefined
  /** The names of the other keys that have an effect, sorted. */
  readonly extra: readonly string[]
}

/** A secret or config of the project. */
export interface FileObject {
  readonly name: string
  /** The key under which services name it. */
  readonly key: string
  readonly file: string | undefined
  readonly environment: string | undefined
  readonly content: Known<string> | undefined
  readonly external: boolean
  readonly nameSpan: Span
  readonly span: Span
}

/** A network as a service uses it. */
export interface NetworkUse {
  readonly name: string
  readonly nameSpan: Span
  /** Further names of the service on it. */
  readonly aliases: readonly string[]
}

/** A volume or network of the project. */
export interface Resource {
  readonly name: string
  readonly key: string
  readonly external: boolean
  /** Whether a network has addresses of IPv6. */
  readonly ipv6: boolean
  readonly nameSpan: Span
}
