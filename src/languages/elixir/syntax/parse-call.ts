import { span } from '../../../text/source.ts'
import type { CallNode, ListNode, Node, TupleNode } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'
import { readSections } from './parse-block.ts'
import { readParts } from './parse-text.ts'
import { childOf, expressions, type SyntaxReader, spanOf, textAt, unread } from './reader.ts'
import { refuseBelow, refuseCommas } from './refused.ts'
import { reserved } from './reserved.ts'

/** Arguments, elements or segments: keywords at the end are one list without brackets. */
export function readArguments(reader: SyntaxReader, syntax: SyntaxNode): readonly Node[] {
  refuseCommas(reader, syntax)
  return expressions(syntax).map((child) =>
    child.type === 'keywords' ? readKeywords(reader, child) : reader.read(child),
  )
}

/** `a: 1, b: 2` as a list without brackets. */
export const readKeywords = (reader: SyntaxReader, syntax: SyntaxNode): ListNode => ({
  kind: 'list',
  items: readPairs(reader, syntax),
  brackets: false,
  span: spanOf(reader, syntax),
})

/** The pairs of `a: 1, b: 2`. */
export function readPairs(reader: SyntaxReader, syntax: SyntaxNode): readonly TupleNode[] {
  return expressions(syntax)
    .filter((child) => child.type === 'pair')
    .flatMap((pair) => {
      const [key, value] = expressions(pair)
      if (!key || !value) return []
      return [
        { kind: 'tuple', items: [readKey(reader, key), reader.read(value)], keyword: true, span: spanOf(reader, pair) },
      ]
    })
}

function readKey(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const text = textAt(reader, syntax).trimEnd()
  const place = span(reader.source, syntax.start, syntax.start + text.length)
  if (!text.endsWith(':')) reader.problems.push({ span: place, message: 'syntax error: `:` is missing here' })
  if (syntax.type === 'keyword') return { kind: 'atom', name: text.slice(0, -1), span: place }
  const parts = readParts(reader, syntax, 'string')
  return atomOfParts(parts, place)
}

/** A quoted atom: plain where it has no interpolation. */
export function atomOfParts(parts: ReturnType<typeof readParts>, place: Node['span']): Node {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : undefined))
  if (texts.includes(undefined)) return { kind: 'quoted-atom', parts, span: place }
  return { kind: 'atom', name: texts.join(''), span: place }
}

/** `f(x)`, `f x do … end`, `M.f x`, `f.(x)`, `map.field`. */
export function readCall(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const callee = syntax.children[0]
  const given = childOf(syntax, 'arguments')
  const block = childOf(syntax, 'do_block')
  if (!callee) return unread(reader, syntax, 'it is not a call that we know')
  if (given) refuseBelow(reader, callee, given)
  const args = given ? readArguments(reader, given) : []
  const rest = {
    args,
    parens: given?.children[0]?.type === '(',
    blocks: block ? readSections(reader, block) : [],
    span: spanOf(reader, syntax),
  }
  if (callee.type === 'dot') return readDotCall(reader, callee, rest)
  if (callee.type !== 'identifier' && callee.type !== 'operator_identifier') {
    return { kind: 'apply', fun: reader.read(callee), args, span: rest.span }
  }
  const name = textAt(reader, callee)
  const nameSpan = spanOf(reader, callee)
  if (reserved.has(name)) reader.problems.push({ span: nameSpan, message: `syntax error at \`${name}\`` })
  return { kind: 'call', name, nameSpan, ...rest }
}

function readDotCall(
  reader: SyntaxReader,
  dot: SyntaxNode,
  rest: Pick<CallNode, 'args' | 'parens' | 'blocks' | 'span'>,
): Node {
  const [target, name] = expressions(dot)
  if (!target) return unread(reader, dot, 'nothing stands before the dot')
  const left = reader.read(target)
  if (!name) return { kind: 'apply', fun: left, args: rest.args, span: rest.span }
  if (name.type === 'string') {
    const parts = readParts(reader, name, 'string')
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    return { kind: 'call', target: left, name: text, nameSpan: spanOf(reader, name), ...rest }
  }
  return { kind: 'call', target: left, name: textAt(reader, name), nameSpan: spanOf(reader, name), ...rest }
}

/** `Head.Alias`, `Alias.{A, B}` (a call of `{}` as in Elixir's quoted form). */
export function readDot(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const [target, right] = expressions(syntax)
  if (!target || !right) return unread(reader, syntax, 'it is not a dot expression that we know')
  const left = reader.read(target)
  const place = spanOf(reader, syntax)
  if (right.type === 'alias') {
    const segments = aliasSegments(textAt(reader, right))
    return left.kind === 'alias'
      ? { ...left, segments: [...left.segments, ...segments], span: place }
      : { kind: 'alias', head: left, segments, span: place }
  }
  if (right.type === 'tuple') {
    const args = readArguments(reader, right)
    return {
      kind: 'call',
      target: left,
      name: '{}',
      nameSpan: spanOf(reader, right),
      args,
      parens: true,
      blocks: [],
      span: place,
    }
  }
  return readDotCall(reader, syntax, { args: [], parens: false, blocks: [], span: place })
}

/** `["MyApp", "Repo"]` of `MyApp.Repo`. */
export const aliasSegments = (text: string): readonly string[] => text.split('.').map((segment) => segment.trim())
