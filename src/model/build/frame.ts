import type { Tree } from '../../files/tree.ts'
import type { Guard } from '../../languages/shell/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Artifact } from './artifact.ts'
import type { Context } from './context.ts'
import type { StageFiles, Write } from './files.ts'
import type { Command, Lookup, Step } from './step.ts'

/** What of the project a build can look at. */
export interface World {
  readonly tree: Tree
  readonly sourceAt: (path: string) => Source | undefined
  readonly apps: readonly MixApp[]
}

/** The files of a stage while it is built. */
export interface Draft extends StageFiles {
  readonly writes: Write[]
}

/** A word of a command after expansion; `text` is undefined where it is not known. */
export interface Arg {
  readonly text: string | undefined
  readonly span: Span
}

/** The state of one shell process: what `cd`, assignments and `export` change. */
export interface Shell {
  cwd: string
  /** False after a `cd` to a folder that is not known. */
  cwdKnown: boolean
  readonly variables: Map<string, Known<string>>
  /** `$1`, `$2` … */
  readonly args: readonly Arg[]
  /** The file that it reads, absolute: `$0`; undefined where it has its commands from elsewhere. */
  readonly script?: string
}

/** Where a command is followed: in which files and shell, and how the chain got there. */
export interface Frame {
  readonly world: World
  readonly context: Context
  readonly stage: number
  readonly draft: Draft
  readonly shell: Shell
  /** The environment that the shell was started with. */
  readonly env: Lookup
  readonly via: readonly Label[]
  readonly runs: 'always' | 'maybe'
  /** The conditions of the scripts around; none where absent. */
  readonly guards?: readonly Guard[]
  readonly mayFail: boolean
  readonly depth: number
  readonly emit: (step: Omit<Step, 'id'>) => Step
  /** Executes a command; a follower uses it for the commands that it finds. `input` is its here-document. */
  readonly follow: (argv: readonly Arg[], frame: Frame, at: Span, input?: Span) => void
}

/** How many scripts, aliases and functions are followed into each other. */
export const deepestFollow = 24

/** The shell process that `shell` starts: it sees all, and changes nothing outside. */
export const subshell = (shell: Shell, args: readonly Arg[] = shell.args): Shell => ({
  cwd: shell.cwd,
  cwdKnown: shell.cwdKnown,
  variables: new Map(shell.variables),
  args,
  ...(shell.script === undefined ? {} : { script: shell.script }),
})

/** What a command in `frame` sees of the environment. */
export const lookupIn = (frame: Frame): Lookup => {
  const variables = new Map(frame.shell.variables)
  return (name) => variables.get(name) ?? frame.env(name)
}

/** Adds a step for `command` and gives it back. */
export function step(frame: Frame, command: Command, at: Span): Step {
  const { stage, via, runs, guards = [], mayFail, shell } = frame
  return frame.emit({ stage, span: at, via, runs, guards, mayFail, command, cwd: shell.cwd, env: lookupIn(frame) })
}

/** Notes that `artifact` is at `target` from now on. */
export function write(frame: Frame, target: string, artifact: Artifact): void {
  frame.draft.writes.push({ kind: 'made', target, artifact, cause: { span: artifact.step.span, runs: frame.runs } })
}

/** `frame` one level deeper, reached by way of `label`. */
export const deeper = (frame: Frame, label: Label, change: Partial<Frame> = {}): Frame => ({
  ...frame,
  via: [...frame.via, label],
  depth: frame.depth + 1,
  ...change,
})
