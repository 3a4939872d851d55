import type { Problem } from '../../text/diagnostic.ts'
import type { Source, Span } from '../../text/source.ts'
import type { Mount } from './mounts.ts'

export type { Mount } from './mounts.ts'

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
  readonly problems: readonly Problem[]
}

export type Escape = '\\' | '`'

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
}

/**
 * A word as Docker sees it before expansion: continuations are joined, quotes and escapes are kept; words of the JSON
 * form are unescaped. `span` is where it stands, so its text may differ from `text`.
 */
export interface Word {
  readonly text: string
  readonly span: Span
}

/** `--name=value` between the keyword and the arguments. */
export interface Flag {
  /** Without the dashes, such as `from`. */
  readonly name: string
  /** Unquoted; absent where there is no `=`. */
  readonly value?: string
  readonly span: Span
  readonly valueSpan?: Span
}

/** `<<EOF` and the lines that belong to it. */
export interface Heredoc {
  readonly delimiter: string
  /** Whether the delimiter is quoted, so that nothing in the body is expanded. */
  readonly quoted: boolean
  /** `<<-`: leading tabs of the body and of the delimiter are dropped. */
  readonly stripTabs: boolean
  readonly fd?: number
  /** The lines between, with their last line break. */
  readonly bodySpan: Span
  /** The operator and its delimiter, `<<EOF`. */
  readonly span: Span
  /** The delimiter that ends it; absent where the file ends before. */
  readonly endSpan?: Span
}

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD run. */
export type CommandLine = ExecForm | ShellForm

export interface ExecForm {
  readonly form: 'exec'
  readonly argv: readonly Word[]
  /** The JSON array. */
  readonly span: Span
}

export interface ShellForm {
  readonly form: 'shell'
  /** What the shell is given: the arguments, with the heredocs that it must read; or the body of `RUN <<EOF`. See `scriptText`. */
  readonly script: Span
  /** What Docker takes out of `script` before the shell sees it: continuations, comment lines and blank lines between. */
  readonly omitted: readonly Omission[]
  /** The `#!` line of `RUN <<EOF`: not the shell but this program runs the body. */
  readonly interpreter?: Word
  readonly span: Span
}

export interface Omission extends Span {
  /** Whether the words on both sides become one, as in `mix re\` + `lease`. */
  readonly joinsWord: boolean
}

interface InstructionBase {
  /** Where it stands in `Dockerfile.instructions`; a trigger of ONBUILD has that of its ONBUILD. */
  readonly index: number
  /** The index of its stage; absent before the first FROM. */
  readonly stage?: number
  /** With continuations and heredocs, without the last line break. */
  readonly span: Span
  readonly keywordSpan: Span
  readonly flags: readonly Flag[]
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
