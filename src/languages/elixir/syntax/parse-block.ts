import { span } from '../../../text/source.ts'
import type { BlockNode, Clause, ClausesNode, Node, Section } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'
import { readArguments } from './parse-call.ts'
import { childOf, expressions, type SyntaxReader, spanOf } from './reader.ts'
import { refuseNeighbours } from './refused.ts'

/** The expressions of a file, body or block. Of a syntax error, the expressions that it holds. */
export function readBody(reader: SyntaxReader, syntax: SyntaxNode): readonly Node[] {
  const inner = expressions(syntax)
  refuseNeighbours(reader, inner)
  return inner.map((child) => reader.read(child))
}

const labels: Readonly<Record<string, Section['label']>> = {
  else_block: 'else',
  rescue_block: 'rescue',
  catch_block: 'catch',
  after_block: 'after',
}

/** The sections of `do … end`. */
export function readSections(reader: SyntaxReader, syntax: SyntaxNode): readonly Section[] {
  const own = { ...syntax, children: syntax.children.filter((child) => labels[child.type] === undefined) }
  const sections: Section[] = [{ label: 'do', body: readBlockOrClauses(reader, own), span: spanOf(reader, syntax) }]
  for (const child of syntax.children) {
    const label = labels[child.type]
    if (label) sections.push({ label, body: readBlockOrClauses(reader, child), span: spanOf(reader, child) })
  }
  return sections
}

/** The inside of a section: clauses where there is an arrow, else a block. */
export function readBlockOrClauses(reader: SyntaxReader, syntax: SyntaxNode): BlockNode | ClausesNode {
  const place = spanOf(reader, syntax)
  const inner = expressions(syntax)
  refuseNeighbours(reader, inner)
  if (inner.some((child) => child.type === 'stab_clause'))
    return { kind: 'clauses', clauses: readClauses(reader, syntax), span: place }
  return { kind: 'block', body: inner.map((child) => reader.read(child)), span: place }
}

/** The `pattern -> body` lines of a node. */
export function readClauses(reader: SyntaxReader, syntax: SyntaxNode): readonly Clause[] {
  return expressions(syntax)
    .filter((child) => child.type === 'stab_clause')
    .map((clause) => readClause(reader, clause))
}

function readClause(reader: SyntaxReader, syntax: SyntaxNode): Clause {
  const arrow = childOf(syntax, '->')
  const left = expressions(syntax).find((child) => !arrow || child.end <= arrow.start)
  const body = childOf(syntax, 'body')
  const block: BlockNode = {
    kind: 'block',
    body: body ? readBody(reader, body) : [],
    span: body ? spanOf(reader, body) : span(reader.source, syntax.end, syntax.end),
  }
  const place = spanOf(reader, syntax)
  if (!left || left === body) return { patterns: [], body: block, span: place }
  const [head, guard] = left.type === 'binary_operator' && childOf(left, 'when') ? expressions(left) : [left]
  const patterns = head ? (head.type === 'arguments' ? readArguments(reader, head) : [reader.read(head)]) : []
  return guard
    ? { patterns, guard: reader.read(guard), body: block, span: place }
    : { patterns, body: block, span: place }
}
