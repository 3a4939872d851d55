import type { TracedText } from '../../languages/compose/service-types.ts'
import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { PlatformCheck, PlatformName } from '../../languages/platforms/types.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Known, TrailLabel } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { Arg } from '../follow/arg.ts'
import type { Connection } from './connection.ts'
import type { NamedFile } from './named-files.ts'

/** Whether all that could give a variable is in view, and what is not. */
export interface Completeness {
  readonly is: boolean
  readonly why: string
  readonly trail: readonly TrailLabel[]
  /** The variables that the platform gives to every container. */
  readonly always?: RegExp
  /** The variables that are asked for where surely nobody gives them. */
  readonly never?: ReadonlySet<string>
  /** Whether secrets alone are not in view. */
  readonly isOfSecrets?: boolean
  /** Where a file that may give it can no longer be read. */
  readonly unread?: Problem
}

/** A service of the compose file, or what a file of a platform starts, as far as a deployment needs it. */
export interface Service {
  readonly name: string
  /** It as the subject of a sentence: "the service `web`". */
  readonly subject: string
  /** The platform that starts it; undefined for Compose. */
  readonly platform: PlatformName | undefined
  /** The compose project that it belongs to: the path of its first file; or the file of the platform. */
  readonly stack: string
  /** Its key in the file. */
  readonly span: Span
  /** What of the file belongs to it; from its key to the next one where undefined. */
  readonly region: Span | undefined
  readonly image: { readonly name: string; readonly span: Span } | undefined
  readonly build: ServiceBuild | undefined
  /** What the service adds to the environment, in order of names: `env_file` first, `environment` over it. */
  readonly given: ReadonlyMap<string, Known<string>>
  readonly declared: readonly DeclaredVariable[]
  /** The env files that must be there, whether they are in view, and whether Compose puts nothing into them (`format: raw`). */
  readonly envFiles: readonly {
    readonly path: string
    readonly span: Span
    readonly isThere: boolean
    readonly isRaw: boolean
  }[]
  /** The files of its secrets and configs. */
  readonly namedFiles: readonly NamedFile[]
  /** Whether all that could give a variable is in view, and what is not. */
  readonly closed: Completeness
  /** Why more may be said of it than is here: a file that does cannot be read to its end. */
  readonly unread: Problem | undefined
  /** Undefined where the image decides; empty where the service clears it. */
  readonly command: readonly Arg[] | undefined
  readonly entrypoint: readonly Arg[] | undefined
  readonly workingDir: string | undefined
  /** `network_mode`, such as `host` or `service:proxy`. */
  readonly network: string | undefined
  readonly connection: Connection
  /** `container_name`, which only one container can have. */
  readonly containerName: TracedText | undefined
  /** The name that its container has for itself, and in `HOSTNAME`. */
  readonly hostname: string | undefined
  /** `user`, which replaces the USER of the image. */
  readonly user: TracedText | undefined
  /** The soft limit of open files that `ulimits` gives; -1 stands for none. */
  readonly nofile: { readonly value: number; readonly span: Span } | undefined
  readonly health: ServiceHealth | undefined
  /** What the platform asks of it. */
  readonly checks: readonly PlatformCheck[]
  /** The commands of `post_start` and `pre_stop`. */
  readonly hooks: readonly (readonly Arg[])[]
  readonly ports: readonly PublishedPort[]
  /** Where more than one container of it is asked for. */
  readonly copies: Copies | undefined
  readonly mounts: readonly ServiceMount[]
  /** Where it must not run as root, and nothing says as whom instead. */
  readonly nonRoot: Span | undefined
  /** Where its secrets and configs lie in the container; undefined where that is not all in view. */
  readonly files?: readonly string[]
  /** Where its root file system is made read-only. */
  readonly readOnly: Span | undefined
  /** `restart`, such as `unless-stopped`. */
  readonly restart: string | undefined
  readonly dependsOn: readonly { readonly name: string; readonly condition: string; readonly span: Span }[]
  /** Whether a service without `build` most likely runs an image of the app: its environment or command says so. */
  readonly looksLikeApp: boolean
  /** Why the service is not for production; undefined where nothing says so. */
  readonly development: string | undefined
}

export interface ServiceBuild {
  /** The context, relative to the root of the tree; undefined where it is not a folder of the tree. */
  readonly context: string | undefined
  /** The Dockerfile, relative to the root of the tree. */
  readonly dockerfile: string | undefined
  /** The Dockerfile that stands in the compose file itself. */
  readonly inline: Dockerfile | undefined
  /** The named contexts: the folder of each, relative to the root of the tree; undefined where it is no folder of the tree. */
  readonly contexts: ReadonlyMap<string, { readonly folder: string | undefined; readonly span: Span }>
  readonly target: string | undefined
  /** Where they are written, or what stands for them. */
  readonly spans: { readonly context: Span; readonly dockerfile: Span; readonly target: Span }
  readonly args: BuildArgs
  readonly declaredArgs: readonly DeclaredVariable[]
  /** The platforms that it is built for: those of `build`, else that of the service; empty for that of the builder. */
  readonly platforms: readonly { readonly name: string; readonly span: Span }[]
  readonly span: Span
}

/** A variable as a compose file, an env file or a file of a platform writes it. */
export interface DeclaredVariable {
  readonly name: string
  readonly value: Known<string>
  readonly span: Span
  readonly valueSpan: Span | undefined
  /** The text before interpolation. */
  readonly written: string
  /** Whether nothing is put into the text where it says `$NAME`, as platforms take it. */
  readonly isLiteral: boolean
}

export interface ServiceHealth {
  readonly span: Span
  readonly disabled: boolean
  /** Without the `CMD` or `CMD-SHELL` in front. */
  readonly argv: readonly Arg[]
  readonly shell: boolean
}

/** Something that is mounted in the container. */
export interface ServiceMount {
  /** An absolute path of the container. */
  readonly target: string
  readonly type: string
  /** Whether it is a folder of whoever calls Compose. */
  readonly isBind: boolean
  /** Whether Docker makes it when it is not there yet, as an empty volume that takes over its folder of the image. */
  readonly isNew: boolean
  /** A path from the root of the host, or the name of a volume. */
  readonly from: string | undefined
  readonly span: Span
}

/** Several containers of one service. */
export interface Copies {
  readonly count: number
  readonly span: Span
  /** Who starts them: Compose alone, or Swarm as well, which shares a port among them. */
  readonly by: 'compose' | 'either' | 'swarm'
}

export interface PublishedPort {
  readonly target: number
  readonly published: string | undefined
  /** The address of the machine; all of them where undefined. */
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly span: Span
}
