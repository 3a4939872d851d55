import type { Span } from '../../text/source.ts'

/** The character that continues lines and escapes in words. */
export type Escape = '\\' | '`'

/** A range of offsets. */
export interface Extent {
  readonly start: number
  readonly end: number
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
export interface InstructionFlag {
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

/** `RUN --mount=type=…,…` */
export interface Mount {
  /** `bind` where it is not said. */
  readonly type: string
  readonly from?: Word
  /** `source` or `src`. */
  readonly source?: Word
  /** `target`, `dst` or `destination`. */
  readonly target?: Word
  readonly id?: Word
  /** The variable that a secret is given as. */
  readonly env?: Word
  readonly required: boolean
  readonly readOnly: boolean
  /** All keys in order, lower-case, these and others. */
  readonly options: readonly { readonly key: string; readonly value?: Word; readonly span: Span }[]
  /** The whole flag. */
  readonly span: Span
}
