import type { Problem, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Source, Span } from '../../text/source.ts'
import type { CommandLine, Escape, Heredoc, InstructionFlag, Mount, Word } from './parts.ts'

export type * from './parts.ts'

/** A Dockerfile as BuildKit reads it. What could not be read is in `problems`; the rest is still here. */
export interface Dockerfile {
  readonly source: Source
  /** The character that continues lines and escapes in words: the `escape` directive, or a backslash. */
  readonly escape: Escape
  readonly directives: Directives
  /** ARG instructions before the first FROM. */
  readonly globalArgs: readonly ArgInstruction[]
  readonly stages: readonly Stage[]
  /** All instructions in file order, those before the first FROM too. */
  readonly instructions: readonly Instruction[]
  /** Whole comment lines (from `#` to the end of the line), directives not among them. */
  readonly comments: readonly Span[]
  readonly problems: readonly SyntaxProblem[]
  /** The first of them behind which Docker reads nothing: it stands for more than a name that leads nowhere. */
  readonly damage?: SyntaxProblem
  /** What could be made out of all of it, also behind its damage: nothing may be concluded from that. */
  readonly whole?: Dockerfile
}

/** A parser directive at the very top, such as `# syntax=docker/dockerfile:1`. */
export interface Directive {
  readonly value: string
  readonly span: Span
  readonly valueSpan: Span
}

export interface Directives {
  readonly syntax?: Directive
  readonly escape?: Directive
  readonly check?: Directive
}

/** One FROM and all that follows it. */
export interface Stage {
  readonly index: number
  /** In lower case, as BuildKit keeps it. */
  readonly name?: string
  readonly nameSpan?: Span
  /** The word after FROM as written: an image, `scratch` or another stage; it may hold variables. */
  readonly base: Word
  readonly platform?: Word
  /** From its FROM to the end of its last instruction. */
  readonly span: Span
  readonly from: FromInstruction
  /** What follows the FROM. */
  readonly instructions: readonly Instruction[]
  /** Why more may be in it than is here: the file cannot be read from there on. */
  readonly unread?: Problem
}

interface InstructionBase {
  /** Where it stands in `Dockerfile.instructions`; a trigger of ONBUILD has that of its ONBUILD. */
  readonly index: number
  /** The index of its stage; absent before the first FROM. */
  readonly stage?: number
  /** With continuations and heredocs, without the last line break. */
  readonly span: Span
  readonly keywordSpan: Span
  readonly flags: readonly InstructionFlag[]
  readonly heredocs: readonly Heredoc[]
}

export interface FromInstruction extends InstructionBase {
  readonly keyword: 'FROM'
  /** Empty where it is missing. */
  readonly base: Word
  readonly platform?: Word
  /** As written. */
  readonly name?: Word
}

export interface RunInstruction extends InstructionBase {
  readonly keyword: 'RUN'
  readonly command: CommandLine
  readonly mounts: readonly Mount[]
}

export interface CmdInstruction extends InstructionBase {
  readonly keyword: 'CMD'
  readonly command: CommandLine
}

export interface EntrypointInstruction extends InstructionBase {
  readonly keyword: 'ENTRYPOINT'
  readonly command: CommandLine
}

export interface ShellInstruction extends InstructionBase {
  readonly keyword: 'SHELL'
  readonly argv: readonly Word[]
}

/** COPY and ADD. */
export interface CopyInstruction extends InstructionBase {
  readonly keyword: 'COPY' | 'ADD'
  /** Files of the context or of `from`; for ADD also URLs and repositories. Without inline files. */
  readonly sources: readonly Word[]
  /** Heredocs that are files: each becomes a file named after its delimiter. */
  readonly files: readonly Heredoc[]
  readonly destination: Word
  /** COPY only: a stage, an index of a stage, an image or a named context. */
  readonly from?: Word
  readonly chown?: Word
  readonly chmod?: Word
  readonly link: boolean
  readonly parents: boolean
  readonly exclude: readonly Word[]
}

/** `name=value`, a bare `name` of ARG, or `name value` of the old ENV and LABEL. */
export interface Pair {
  readonly name: string
  /** As written, with quotes; absent for a bare `ARG name`. */
  readonly value?: string
  readonly span: Span
  readonly nameSpan: Span
  readonly valueSpan?: Span
}

export interface PairsInstruction<Keyword extends string> extends InstructionBase {
  readonly keyword: Keyword
  readonly pairs: readonly Pair[]
}
export type EnvInstruction = PairsInstruction<'ENV'>
export type ArgInstruction = PairsInstruction<'ARG'>
export type LabelInstruction = PairsInstruction<'LABEL'>

export interface ExposeInstruction extends InstructionBase {
  readonly keyword: 'EXPOSE'
  /** As written: `4000`, `4000/tcp`, `4000-4010`, `$PORT`. */
  readonly ports: readonly Word[]
}

export interface VolumeInstruction extends InstructionBase {
  readonly keyword: 'VOLUME'
  readonly paths: readonly Word[]
}

/** Instructions whose argument is the rest of the line. */
export interface WordInstruction extends InstructionBase {
  readonly keyword: 'USER' | 'WORKDIR' | 'STOPSIGNAL' | 'MAINTAINER'
  readonly word: Word
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly keyword: 'HEALTHCHECK'
  /** Absent for `HEALTHCHECK NONE`. The options (`--interval`, …) are in `flags`. */
  readonly command?: CommandLine
}

export interface OnbuildInstruction extends InstructionBase {
  readonly keyword: 'ONBUILD'
  readonly trigger: Instruction
}

/** An instruction that Docker does not know, or one that lacks what it needs: a problem says what. */
export interface UnknownInstruction extends InstructionBase {
  readonly keyword: 'UNKNOWN'
  /** The keyword in upper case. */
  readonly name: string
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CmdInstruction
  | EntrypointInstruction
  | ShellInstruction
  | CopyInstruction
  | EnvInstruction
  | ArgInstruction
  | LabelInstruction
  | ExposeInstruction
  | VolumeInstruction
  | WordInstruction
  | HealthcheckInstruction
  | OnbuildInstruction
  | UnknownInstruction
