import type { Label, Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'

/** A text of a compose file after interpolation and merge. */
export interface TracedText {
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

export interface ComposeBuild {
  /** A path from the host's root, or a URL. */
  readonly context: TracedText
  /** Relative to the context; undefined with `dockerfile_inline`. */
  readonly dockerfile: TracedText | undefined
  readonly dockerfileInline: TracedText | undefined
  readonly target: TracedText | undefined
  readonly args: readonly EnvironmentEntry[]
  readonly additionalContexts: readonly NamedText[]
  readonly secrets: readonly FileMount[]
  /** What it is built for; empty for the platform of the machine that builds. */
  readonly platforms: readonly TracedText[]
  readonly span: Span
}

export interface NamedText {
  readonly name: string
  readonly nameSpan: Span
  readonly value: Known<string>
  readonly span: Span
}

/** A secret or config as a service uses it. */
export interface FileMount {
  readonly source: string
  readonly target: string | undefined
  readonly uid: string | undefined
  readonly gid: string | undefined
  readonly mode: string | undefined
  readonly span: Span
}

export interface HealthCheck {
  /** `CMD`, `CMD-SHELL` or `NONE`, and what follows; undefined where no test is given. */
  readonly test: readonly TracedText[] | undefined
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
  readonly target: Known<number>
  /** A port or a range, as Compose prints it. */
  readonly published: Known<string>
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly mode: string
  readonly span: Span
}

export interface ServiceDependency {
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
export interface Ulimit {
  readonly name: string
  /** What a process of the container has. */
  readonly soft: TracedText
  readonly span: Span
}

/** A command of `post_start` or `pre_stop`. */
export interface Hook {
  readonly command: readonly TracedText[] | null
  readonly user: string | undefined
  readonly environment: readonly EnvironmentEntry[]
  readonly span: Span
}

/** A network as a service uses it. */
export interface NetworkUse {
  readonly name: string
  readonly nameSpan: Span
  /** Further names of the service on it. */
  readonly aliases: readonly string[]
}

export interface ComposeService {
  readonly name: string
  /** The service's key in the file that defines it last. */
  readonly nameSpan: Span
  /** The keys under which the files define it, in the order of the merge. */
  readonly definitions: readonly Label[]
  /** The service's mapping in the file that defines it last. */
  readonly span: Span
  readonly image: TracedText | undefined
  readonly build: ComposeBuild | undefined
  /** The command's words; null: the image's. */
  readonly command: readonly TracedText[] | null
  /** `command` as it is written. */
  readonly commandSpan: Span | undefined
  readonly entrypoint: readonly TracedText[] | null
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
  readonly expose: readonly TracedText[]
  readonly dependsOn: readonly ServiceDependency[]
  readonly profiles: readonly string[]
  readonly secrets: readonly FileMount[]
  readonly configs: readonly FileMount[]
  readonly volumes: readonly Volume[]
  readonly labels: readonly NamedText[]
  readonly workingDir: TracedText | undefined
  readonly user: TracedText | undefined
  readonly restart: TracedText | undefined
  readonly networkMode: TracedText | undefined
  /** The networks that it names; without any it is on `default`. */
  readonly networks: readonly NetworkUse[]
  readonly containerName: TracedText | undefined
  /** `service:alias`, or the service alone. */
  readonly links: readonly TracedText[]
  /** The names that `extra_hosts` gives an address. */
  readonly extraHosts: readonly string[]
  readonly dns: boolean
  /** Where its root file system is made read-only. */
  readonly readOnly: TracedText | undefined
  /** The folders of `tmpfs`, with their options. */
  readonly tmpfs: readonly TracedText[]
  readonly hostname: TracedText | undefined
  readonly platform: TracedText | undefined
  readonly ulimits: readonly Ulimit[]
  readonly pullPolicy: TracedText | undefined
  readonly scale: number | undefined
  readonly deployReplicas: number | undefined
  /** Where either of them is written. */
  readonly scaleSpan: Span | undefined
  /** Whether `deploy` says what is written for Swarm. */
  readonly forSwarm: boolean
  readonly postStart: readonly Hook[]
  readonly preStop: readonly Hook[]
  /** The service has `develop`: it is watched while it is developed. */
  readonly develop: Span | undefined
  /** The names of the other keys that have an effect, sorted. */
  readonly extra: readonly string[]
}
