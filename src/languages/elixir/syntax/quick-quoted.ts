import type { Node, StringPart } from './ast.ts'
import type { SyntaxNode } from './grammar.ts'
import { type Escapes, readParts } from './parse-text.ts'
import { Tokens, unsure } from './quick-tokens.ts'
import type { SyntaxReader } from './reader.ts'

/** What was read already, among what is still concrete syntax. */
interface Read extends SyntaxNode {
  readonly node: Node
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
const escaped = /\\(?:[^ux]|x[\da-fA-F]{1,2}|x\{[\da-fA-F]+\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4})/y

/** Reads what stands between delimiters. */
export abstract class Quoted extends Tokens {
  private readonly partReader: SyntaxReader = {
    source: this.source,
    problems: [],
    read: (syntax) => (syntax as Read).node,
  }

  /** Reads any expression. */
  protected abstract expression(least: number, isBeforeGuard?: boolean): Node
  /** How deep what was read last is. */
  height = 0

  /** The parts up to the delimiter that ends what `open` began, where the content begins at `pos`. Stays behind it. */
  protected quotedParts(open: string, escapes: Escapes): readonly StringPart[] {
    const close = closing[open] ?? open
    const from = this.pos
    const children = [leaf(open, false, from - open.length, from)]
    const isLong = close.length === 3
    const last = close.charCodeAt(0)
    const { text } = this
    let height = 0
    let begin = from
    let isLineStart = false
    const content = (end: number) => {
      if (end > begin) children.push(leaf('quoted_content', true, begin, end))
    }
    for (let pos = from; ; ) {
      const code = text.charCodeAt(pos)
      if (Number.isNaN(code) || code === 0 || code === 13) throw unsure
      if (code === last && (!isLong || (isLineStart && text.startsWith(close, pos)))) {
        content(pos)
        children.push(leaf(close, false, pos, pos + close.length))
        this.pos = pos + close.length
        break
      }
      if (code === 92 && !(isLong && text.charCodeAt(pos + 1) === 10)) {
        if (escapes === 'raw') {
          const following = text.charCodeAt(pos + 1)
          if (following === last || following === 92) throw unsure
          pos++
        } else {
          escaped.lastIndex = pos
          if (!escaped.test(text) || text.charCodeAt(pos + 1) > 127) throw unsure
          content(pos)
          begin = escaped.lastIndex
          children.push(leaf('escape_sequence', true, pos, begin))
          pos = begin
        }
        isLineStart = false
      } else if (code === 35 && text.charCodeAt(pos + 1) === 123 && escapes !== 'raw') {
        content(pos)
        begin = this.interpolation(pos, children)
        height = Math.max(height, this.height)
        pos = begin
        isLineStart = false
      } else {
        if (code === 10) isLineStart = true
        else if (code !== 32 && code !== 9) isLineStart = false
        pos++
      }
    }
    const whole = { ...leaf('string', true, from, this.pos), children }
    this.height = height + 1
    const parts = readParts(this.partReader, whole, escapes)
    if (this.partReader.problems.length > 0) throw unsure
    return parts
  }

  /** Reads `#{…}` and gives where it ends. */
  private interpolation(at: number, children: SyntaxNode[]): number {
    this.pos = at + 2
    this.end = this.pos
    this.next()
    const inside: Read[] = []
    if (!this.at('}')) {
      const start = this.start
      const node = this.inBrackets(() => this.expression(0))
      inside.push({ ...leaf('read', true, start, this.before), node })
    } else this.height = 0
    if (!this.at('}')) throw unsure
    children.push({ ...leaf('interpolation', true, at, this.end), children: inside })
    return this.end
  }

  /** Reads something in which `do` belongs to what stands there. */
  protected abstract inBrackets<T>(read: () => T): T
}

const leaf = (type: string, named: boolean, start: number, end: number): SyntaxNode => ({
  type,
  named,
  missing: false,
  start,
  end,
  children: [],
})
