import type { Span } from '../../../text/source.ts'
import type { Node, Section } from './ast.ts'
import { aliasSegments } from './parse-call.ts'
import { Blocks } from './quick-blocks.ts'
import { unsure } from './quick-tokens.ts'

/** What may begin the first argument of a call without parentheses. */
const beginsArgument = new Set([
  ...['ident', 'alias', 'key', 'int', 'float', 'char', 'atom', 'quoted atom', 'string', 'quote', 'sigil'],
  ...['[', '{', '<<', '%', 'fn', '&', '!', '^', '~~~', '@', 'nil', 'true', 'false', '(', 'not'],
])

/** Reads calls, and what follows an expression. */
export abstract class Calls extends Blocks {
  /** The span of a node of one token, which is left behind. */
  protected taken(): Span {
    this.height = 1
    return this.closed(this.start)
  }

  /** A name: of a variable, or of a function that is called. */
  protected named(): Node {
    const { start, end, value: name } = this
    this.next()
    const call = this.call()
    this.from = start
    if (call === undefined) {
      this.height = 1
      this.to = end
      return { kind: 'variable', name, span: this.spanOf(start, end) }
    }
    return { kind: 'call', name, nameSpan: this.spanOf(start, end), ...call, span: this.spanOf(start, this.to) }
  }

  /** What follows a name that is called; undefined where it is not. */
  private call(): { args: readonly Node[]; parens: boolean; blocks: readonly Section[] } | undefined {
    const parens = this.tok === '(' && this.isClose
    let args: readonly Node[] = []
    let height = 0
    if (parens) {
      args = this.listed(')', false)
      height = this.height
      if (this.tok === '(' && this.isClose) throw unsure
    } else if (!this.newline && this.begins()) {
      args = this.bareArguments()
      height = this.height
    }
    const isOpen = this.tok === 'do' && !this.isDoOfOuter
    if (isOpen && this.newline) throw unsure
    if (!parens && args.length === 0 && !isOpen) return undefined
    const blocks = isOpen ? this.doBlock() : []
    this.height = Math.max(height, isOpen ? this.height : 0) + 1
    this.isBare = !parens || isOpen
    return { args, parens, blocks }
  }

  /** Whether what was read last is a call that nothing but an operator may follow. */
  protected isBare = false

  protected begins(): boolean {
    const { tok } = this
    if (tok === '[' ? this.isClose : !beginsArgument.has(tok)) {
      // `a -1` calls, `a - 1` and `a-1` do not.
      const isSign = (tok === '-' || tok === '+') && !this.isClose
      if (isSign && !/[ \t\n]/.test(this.text.charAt(this.end))) throw unsure
      return false
    }
    if (this.isClose) throw unsure
    return true
  }

  private bareArguments(): readonly Node[] {
    const { isDoOfOuter } = this
    this.isDoOfOuter = true
    const args: Node[] = []
    let height = 0
    for (;;) {
      const isPairs = this.tok === 'key'
      args.push(isPairs ? this.keywords(false) : this.expression(0))
      height = Math.max(height, this.height)
      if (isPairs || this.tok !== ',') break
      if (this.newline) throw unsure
      this.next()
    }
    this.isDoOfOuter = isDoOfOuter
    this.height = height
    return args
  }

  /** `left` with what follows it: `.name(…)`, `.Name`, `.(…)`, `[…]`. */
  protected behind(left: Node, from: number): Node {
    let node = left
    for (;;) {
      const isCall = node.kind === 'call' && !this.isGroup
      if (isCall && this.isBare) {
        if (this.isExtended()) throw unsure
        break
      }
      if (this.tok === '.') node = this.dot(node, from)
      else if (this.tok === '[' && this.isClose) node = this.access(node, from)
      else if (this.tok === '(' && this.isClose) throw unsure
      else break
      this.isGroup = false
    }
    this.from = from
    return node
  }

  protected isExtended(): boolean {
    return this.at('.') || ((this.at('[') || this.at('(')) && this.isClose)
  }

  private access(target: Node, from: number): Node {
    const { height } = this
    const [key, another] = this.listed(']', false)
    if (!key || another || (key.kind === 'list' && !key.brackets)) throw unsure
    this.height = Math.max(height, this.height) + 1
    this.isBare = false
    return { kind: 'access', target, key, span: this.spanOf(from, this.to) }
  }

  private dot(target: Node, from: number): Node {
    const { height } = this
    this.next()
    if (!this.isClose) throw unsure
    const { start, end, tok } = this
    this.isBare = false
    if (tok === '(') {
      const args = this.listed(')', false)
      this.height = Math.max(height, this.height) + 1
      if (this.at('(') || (this.at('do') && !this.isDoOfOuter)) throw unsure
      return { kind: 'apply', fun: target, args, span: this.spanOf(from, this.to) }
    }
    if (tok === '{') {
      const args = this.listed('}', true)
      this.height = Math.max(height, this.height) + 1
      const nameSpan = this.spanOf(start, this.to)
      const span = this.spanOf(from, this.to)
      this.isBare = true
      return { kind: 'call', target, name: '{}', nameSpan, args, parens: true, blocks: [], span }
    }
    const text = this.text.slice(start, end)
    if (tok === 'alias') {
      this.next()
      this.to = end
      this.height = height + 1
      const span = this.spanOf(from, end)
      const segments = aliasSegments(text)
      return target.kind === 'alias'
        ? { ...target, segments: [...target.segments, ...segments], span }
        : { kind: 'alias', head: target, segments, span }
    }
    if (tok !== 'ident' && !/^[a-z]+$/.test(text)) throw unsure
    this.next()
    this.to = end
    const call = this.call() ?? { args: [], parens: false, blocks: [] }
    const isCalled = call.parens || call.args.length > 0 || call.blocks.length > 0
    this.height = Math.max(height, isCalled ? this.height : 0) + 1
    return {
      kind: 'call',
      target,
      name: text,
      nameSpan: this.spanOf(start, end),
      ...call,
      span: this.spanOf(from, this.to),
    }
  }
}
