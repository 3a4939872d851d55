import type { Span } from '../../../text/source.ts'
import type { ListNode, MapEntry, Node, TupleNode } from './ast.ts'
import { Quoted } from './quick-quoted.ts'
import { unsure } from './quick-tokens.ts'

/** Reads what stands in brackets, and keywords. */
export abstract class Brackets extends Quoted {
  /** Where what was read last begins and ends, which is outside of the node where it stands in parentheses. */
  from = 0
  to = 0
  /** Whether what was read last stands in parentheses. */
  isGroup = false
  /** Whether a `do` belongs to what stands further out. */
  protected isDoOfOuter = false

  protected spanOf(start: number, end: number): Span {
    return { source: this.source, start, end }
  }

  protected inBrackets<T>(read: () => T): T {
    const { isDoOfOuter } = this
    this.isDoOfOuter = false
    const inside = read()
    this.isDoOfOuter = isDoOfOuter
    return inside
  }

  protected take(token: string): void {
    if (this.tok !== token) throw unsure
    this.next()
  }

  /** `a: 1, b: 2`, and the comma behind it where one may stand there. */
  protected keywords(mayEndInComma: boolean): ListNode {
    const { start } = this
    const items: TupleNode[] = []
    let height = 0
    let { end } = this
    do {
      if (items.length > 0) {
        end = this.end
        if (this.newline && !mayEndInComma) throw unsure
        this.next()
        if (this.tok !== 'key') {
          if (!mayEndInComma || !/^[)\]}]$|^>>$/.test(this.tok)) throw unsure
          break
        }
      }
      const { start: from, value: name } = this
      const key: Node = { kind: 'atom', name, span: this.spanOf(from, this.end) }
      this.next()
      const value = this.expression(0)
      height = Math.max(height, this.height)
      end = this.to
      items.push({ kind: 'tuple', items: [key, value], keyword: true, span: this.spanOf(from, end) })
    } while (this.tok === ',')
    this.height = height + 2
    this.from = start
    this.to = end
    return { kind: 'list', items, brackets: false, span: this.spanOf(start, end) }
  }

  /** What stands between the bracket that is there and `close`; `each` is told of what is no keyword. */
  private items(close: string, mayEndInComma: boolean, each: (node: Node) => void): ListNode | undefined {
    return this.inBrackets(() => {
      this.next()
      let height = 0
      let found: ListNode | undefined
      while (this.tok !== close) {
        if (this.tok === 'key') {
          found = this.keywords(true)
          height = Math.max(height, this.height)
          if (this.tok !== close) throw unsure
          break
        }
        each(this.expression(0))
        height = Math.max(height, this.height)
        if (this.tok === close) break
        this.take(',')
        if (this.tok === close && !mayEndInComma) throw unsure
      }
      this.height = height + 1
      return found
    })
  }

  /** Arguments, elements or segments up to `close`, which is left behind. */
  protected listed(close: string, mayEndInComma: boolean): readonly Node[] {
    const nodes: Node[] = []
    const keywords = this.items(close, mayEndInComma, (node) => nodes.push(node))
    if (keywords) nodes.push(keywords)
    this.to = this.end
    this.next()
    return nodes
  }

  protected list(): Node {
    const { start } = this
    const items: Node[] = []
    let tail: Node | undefined
    const keywords = this.items(']', true, (node) => {
      if (tail !== undefined) throw unsure
      if (node.kind === 'binary' && node.operator === '|' && !this.isGroup) {
        items.push(node.left)
        tail = node.right
      } else items.push(node)
    })
    if (keywords) {
      if (tail !== undefined) throw unsure
      items.push(...keywords.items)
    }
    const list = { kind: 'list', items, brackets: true, span: this.closed(start) } as const
    return tail ? { ...list, tail } : list
  }

  /** `{…}` behind a `%`, and its name. */
  protected map(): Node {
    const { start } = this
    this.next()
    let struct: Node | undefined
    let height = 0
    if (this.tok === 'alias' || this.tok === 'ident') {
      struct = this.structName()
      height = 1
    }
    if (this.tok !== '{' || !this.isClose) throw unsure
    let base: Node | undefined
    const entries: MapEntry[] = []
    const add = (node: Node): void => {
      if (node.kind !== 'binary' || node.operator !== '=>' || this.isGroup) throw unsure
      entries.push({ key: node.left, value: node.right, span: node.span })
    }
    const addPairs = (keywords: ListNode): void => {
      for (const { items, span } of keywords.items as readonly TupleNode[]) {
        const [key, value] = items
        if (key && value) entries.push({ key, value, span })
      }
    }
    const keywords = this.items('}', true, (node) => {
      if (node.kind !== 'binary' || node.operator !== '|') return add(node)
      if (this.isGroup || base !== undefined || entries.length > 0) throw unsure
      base = node.left
      if (node.right.kind === 'list' && !node.right.brackets) addPairs(node.right)
      else add(node.right)
    })
    if (keywords) addPairs(keywords)
    this.height = Math.max(this.height, height) + 1
    const span = this.closed(start)
    return { kind: 'map', ...(struct ? { struct } : {}), ...(base ? { base } : {}), entries, span }
  }

  protected abstract structName(): Node

  /** The span from `start` to the end of the bracket that is there, which is left behind. */
  protected closed(start: number): Span {
    const { end } = this
    this.next()
    this.from = start
    this.to = end
    return this.spanOf(start, end)
  }
}
