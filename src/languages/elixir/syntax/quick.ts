import type { Source } from '../../../text/source.ts'
import type { ElixirFile, Node } from './ast.ts'
import { aliasSegments, atomOfParts } from './parse-call.ts'
import { charCode } from './parse-text.ts'
import { Calls } from './quick-calls.ts'
import { unsure } from './quick-tokens.ts'

const deepest = 120
const mostDigits = 9000

/** How strongly an operator binds; the right side of `right` takes what binds as strongly. */
const binary = new Map<string, { readonly power: number; readonly right: boolean }>()
const bind = (power: number, right: boolean, ...operators: readonly string[]) => {
  for (const operator of operators) binary.set(operator, { power, right })
}
bind(10, false, '<-', '\\\\')
bind(20, true, 'when')
bind(30, true, '::')
bind(40, true, '|')
bind(50, true, '=>')
bind(70, true, '=')
bind(80, false, '||', '|||', 'or')
bind(90, false, '&&', '&&&', 'and')
bind(100, false, '==', '!=', '=~', '===', '!==')
bind(110, false, '<', '>', '<=', '>=')
bind(120, false, '|>', '<<<', '>>>', '<<~', '~>>', '<~', '~>', '<~>', '<|>')
bind(130, false, 'in', 'not in')
bind(140, false, '^^^')
bind(150, true, '//')
bind(160, true, '++', '--', '+++', '---', '<>', '..')
bind(170, false, '+', '-')
bind(180, false, '*', '/')
bind(190, false, '**')

const captured = 60

/**
 * Reads an Elixir file that is plainly well-formed, to the same as `parseElixir` does. Undefined where something in it is
 * unusual or wrong: the grammar says then what it is.
 */
export function readQuickly(source: Source): ElixirFile | undefined {
  const reader = new Quick(source)
  try {
    return { source, body: reader.read(), comments: reader.comments, problems: [] }
  } catch (error) {
    if (error === unsure) return undefined
    throw error
  }
}

class Quick extends Calls {
  private level = 0

  read(): readonly Node[] {
    const body = this.whole()
    if (this.height > 2 * deepest) throw unsure
    return body
  }

  protected expression(least: number, isBeforeGuard = false): Node {
    if (++this.level > deepest) throw unsure
    let left = this.operand()
    const { from } = this
    for (;;) {
      const { tok: operator, start, end } = this
      const how = binary.get(operator)
      if (how === undefined || how.power < least || (isBeforeGuard && operator === 'when')) break
      if (this.newline) {
        if (operator === '+' || operator === '-') break
        if (/^[ \t]*\//.test(this.text.slice(end, end + 80))) throw unsure
      }
      const { height } = this
      this.next()
      const isPairs = this.tok === 'key' && (operator === '|' || operator === 'when')
      const right = isPairs ? this.keywords(true) : this.expression(how.right ? how.power : how.power + 1)
      const shown = operator === 'not in' ? 'not in' : operator
      const operatorSpan = this.spanOf(start, end)
      left = { kind: 'binary', operator: shown, operatorSpan, left, right, span: this.spanOf(from, this.to) }
      this.height = Math.max(height, this.height) + 1
      this.isGroup = false
    }
    this.from = from
    this.level--
    return left
  }

  private operand(): Node {
    this.isGroup = false
    const { start, end, tok } = this
    switch (tok) {
      case 'ident':
        return this.behind(this.named(), start)
      case 'alias':
        return this.behind(
          { kind: 'alias', segments: aliasSegments(this.text.slice(start, end)), span: this.taken() },
          start,
        )
      case 'atom':
      case 'nil':
      case 'true':
      case 'false':
        return this.behind({ kind: 'atom', name: this.value, span: this.taken() }, start)
      case 'int': {
        const digits = this.text.slice(start, end).replaceAll('_', '')
        if (digits.length > mostDigits) throw unsure
        return this.behind({ kind: 'integer', value: BigInt(digits), span: this.taken() }, start)
      }
      case 'float':
        return { kind: 'float', value: Number(this.text.slice(start, end).replaceAll('_', '')), span: this.taken() }
      case 'char':
        return { kind: 'integer', value: BigInt(charCode(this.text.slice(start, end))), span: this.taken() }
      case 'string':
        return this.behind(this.plainText(), start)
      case 'quote':
      case 'quoted atom':
        return this.behind(this.quoted(), start)
      case 'sigil':
        return this.behind(this.sigil(), start)
      case '...': {
        const rest: Node = { kind: 'variable', name: tok, span: this.taken() }
        if (this.begins()) throw unsure
        return rest
      }
      case '[':
        return this.behind(this.list(), start)
      case '%':
        return this.behind(this.map(), start)
      case '{': {
        const items = this.listed('}', true)
        return this.behind({ kind: 'tuple', items, keyword: false, span: this.spanOf(start, this.to) }, start)
      }
      case '<<': {
        const segments = this.listed('>>', true)
        return this.behind({ kind: 'bitstring', segments, span: this.spanOf(start, this.to) }, start)
      }
      case '(':
        return this.behind(this.group(), start)
      case 'fn':
        return this.behind(this.fn(), start)
      case '&':
        return this.capture()
      case '@':
        return this.attribute()
      case '+':
      case '-':
      case '!':
      case '^':
      case '~~~':
      case 'not':
        return this.unary()
      default:
        throw unsure
    }
  }

  private plainText(): Node {
    const { start, end } = this
    const kind = this.text.charCodeAt(start) === 34 ? 'string' : 'charlist'
    const text = this.text.slice(start + 1, end - 1)
    const parts = text === '' ? [] : [{ kind: 'text', text, span: this.spanOf(start + 1, end - 1) } as const]
    return { kind, parts, span: this.taken() }
  }

  private quoted(): Node {
    const { start, value: delimiter, tok } = this
    const parts = this.quotedParts(delimiter, 'string')
    if (this.text.charCodeAt(this.pos) === 58) throw unsure
    this.end = this.pos
    const span = this.closed(start)
    if (tok === 'quoted atom') return atomOfParts(parts, span)
    return { kind: delimiter.startsWith('"') ? 'string' : 'charlist', parts, span }
  }

  private sigil(): Node {
    const { start } = this
    const begun = /(?:[a-z]|[A-Z][A-Z0-9]*)(?="""|'''|["'/|(<[{])/y
    begun.lastIndex = start + 1
    const name = begun.exec(this.text)?.[0]
    if (name === undefined) throw unsure
    const at = begun.lastIndex
    const isLong = /"""|'''/.test(this.text.slice(at, at + 3))
    this.pos = at + (isLong ? 3 : 1)
    const escapes = name === 'r' ? 'regex' : name === name.toLowerCase() ? 'string' : 'raw'
    const parts = this.quotedParts(this.text.slice(at, this.pos), escapes)
    const modified = /[a-zA-Z0-9]*/y
    modified.lastIndex = this.pos
    const modifiers = modified.exec(this.text)?.[0] ?? ''
    this.end = this.pos = this.pos + modifiers.length
    return { kind: 'sigil', name, parts, modifiers, span: this.closed(start) }
  }

  protected structName(): Node {
    const { start, end, tok, value } = this
    return tok === 'alias'
      ? { kind: 'alias', segments: aliasSegments(this.text.slice(start, end)), span: this.taken() }
      : { kind: 'variable', name: value, span: this.taken() }
  }

  private capture(): Node {
    const { start } = this
    this.next()
    if (this.tok === 'int') {
      const index = Number(this.text.slice(this.start, this.end).replaceAll('_', ''))
      const { end } = this.taken()
      return this.behind({ kind: 'placeholder', index, span: this.spanOf(start, end) }, start)
    }
    const isGroup = this.tok === '('
    const body = isGroup ? this.group() : this.expression(captured)
    if (binary.has(this.tok) && !this.newline) throw unsure
    if (isGroup && (body.kind === 'block' || body.kind === 'clauses' || this.isMore())) throw unsure
    this.isGroup = false
    this.from = start
    this.height++
    return { kind: 'capture', body, span: this.spanOf(start, this.to) }
  }

  private isMore(): boolean {
    return binary.has(this.tok) || /^[.([]$/.test(this.tok)
  }

  private attribute(): Node {
    const { start } = this
    this.next()
    if (this.tok !== 'ident') throw unsure
    this.isBare = false
    const named = this.named()
    this.height++
    const span = this.spanOf(start, this.to)
    if (named.kind === 'variable') return this.behind({ kind: 'attribute', name: named.name, span }, start)
    this.from = start
    if (named.kind !== 'call' || !named.args[0] || named.blocks.length > 0) throw unsure
    if (this.isExtended()) throw unsure
    return { kind: 'attribute', name: named.name, value: named.args[0], span }
  }

  private unary(): Node {
    const { start, tok: operator } = this
    if (++this.level > deepest) throw unsure
    this.next()
    const operand = this.operand()
    this.level--
    this.isGroup = false
    this.from = start
    this.height++
    return { kind: 'unary', operator, operand, span: this.spanOf(start, this.to) }
  }
}
