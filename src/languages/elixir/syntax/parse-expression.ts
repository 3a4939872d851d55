import type { MapEntry, MapNode, Node } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'
import { readBlockOrClauses, readClauses } from './parse-block.ts'
import { aliasSegments, atomOfParts, readArguments, readCall, readDot, readKeywords, readPairs } from './parse-call.ts'
import { charCode, readParts, readSigil } from './parse-text.ts'
import { childOf, expressions, type SyntaxReader, spanOf, textAt, unread } from './reader.ts'
import { refuseCommas, refuseEntries, refuseLongOperator } from './refused.ts'
import { reserved } from './reserved.ts'

const mostDigits = 9000

/** Reads one expression; `reader.read` is this with a limit of depth. */
export function readExpression(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const place = spanOf(reader, syntax)
  const text = () => textAt(reader, syntax)
  switch (syntax.type) {
    case 'integer':
      return readInteger(reader, syntax)
    case 'float':
      return { kind: 'float', value: Number(text().replaceAll('_', '')), span: place }
    case 'char':
      return { kind: 'integer', value: BigInt(charCode(text())), span: place }
    case 'nil':
    case 'boolean':
      return { kind: 'atom', name: text(), span: place }
    case 'atom':
      return { kind: 'atom', name: text().slice(1), span: place }
    case 'quoted_atom':
      return atomOfParts(readParts(reader, syntax, 'string'), place)
    case 'string':
    case 'charlist':
      return { kind: syntax.type, parts: readParts(reader, syntax, 'string'), span: place }
    case 'sigil':
      return readSigil(reader, syntax)
    case 'alias':
      return { kind: 'alias', segments: aliasSegments(text()), span: place }
    case 'identifier':
      if (reserved.has(text())) reader.problems.push({ span: place, message: `syntax error at \`${text()}\`` })
      return { kind: 'variable', name: text(), span: place }
    case 'operator_identifier':
      return { kind: 'variable', name: text(), span: place }
    case 'list':
      return readList(reader, syntax)
    case 'tuple':
      return { kind: 'tuple', items: readArguments(reader, syntax), keyword: false, span: place }
    case 'bitstring':
      return { kind: 'bitstring', segments: readArguments(reader, syntax), span: place }
    case 'keywords':
      return readKeywords(reader, syntax)
    case 'map':
      return readMap(reader, syntax)
    case 'call':
      return readCall(reader, syntax)
    case 'dot':
      return readDot(reader, syntax)
    case 'access_call': {
      const [target, ...inside] = expressions(syntax)
      const [key] = readArguments(reader, { ...syntax, children: inside })
      return target && key
        ? { kind: 'access', target: reader.read(target), key, span: place }
        : unread(reader, syntax, 'the brackets are empty')
    }
    case 'unary_operator':
      return readUnary(reader, syntax)
    case 'binary_operator':
      return readBinary(reader, syntax)
    case 'anonymous_function':
      return { kind: 'fn', clauses: readClauses(reader, syntax), span: place }
    case 'block': {
      const block = readBlockOrClauses(reader, syntax)
      const only = block.kind === 'block' && block.body.length === 1 ? block.body[0] : undefined
      return only ?? block
    }
    case 'ERROR':
      return unread(reader, syntax, 'there is a syntax error')
    default:
      return unread(reader, syntax, `\`${syntax.type}\` is not an expression that we know`)
  }
}

function readInteger(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const digits = textAt(reader, syntax).replaceAll('_', '')
  return digits.length > mostDigits
    ? { ...unread(reader, syntax, 'the number is too large to follow'), bound: true }
    : { kind: 'integer', value: BigInt(digits), span: spanOf(reader, syntax) }
}

function readList(reader: SyntaxReader, syntax: SyntaxNode): Node {
  refuseCommas(reader, syntax)
  const items: Node[] = []
  let tail: Node | undefined
  for (const child of expressions(syntax)) {
    if (child.type === 'keywords') items.push(...readPairs(reader, child))
    else if (child.type === 'binary_operator' && childOf(child, '|')) {
      const [head, rest] = expressions(child)
      if (head) items.push(reader.read(head))
      if (rest) tail = reader.read(rest)
    } else items.push(reader.read(child))
  }
  const list = { kind: 'list', items, brackets: true, span: spanOf(reader, syntax) } as const
  return tail ? { ...list, tail } : list
}

function readMap(reader: SyntaxReader, syntax: SyntaxNode): MapNode {
  const name = childOf(syntax, 'struct')
  const content = childOf(syntax, 'map_content')
  const entries: MapEntry[] = []
  let base: Node | undefined
  const addEntry = (child: SyntaxNode): void => {
    if (child.type === 'keywords') {
      for (const { items, span } of readPairs(reader, child)) {
        const [key, value] = items
        if (key && value) entries.push({ key, value, span })
      }
      return
    }
    const [left, right] = child.type === 'binary_operator' ? expressions(child) : []
    if (!left || !right) return
    if (childOf(child, '|')) {
      base = reader.read(left)
      addEntry(right)
    } else entries.push({ key: reader.read(left), value: reader.read(right), span: spanOf(reader, child) })
  }
  if (content) refuseCommas(reader, content)
  if (content) refuseEntries(reader, content)
  for (const child of content ? expressions(content) : []) addEntry(child)
  const struct = name ? expressions(name)[0] : undefined
  return {
    kind: 'map',
    ...(struct ? { struct: reader.read(struct) } : {}),
    ...(base ? { base } : {}),
    entries,
    span: spanOf(reader, syntax),
  }
}

function readUnary(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const place = spanOf(reader, syntax)
  const operator = syntax.children[0]?.type ?? ''
  const inner = expressions(syntax)
  const [first] = inner
  if (!first) return unread(reader, syntax, 'nothing stands after the operator')
  const operand = inner.length === 1 ? reader.read(first) : readBlockOrClauses(reader, { ...syntax, children: inner })
  if (operator === '&') {
    if (operand.kind === 'integer') return { kind: 'placeholder', index: Number(operand.value), span: place }
    return { kind: 'capture', body: operand, span: place }
  }
  if (operator === '@' && operand.kind === 'variable') return { kind: 'attribute', name: operand.name, span: place }
  if (operator === '@' && operand.kind === 'call' && operand.args[0]) {
    return { kind: 'attribute', name: operand.name, value: operand.args[0], span: place }
  }
  return { kind: 'unary', operator, operand, span: place }
}

function readBinary(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const [left, right] = expressions(syntax)
  const operator = syntax.children.find((child) => !child.named && child.type !== 'comment')
  if (!left || !right || !operator) return unread(reader, syntax, 'the operator lacks a side')
  refuseLongOperator(reader, operator)
  return {
    kind: 'binary',
    operator: operator.type.replace(/\s+/g, ' '),
    operatorSpan: spanOf(reader, operator),
    left: reader.read(left),
    right: right.type === 'keywords' ? readKeywords(reader, right) : reader.read(right),
    span: spanOf(reader, syntax),
  }
}
