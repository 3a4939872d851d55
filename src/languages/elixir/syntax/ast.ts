import type { SyntaxProblem } from '../../../text/diagnostic.ts'
import type { Source, Span } from '../../../text/source.ts'

/** What was read of one Elixir file. */
export interface ElixirFile {
  readonly source: Source
  /** The expressions of the file, in order. Where the file has syntax errors this is what could be read of it. */
  readonly body: readonly Node[]
  readonly comments: readonly Span[]
  /** The first syntax error, as Elixir tells of it. It runs nothing of a file that has one. */
  readonly problems: readonly SyntaxProblem[]
  /** Of a file that is one module: what is told of it before `body` is asked for, which takes its time. */
  readonly outline?: Outline
}

/** The one module of a file, by its name in full. */
export interface Outline {
  readonly name: string
  readonly span: Span
  readonly nameSpan: Span
}

/** An expression. Near Elixir's quoted form, but operators, literals and blocks have kinds of their own. */
export type Node =
  | IntegerNode
  | FloatNode
  | AtomNode
  | QuotedAtomNode
  | StringNode
  | CharlistNode
  | SigilNode
  | ListNode
  | TupleNode
  | MapNode
  | BitstringNode
  | AliasNode
  | VariableNode
  | AttributeNode
  | CallNode
  | ApplyNode
  | AccessNode
  | UnaryNode
  | BinaryNode
  | FnNode
  | CaptureNode
  | PlaceholderNode
  | BlockNode
  | ClausesNode
  | UnreadNode

interface Placed<Kind extends string> {
  readonly kind: Kind
  readonly span: Span
}

/** `80`, `0xFF`, `1_000`, and `?a` as its code point. */
export interface IntegerNode extends Placed<'integer'> {
  readonly value: bigint
}

export interface FloatNode extends Placed<'float'> {
  readonly value: number
}

/** `:info`, `true`, `nil`, `:"quoted atom"` and the key of `key: value`. `name` is without the colon. */
export interface AtomNode extends Placed<'atom'> {
  readonly name: string
}

/** `:"a#{b}"` or `"a#{b}": value`: an atom whose name is known when it is evaluated. */
export interface QuotedAtomNode extends Placed<'quoted-atom'> {
  readonly parts: readonly StringPart[]
}

/** `"text #{value}"` and heredocs: escapes are resolved, the indentation of a heredoc is dropped. */
export interface StringNode extends Placed<'string'> {
  readonly parts: readonly StringPart[]
}

/** `'text'` and its heredoc. */
export interface CharlistNode extends Placed<'charlist'> {
  readonly parts: readonly StringPart[]
}

/** `~w(a b)a`. Escapes are resolved for lower-case sigils, except in `~r`, which keeps them for the regex. */
export interface SigilNode extends Placed<'sigil'> {
  readonly name: string
  readonly parts: readonly StringPart[]
  readonly modifiers: string
}

/** A stretch of a string: text as Elixir sees it, bytes that are no text (`\xFF`), or `#{value}`. */
export type StringPart =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly span: Span }
  | { readonly kind: 'interpolation'; readonly value: Node; readonly span: Span }

/**
 * `[1, 2]`, `[a: 1]`, `[head | tail]`. The pairs of a keyword list are tuples with `keyword: true`. Keywords at the end
 * of a call, tuple or bracket access are one such list with `brackets: false`.
 */
export interface ListNode extends Placed<'list'> {
  readonly items: readonly Node[]
  readonly tail?: Node
  readonly brackets: boolean
}

/** `{1, 2}`, and the pair of `key: value` (`keyword: true`, two items). */
export interface TupleNode extends Placed<'tuple'> {
  readonly items: readonly Node[]
  readonly keyword: boolean
}

/** `%{a: 1}`, `%{base | a: 1}`, `%Name{}`. */
export interface MapNode extends Placed<'map'> {
  readonly struct?: Node
  readonly base?: Node
  readonly entries: readonly MapEntry[]
}

export interface MapEntry {
  readonly key: Node
  readonly value: Node
  readonly span: Span
}

/** `<<a, b::8>>`: a segment with a type is a binary `::`. */
export interface BitstringNode extends Placed<'bitstring'> {
  readonly segments: readonly Node[]
}

/** `MyApp.Repo` as written; `query.ts` resolves aliases. `head` is what stands before, as in `__MODULE__.Web`. */
export interface AliasNode extends Placed<'alias'> {
  readonly segments: readonly string[]
  readonly head?: Node
}

/** A lower-case name without arguments: a variable, or a call without parentheses where no such variable is bound. */
export interface VariableNode extends Placed<'variable'> {
  readonly name: string
}

/** `@name`, and `@name value` where it is set. */
export interface AttributeNode extends Placed<'attribute'> {
  readonly name: string
  readonly value?: Node
}

/** `name(args)`, `Target.name(args)`, `name args do … end`, `map.field` (no parentheses, no arguments). */
export interface CallNode extends Placed<'call'> {
  readonly target?: Node
  readonly name: string
  readonly nameSpan: Span
  /** Keywords at the end are one list without brackets. `do … end` is not among them: see `blocks`. */
  readonly args: readonly Node[]
  readonly parens: boolean
  /** The sections of `do … end`, in order; empty without one. `sections` in `query.ts` adds `do:` and `else:`. */
  readonly blocks: readonly Section[]
}

/** `fun.(args)`. */
export interface ApplyNode extends Placed<'apply'> {
  readonly fun: Node
  readonly args: readonly Node[]
}

/** `value[key]`. */
export interface AccessNode extends Placed<'access'> {
  readonly target: Node
  readonly key: Node
}

export interface Section {
  readonly label: 'do' | 'else' | 'rescue' | 'catch' | 'after'
  readonly body: BlockNode | ClausesNode
  readonly span: Span
}

/** `-x`, `!x`, `not x`, `^x`, `~~~x`. */
export interface UnaryNode extends Placed<'unary'> {
  readonly operator: string
  readonly operand: Node
}

/**
 * Every infix operator: `=`, `|>`, `<>`, `in`, `not in`, `..`, `//` (the step of a range), `when`, `<-`, `\\`, `::`,
 * `|`, `=>`, `/` … as written.
 */
export interface BinaryNode extends Placed<'binary'> {
  readonly operator: string
  readonly operatorSpan: Span
  readonly left: Node
  readonly right: Node
}

export interface FnNode extends Placed<'fn'> {
  readonly clauses: readonly Clause[]
}

/** `&String.trim/1` (a binary `/` inside), `&(&1 + 1)`. */
export interface CaptureNode extends Placed<'capture'> {
  readonly body: Node
}

/** `&1`. */
export interface PlaceholderNode extends Placed<'placeholder'> {
  readonly index: number
}

/** Expressions one after the other: the inside of `do … end`, of `(a; b)`, of a clause. Empty is nil. */
export interface BlockNode extends Placed<'block'> {
  readonly body: readonly Node[]
}

/** The `pattern -> body` lines of `case`, `fn`, `rescue` … */
export interface ClausesNode extends Placed<'clauses'> {
  readonly clauses: readonly Clause[]
}

export interface Clause {
  readonly patterns: readonly Node[]
  readonly guard?: Node
  readonly body: BlockNode
  readonly span: Span
}

/** What could not be read: a syntax error, or nested too deep. */
export interface UnreadNode extends Placed<'unread'> {
  readonly why: string
  /** It is too much to be followed. */
  readonly bound?: true
}
