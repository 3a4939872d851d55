import { span } from '../../../text/source.ts'
import type { Node, SigilNode, StringPart } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'
import { readBody } from './parse-block.ts'
import { childOf, type SyntaxReader, spanOf, textAt } from './reader.ts'

/** How escapes are read: as in a string, as in a regex sigil, or not at all but for the closing delimiter. */
type Escapes = 'string' | 'regex' | 'raw'

/** The parts between the delimiters of a string, charlist, sigil or quoted atom. */
export function readParts(reader: SyntaxReader, syntax: SyntaxNode, escapes: Escapes): readonly StringPart[] {
  const delimiters = syntax.children.filter((child) => /^(?:"""|'''|["'/|<>()[\]{}])$/.test(child.type))
  const open = delimiters[0]
  const close = delimiters.at(-1)
  const closing = close?.type ?? ''
  const heredoc = closing.length === 3
  const indentation = heredoc && close ? indentationBefore(reader.source.text, close.start) : 0
  const content = syntax.children.filter(
    (child) => child !== open && child !== close && open && child.start >= open.end,
  )

  const parts: StringPart[] = []
  let atLineStart = false
  for (const [index, child] of content.entries()) {
    if (child.type === 'interpolation') {
      parts.push({ kind: 'interpolation', value: interpolated(reader, child), span: spanOf(reader, child) })
      atLineStart = false
      continue
    }
    if (child.type !== 'quoted_content' && child.type !== 'escape_sequence') continue
    let raw = textAt(reader, child)
    if (child.type === 'quoted_content' && heredoc) {
      const body = index === 0 ? raw.replace(/^[ \t]*\r?\n/, '') : raw
      raw = stripIndentation(body, indentation, atLineStart || body !== raw)
      if (escapes !== 'raw') raw = raw.replaceAll(/\\\r?\n/g, '')
    }
    atLineStart = raw === '' ? atLineStart : raw.endsWith('\n')
    parts.push(
      ...(child.type === 'quoted_content'
        ? [plain(reader, child, raw)]
        : resolveEscape(reader, child, raw, escapes, closing)),
    )
  }
  return joinTexts(parts)
}

const plain = (reader: SyntaxReader, syntax: SyntaxNode, text: string): StringPart => ({
  kind: 'text',
  text,
  span: spanOf(reader, syntax),
})

function interpolated(reader: SyntaxReader, syntax: SyntaxNode): Node {
  const body = readBody(reader, syntax)
  const [only] = body
  return body.length === 1 && only ? only : { kind: 'block', body, span: spanOf(reader, syntax) }
}

function indentationBefore(text: string, offset: number): number {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  return /^[ \t]*$/.test(text.slice(lineStart, offset)) ? offset - lineStart : 0
}

function stripIndentation(text: string, width: number, atLineStart: boolean): string {
  const lines = text.split('\n')
  return lines
    .map((line, index) => {
      if (index === 0 && !atLineStart) return line
      const blank = line.length - line.replace(/^[ \t]+/, '').length
      return line.slice(Math.min(width, blank))
    })
    .join('\n')
}

const simple: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
}
const inRegex = 'fnrtva'

function resolveEscape(
  reader: SyntaxReader,
  syntax: SyntaxNode,
  raw: string,
  escapes: Escapes,
  closing: string,
): readonly StringPart[] {
  const rest = raw.slice(1)
  if (escapes !== 'raw' && (rest === '\n' || rest === '\r\n')) return []
  if (rest === closing) return [plain(reader, syntax, rest)]
  if (escapes === 'raw') return [plain(reader, syntax, raw)]
  if (escapes === 'regex') return [plain(reader, syntax, inRegex.includes(rest) ? (simple[rest] ?? raw) : raw)]
  const code = /^[xu]\{?([0-9A-Fa-f]+)\}?$/.exec(rest)?.[1]
  if (code !== undefined) return [codePoint(reader, syntax, rest, Number.parseInt(code, 16))]
  return [plain(reader, syntax, simple[rest] ?? rest)]
}

function codePoint(reader: SyntaxReader, syntax: SyntaxNode, written: string, code: number): StringPart {
  if (written.startsWith('x') && code > 0x7f && code <= 0xff && !written.includes('{')) {
    return { kind: 'bytes', bytes: Uint8Array.of(code), span: spanOf(reader, syntax) }
  }
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    reader.problems.push({ span: spanOf(reader, syntax), message: `\`\\${written}\` is no code point` })
    return plain(reader, syntax, '')
  }
  return plain(reader, syntax, String.fromCodePoint(code))
}

function joinTexts(parts: readonly StringPart[]): readonly StringPart[] {
  const joined: StringPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = {
        kind: 'text',
        text: last.text + part.text,
        span: span(part.span.source, last.span.start, part.span.end),
      }
    } else if (part.kind !== 'text' || part.text !== '') {
      joined.push(part)
    }
  }
  return joined
}

/** `~w(a b)a` and its kin. */
export function readSigil(reader: SyntaxReader, syntax: SyntaxNode): SigilNode {
  const name = childOf(syntax, 'sigil_name')
  const letters = name ? textAt(reader, name) : ''
  const modifiers = childOf(syntax, 'sigil_modifiers')
  const escapes = letters === 'r' ? 'regex' : letters === letters.toLowerCase() ? 'string' : 'raw'
  return {
    kind: 'sigil',
    name: letters,
    parts: readParts(reader, syntax, escapes),
    modifiers: modifiers ? textAt(reader, modifiers) : '',
    span: spanOf(reader, syntax),
  }
}

/** The code point of `?a`, `?\n`, `?\x41`. */
export function charCode(text: string): number {
  const rest = text.slice(1)
  if (!rest.startsWith('\\') || rest.length === 1) return rest.codePointAt(0) ?? 0
  const code = /^\\[xu]\{?([0-9A-Fa-f]+)\}?$/.exec(rest)?.[1]
  return code !== undefined ? Number.parseInt(code, 16) : ((simple[rest.slice(1)] ?? rest.slice(1)).codePointAt(0) ?? 0)
}
