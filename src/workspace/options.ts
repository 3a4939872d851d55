import type { BuildArgs } from '../languages/dockerfile/globals.ts'

/** Where we were called. */
export interface Surroundings {
  /** The working directory, absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array | string>
}

/** How something is opened. Paths are relative to the working directory. */
export interface OpenOptions {
  /** What is told to Compose, as its own flags of these names. */
  readonly compose?: ComposeOptions | undefined
  /** The settings to take, `false` for none; where absent the nearest ones. */
  readonly settings?: string | false | undefined
  /** The findings that were there before, `false` for none; where absent what the settings say. */
  readonly baseline?: string | false | undefined
  /** Whether files that compose files name outside of the project are read; nothing of them is quoted. */
  readonly allowOutside?: boolean | undefined
  /** Whether a named file may be a link that leads out of its project; it is read then, and not quoted. */
  readonly mayLeadOut?: boolean | undefined
  /** What the standard input, `-`, is called; `Dockerfile` where absent. */
  readonly stdinPath?: string | undefined
  /** How the tar of a build context is read. */
  readonly context?: ContextOptions | undefined
  /** The most bytes that are read of a tar, without compression. */
  readonly maxSize?: number | undefined
}

/** What is told to Compose. */
export interface ComposeOptions {
  readonly files?: readonly string[] | undefined
  readonly envFiles?: readonly string[] | undefined
  readonly profiles?: readonly string[] | undefined
  readonly projectDirectory?: string | undefined
}

/** The tar of a build context, as `docker build -` gets it. */
export interface ContextOptions {
  /** Whether what is named must be one. */
  readonly isSure?: boolean | undefined
  /** Its Dockerfile, as `docker build -f`; one at most. */
  readonly dockerfiles?: readonly string[] | undefined
  readonly target?: string | undefined
  readonly args?: BuildArgs | undefined
}
