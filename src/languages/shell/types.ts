import type { Label, Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'

/** A shell text as the commands that it runs. */
export interface ShellScript {
  readonly shebang: Shebang | undefined
  /**
   * Every simple command in the order of execution: a substitution before the command that holds it, the body of a
   * function wherever it is called. What stands after a certain `exec` or `exit` is left out.
   */
  readonly commands: readonly SimpleCommand[]
  /** The functions that are defined, also those that nobody calls. */
  readonly functions: readonly ShellFunction[]
  /** Every variable that is read anywhere in the text, in the order of the text. */
  readonly reads: readonly VariableRead[]
  readonly problems: readonly Problem[]
  /** Those of the problems that are limits of ours: what is behind them is not read. */
  readonly limits: readonly Problem[]
}

/** `#!/bin/sh -e` as `interpreter` (`/bin/sh`) and `words` (`-e`); `#!/usr/bin/env bash` is `bash`. */
export interface Shebang {
  readonly span: Span
  readonly interpreter: string
  readonly words: readonly string[]
}

export interface ShellFunction {
  readonly name: string
  readonly span: Span
}

/** A variable that is read: `VAR` of `$VAR` and `${VAR:-x}`; `bare` where no operator catches that it is unset. */
export interface VariableRead {
  readonly name: string
  readonly span: Span
  readonly bare: boolean
}

export interface SimpleCommand {
  readonly span: Span
  /** The argv with the name first; empty for a command that only assigns or redirects. */
  readonly words: readonly Word[]
  /** Those before the name, and those of `export`, `readonly`, `local`, `declare` and `typeset`. */
  readonly assignments: readonly Assignment[]
  readonly redirects: readonly Redirect[]
  /**
   * `maybe` where a condition decides. `always` where the command has run whenever the script as a whole succeeds,
   * unless something before it that `mayFail` did fail; with `mayFail: false` it has also succeeded then.
   */
  readonly runs: 'always' | 'maybe'
  /** Whether the script can succeed although this command failed. */
  readonly mayFail: boolean
  /** The conditions that it hangs on, outermost first. */
  readonly guards: readonly Guard[]
  /** The subshells that it runs in, outermost first: what `cd` and `export` change is gone outside of them. */
  readonly scope: readonly number[]
  /** Its place in `a | b`, where it stands in one. */
  readonly pipeline: { readonly index: number; readonly length: number } | undefined
  /** Whether it is started with `&`. */
  readonly background: boolean
  /** Whether it stands in `$(…)`, `` `…` ``, `<(…)` or `>(…)`. */
  readonly substitution: boolean
  /** Whether it is itself a condition: of `if`, `while`, `until`, or a test on the left of `&&` and `||`. */
  readonly condition: boolean
  /** Whether `exec` puts it in the place of the shell. */
  readonly replaces: boolean
  /** The calls of functions that lead to it, outermost first; empty outside of functions. */
  readonly calls: readonly Label[]
  /** What `$1`, `$2` … stand for, where a call of a function, `set --` or the caller of `sh -c` says so. */
  readonly positional: Positional | undefined
}

/** The words of `$1 $2 …`. Words that read `$1` themselves mean those of `outer`. */
export interface Positional {
  readonly words: Known<readonly Word[]>
  readonly outer: Positional | undefined
}

/** A condition. `text` is its raw text. */
export interface Guard extends Label {
  readonly kind: 'if' | 'while' | 'until' | 'for' | 'case' | 'and' | 'or'
  /** Whether the command runs when the condition does not hold. */
  readonly negated: boolean
  /** What decides; empty for `for` and `case`. */
  readonly commands: readonly SimpleCommand[]
  /** The `case` of `case SUBJECT in PATTERNS)`. */
  readonly subject: Word | undefined
  readonly patterns: readonly Word[]
  /** The patterns of the branches before it, which come first. */
  readonly earlier: readonly Word[]
}

export interface Assignment {
  readonly name: string
  /** Undefined for `export NAME` alone and for arrays. */
  readonly value: Word | undefined
  readonly span: Span
  /** Whether commands that are started see it: `export X=…`, or `X=… command`. */
  readonly exported: boolean
  /** Whether it is for this command alone: `X=… command`. */
  readonly temporary: boolean
  /** `X+=…` */
  readonly append: boolean
}

export interface Redirect {
  /** `>`, `>>`, `<`, `<>`, `<&`, `>&`, `>|`, `&>`, `&>>`, `<<`, `<<-` or `<<<`. */
  readonly operator: string
  /** The descriptor that is written before the operator. */
  readonly descriptor: number | undefined
  /** The file, or the text of a here-document or `<<<`. */
  readonly target: Word | undefined
  readonly span: Span
  /** The body of a here-document. */
  readonly body: Span | undefined
}

export interface Word {
  readonly span: Span
  /** As it is written. */
  readonly text: string
  readonly parts: readonly WordPart[]
  /** Whether any of it is quoted. */
  readonly quoted: boolean
  /** What it stands for after the quotes are gone, where the text alone says so. */
  readonly literal: string | undefined
}

export type WordPart =
  | { readonly kind: 'literal'; readonly span: Span; readonly value: string; readonly quoted: boolean }
  | VariablePart
  /** `$(…)` and `` `…` ``; its commands stand in `commands` of the script, before the command that holds it. */
  | { readonly kind: 'command'; readonly span: Span; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly span: Span; readonly text: string; readonly quoted: boolean }
  /** `*`, `?`, `[…]`, and `@(…)` of bash. */
  | { readonly kind: 'glob'; readonly span: Span; readonly text: string; readonly quoted: false }
  /** `{a,b}` of bash, `<(…)`, or a tag of a template. */
  | { readonly kind: 'other'; readonly span: Span; readonly text: string; readonly quoted: boolean }

/** `$X` or `${X…}`. */
export interface VariablePart {
  readonly kind: 'variable'
  readonly span: Span
  readonly text: string
  /** Also `1`, `@`, `#`, `?` … */
  readonly name: string
  readonly quoted: boolean
  /** `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, or another that is bash's own. */
  readonly operator: string | undefined
  /** What stands after the operator. */
  readonly operand: Word | undefined
}

/** How the shell is started: `sh -e`, `bash -o pipefail`. */
export interface ShellOptions {
  readonly errexit?: boolean
  readonly pipefail?: boolean
  /** Whether it is bash, in which `$(…)` does not inherit `set -e`; the first line of the script decides where it says. */
  readonly bash?: boolean
}
