import { span } from '../../../text/source.ts'
import type { SyntaxNode } from './grammar.ts'
import { childOf, expressions, type SyntaxReader, spanOf, textAt } from './reader.ts'

/** Tells of the first of some expressions that begins in the line in which the one before it ended. */
export function refuseNeighbours(reader: SyntaxReader, siblings: readonly SyntaxNode[]): void {
  const { source, problems } = reader
  const at = siblings.findIndex((one, index) => {
    const before = siblings[index - 1]
    return before !== undefined && !/[\n;]/.test(source.text.slice(before.end, one.start))
  })
  const found = siblings[at]
  if (!found) return
  const place = span(source, found.start, Math.max(found.end, found.start + 1))
  const shown = textAt(reader, found).split('\n', 1)[0]?.slice(0, 40)
  problems.push({ span: place, message: `syntax error at \`${shown}\`` })
}

/**
 * Tells of arguments, or items in brackets, among which is a call without parentheses that has several arguments: to which
 * of the calls those behind the comma belong Elixir does not decide (elixir_parser.yrl, `error_no_parens_many_strict`).
 */
export function refuseCommas(reader: SyntaxReader, around: SyntaxNode): void {
  const items = expressions(around)
  const opening = around.children[0]?.type
  const isBare = around.type === 'arguments' && opening !== '('
  const isAlone = around.type === 'arguments' && items.length === 1
  const found = items
    .flatMap((item) => {
      if (item.type === 'keywords') return isBare ? [] : expressions(item).flatMap((pair) => expressions(pair).slice(1))
      return isAlone ? [] : [item]
    })
    .find(takesAll)
  if (found)
    reader.problems.push({ span: spanOf(reader, found), message: 'syntax error: a call here needs parentheses' })
}

/** Tells of arguments without parentheses that begin below the name of what is called: a line break ends the expression. */
export function refuseBelow(reader: SyntaxReader, callee: SyntaxNode, given: SyntaxNode): void {
  const { source, problems, joined } = reader
  const end = /(?<!\\\r?)\n/.exec(source.text.slice(callee.end, given.start))
  if (given.children[0]?.type === '(' || end === null) return
  joined.add(callee.end + end.index)
  const shown = textAt(reader, given).split('\n', 1)[0]?.slice(0, 40)
  problems.push({ span: spanOf(reader, given), message: `syntax error at \`${shown}\`` })
}

/** Tells of a word for an operator that goes on as a name: `and_2`. */
export function refuseLongOperator(reader: SyntaxReader, operator: SyntaxNode): void {
  const { text } = reader.source
  const found = /^\w+/.exec(text.slice(operator.end - 1, operator.end + 40))?.[0]
  if (found === undefined || found.length === 1) return
  reader.problems.push({
    span: spanOf(reader, operator),
    message: `syntax error at \`${textAt(reader, operator)}${found.slice(1)}\``,
  })
}

/** Tells of what stands in a map and is no pair; `unquote_splicing` may give pairs. */
export function refuseEntries(reader: SyntaxReader, content: SyntaxNode): void {
  const found = expressions(content).find(
    (child) =>
      child.type === 'binary_operator' && !hasPair(child) && !/\bunquote(_splicing)?\(/.test(textAt(reader, child)),
  )
  if (found) reader.problems.push({ span: spanOf(reader, found), message: 'syntax error: `=>` is missing here' })
}

const hasPair = (entry: SyntaxNode): boolean =>
  entry.type === 'keywords' || childOf(entry, '=>') !== undefined || expressions(entry).some(hasPair)

/** Whether it ends in a call without parentheses that takes what stands behind the next comma. */
function takesAll(syntax: SyntaxNode): boolean {
  const { type } = syntax
  // What stands in parentheses behind `&` takes nothing from outside of them.
  if (type === 'unary_operator' && childOf(syntax, '(')) return false
  if (type === 'binary_operator' || type === 'unary_operator') {
    const last = expressions(syntax).at(-1)
    return last !== undefined && takesAll(last)
  }
  const given = type === 'call' && !childOf(syntax, 'do_block') ? childOf(syntax, 'arguments') : undefined
  if (!given || given.children[0]?.type === '(') return false
  const [first, ...more] = expressions(given)
  return more.length > 0 || (first !== undefined && first.type !== 'keywords' && takesAll(first))
}
