import type { ElixirFile, Node } from '../../languages/elixir/syntax/ast.ts'
import { walk } from '../../languages/elixir/syntax/query.ts'
import type { Span } from '../../text/source.ts'
import { type Commented, commentAt } from './comment.ts'

/** The comments of an Elixir file, and the outermost expression, pair or clause that begins at each offset. */
export function commentsOfElixir({ source, body, comments }: ElixirFile): Commented {
  const ends = new Map<number, number>()
  const begin = ({ start, end }: Span) => {
    if (!ends.has(start)) ends.set(start, end)
  }
  walk(body, (node) => {
    if (node.kind === 'fn' || node.kind === 'clauses') for (const clause of node.clauses) begin(clause.span)
    if (node.kind === 'map') for (const entry of node.entries) begin(entry.span)
    if (!isSequence(node)) begin(node.span)
  })
  return { comments: comments.map(({ start }) => commentAt(source, start)), ends }
}

/** Whether a node is several things that stand one below the other: a comment is about the first of them only. */
const isSequence = (node: Node): boolean =>
  node.kind === 'block' || node.kind === 'clauses' || (node.kind === 'list' && !node.brackets)
