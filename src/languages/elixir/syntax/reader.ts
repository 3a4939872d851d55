import type { Problem } from '../../../text/diagnostic.ts'
import { type Source, type Span, span } from '../../../text/source.ts'
import type { Node, UnreadNode } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'

/** What the parts of the parser share while they read one file. */
export interface SyntaxReader {
  readonly source: Source
  readonly problems: Problem[]
  /** Gets the ends of lines behind which the grammar takes what follows for an argument. */
  readonly joined: Set<number>
  /** Reads any expression. */
  readonly read: (syntax: SyntaxNode) => Node
}

/** Where a node of the concrete syntax stands. */
export const spanOf = (reader: SyntaxReader, syntax: SyntaxNode): Span => span(reader.source, syntax.start, syntax.end)

/** The text of a node of the concrete syntax. */
export const textAt = (reader: SyntaxReader, syntax: SyntaxNode): string =>
  reader.source.text.slice(syntax.start, syntax.end)

/** The children that are expressions, not tokens and comments. */
export const expressions = (syntax: SyntaxNode): readonly SyntaxNode[] =>
  syntax.children.filter((child) => child.named && child.type !== 'comment' && !child.missing)

/** The first child of a type. */
export const childOf = (syntax: SyntaxNode, type: string): SyntaxNode | undefined =>
  syntax.children.find((child) => child.type === type)

/** A node for what cannot be read. */
export const unread = (reader: SyntaxReader, syntax: SyntaxNode, why: string): UnreadNode => ({
  kind: 'unread',
  why,
  span: spanOf(reader, syntax),
})
