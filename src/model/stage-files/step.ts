import type { Guard } from '../../languages/shell/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Source, Span } from '../../text/source.ts'

/** One command that a build or a start executes, as it stands after scripts, aliases and wrappers were followed. */
export interface Step {
  /** Its number in the order of execution, over all stages. */
  readonly id: number
  /** The index of the stage in whose files it runs. */
  readonly stage: number
  /** Where its words are written: in a Dockerfile, compose file, script, Makefile or package.json. */
  readonly span: Span
  /** Where the name of what is called is written, if not there: in the CMD that a script executes as `"$@"`. */
  readonly word?: Span
  /** All of its words there. */
  readonly written?: Span
  /** How the chain gets there from the Dockerfile or compose file, outermost first; empty where it stands there itself. */
  readonly via: readonly Label[]
  /** `maybe` where a condition decides whether it runs. */
  readonly runs: 'always' | 'maybe'
  /** The conditions that it hangs on, outermost first; a script that is run on a condition hands its own on. */
  readonly guards: readonly Guard[]
  /** Whether its failure is ignored, as with `|| true`. */
  readonly mayFail: boolean
  /** Whether a condition that is known not to hold keeps it from running: the other branch is taken. */
  readonly isPassedBy?: boolean
  /** The command whose failure a script ignores: this one, or the outermost that leads to it. */
  readonly ignored?: Span
  /** The shells that run it, outermost first; empty where an exec form starts it. */
  readonly shells: readonly RunningShell[]
  readonly command: Command
  /** The working directory, absolute. */
  readonly cwd: string
  /** Whether it may be another folder. */
  readonly isAstray?: boolean
  /** The environment of the command. */
  readonly env: Lookup
  /** Whether `su`, `gosu` or the like around it runs it as another user than root. */
  readonly otherUser?: boolean
  /** The programs around it that start another, outermost first, as they are written: `/sbin/tini`, `gosu`. */
  readonly starters?: readonly { readonly text?: string | undefined; readonly span: Span }[]
  /** What it calls that is not there, as far as the project itself goes. */
  readonly lost?: Lost
}

/** What a command calls and nothing in view has brought: a file by its absolute path, or what a file in view does not define. */
export type Lost =
  | { readonly what: 'file'; readonly name: string }
  | {
      readonly what: 'target' | 'recipe' | 'script' | 'task' | 'program' | 'app' | 'operation' | 'package'
      readonly name: string
      /** What was most likely meant. */
      readonly near: string | undefined
      /** Where it should be: `Makefile`. */
      readonly file: string
    }

/** The process of a shell that runs a text or a script. */
export interface ShellProcess {
  /** Its name without folder, such as `sh`. */
  readonly shell: string
  /** Where it is started. */
  readonly span: Span
  /** The script that it reads; undefined for the text of `sh -c`. */
  readonly file: ScriptFile | undefined
}

/** A script that a shell reads. */
export interface ScriptFile {
  /** Where its text stands: in a file of its own, or in the file whose command writes it. */
  readonly source: Source
  /** Where it lies in the image, absolute. */
  readonly path: string
  /** Its path in the project; of one that a command writes, that in the image. */
  readonly name: string
  /** Its first line. */
  readonly head: Span
  /** Whether it begins with `#!`. */
  readonly isMarked: boolean
  /** Whether a command or an instruction writes its text. */
  readonly isWritten: boolean
  /** Whether it is called by its own path. */
  readonly direct: boolean
}

/** A shell process and what becomes of it when it comes to the command. */
export interface RunningShell extends ShellProcess {
  /**
   * `replaced` by way of `exec`; `last` and `block`: the command is the last of a text, alone or inside of a compound
   * command, for which some shells make room; `waits`: the shell stays in front of it; `beside`: it runs in a process of
   * its own beside the shell, in the background or in a pipe, so that `exec` would change nothing.
   */
  readonly then: 'replaced' | 'last' | 'block' | 'waits' | 'beside'
}

/** Whether a command of the script of a release runs the code that it is given. */
export const runsCode = (command: string): boolean => command === 'eval' || command === 'rpc'

/** Gives what is known of a variable. */
export type Lookup = (name: string) => Known<string>

export type Command =
  /** `mix TASK ARGS`, after `mix do` and aliases were taken apart. */
  | {
      readonly kind: 'mix'
      readonly task: string
      readonly args: readonly string[]
      readonly mixEnv: Known<string>
    }
  /** The script of a release: `bin/my_app start`. `path` is what was called, absolute where known. */
  | {
      readonly kind: 'release'
      readonly path: string
      readonly name: string
      /** Empty where it is not known, or where there is none. */
      readonly command: string
      /** Whether it is called by its name alone. */
      readonly isBare?: boolean
      readonly args: readonly string[]
    }
  | { readonly kind: 'program'; readonly name: string; readonly argv: readonly (string | undefined)[] }
  /** A command that cannot be followed; `bound` where that is a limit of ours. */
  | { readonly kind: 'unknown'; readonly text: string; readonly why: string; readonly bound?: true }

/** Where the words of a step are written, and how the chain gets there: also where a script executes them as `"$@"`. */
export const writtenAt = ({ span, written, via }: Step): { readonly span: Span; readonly via: readonly Label[] } =>
  written ? { span: written, via: [...via, { span, text: 'it is called here' }] } : { span, via }
