import type { Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { NamedText, TracedText } from '../compose/service-types.ts'

/** Who starts containers, or builds images, by a file of its own. */
export type PlatformName = 'fly' | 'kubernetes' | 'kamal' | 'render' | 'heroku' | 'workflow' | 'bake'

/** A container that a file of a platform starts. */
export interface PlatformCall {
  /** The name of it in its file, such as that of a process group. */
  readonly name: string
  /** It as the subject of a sentence: `the process \`app\` on Fly.io`. */
  readonly subject: string
  /** Where it is declared. */
  readonly span: Span
  /** What of the file belongs to it. */
  readonly region: Span
  /** The image that it starts, where it names one. */
  readonly image: TracedText | undefined
  /** What the image is built from, where the platform builds it. */
  readonly build: PlatformBuild | undefined
  /** The variables that the file gives it; a value out of view is unknown, and set. */
  readonly variables: readonly NamedText[]
  /** Why it may be given more than the file says; undefined where that is all. */
  readonly open: string | undefined
  /** Whether only secrets are not in the file. */
  readonly isOpenForSecrets: boolean
  /** The variables that the platform gives to each container. */
  readonly always: RegExp | undefined
  /** Undefined where the image decides. */
  readonly command: readonly TracedText[] | undefined
  readonly entrypoint: readonly TracedText[] | undefined
  readonly workingDir: string | undefined
  readonly user: TracedText | undefined
  /** Where it must not run as root, and nothing says as whom instead. */
  readonly nonRoot: Span | undefined
  /** Where its root file system is made read-only. */
  readonly readOnly: Span | undefined
  /** The ports to which the platform sends requests. */
  readonly ports: readonly { readonly target: number; readonly span: Span }[]
  readonly checks: readonly PlatformCheck[]
  /** What is executed in it to ask whether it is well. */
  readonly asked: { readonly words: readonly TracedText[]; readonly span: Span } | undefined
  /** Whether others share its network, and so its `localhost`. */
  readonly isShared: boolean
  readonly mounts: readonly PlatformMount[]
  /** How it reaches others by their names; undefined where nothing is known of that. */
  readonly connection: PlatformConnection | undefined
}

/** Something that is mounted in a container. */
export interface PlatformMount {
  readonly target: string
  readonly from: string | undefined
  /** Whether Docker makes it as an empty volume where it is not there yet. */
  readonly isNew?: boolean
  readonly span: Span
}

/** The names of a container, and what it shares them with. */
export interface PlatformConnection {
  readonly networks: readonly string[]
  /** The names by which others on these networks reach it. */
  readonly names: readonly string[]
  /** Why more may be reached than is in view; undefined where that is all. */
  readonly open: string | undefined
}

/** A request by which a platform asks a container whether it is well. */
export interface PlatformCheck {
  readonly path: string
  readonly port: Known<string>
  /** The place of the path. */
  readonly span: Span
  /** Whether it only asks if the container has to be started anew, for which the database is no reason. */
  readonly isLiveness: boolean
  /** Whether it asks by HTTPS. */
  readonly isTls: boolean
  /** The headers that it sends, as `name: value`. */
  readonly headers: readonly string[]
  /** What is to be said of it where nobody wrote it. */
  readonly note: string | undefined
}

/** How a platform builds an image. Paths are relative to the root of the tree. */
export interface PlatformBuild {
  /** The folder of the tree that is the context; undefined where none surely is. */
  readonly context: { readonly folder: string; readonly span: Span } | undefined
  readonly dockerfile: { readonly path: string; readonly span: Span }
  readonly target: TracedText | undefined
  readonly args: readonly NamedText[]
  readonly platforms: readonly TracedText[]
  readonly span: Span
}

/** A build that is called for, and that nobody starts there. */
export interface CalledBuild extends PlatformBuild {
  /** It as the subject of a sentence: "the image of the job `build`". */
  readonly subject: string
  /** Whether the image is sent to a registry, as far as is known. */
  readonly isPushed: boolean
  /** The names that it is given, as far as they are known. */
  readonly tags: readonly string[]
}

/** What a file of a platform says. */
export interface PlatformFile {
  readonly platform: PlatformName
  readonly path: string
  readonly calls: readonly PlatformCall[]
  readonly builds: readonly CalledBuild[]
  /** Why nothing of it, or no more, can be read. */
  readonly damage: Problem | undefined
  /** What it starts that is not looked at, and why. */
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[]
}
