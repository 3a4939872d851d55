import type { BlockNode, Clause, ClausesNode, Node, Section } from './ast.ts'
import { Brackets } from './quick-brackets.ts'
import { unsure } from './quick-tokens.ts'

/** Expressions one after the other, or clauses. */
type Inside = { readonly body: readonly Node[] } | { readonly clauses: readonly Clause[] }

interface OpenClause {
  readonly start: number
  readonly bodyStart: number
  readonly head: Pick<Clause, 'patterns' | 'guard'>
  readonly body: Node[]
}

const labels: Readonly<Record<string, Section['label']>> = {
  else: 'else',
  rescue: 'rescue',
  catch: 'catch',
  after: 'after',
}

const ends = new Set(['', ')', '}', 'end', ...Object.keys(labels)])

/** Reads expressions that stand below each other, and clauses. */
export abstract class Blocks extends Brackets {
  /** Reads up to what ends a block; `insideTo` is where it ends then, with the line breaks behind it. */
  protected inside(): Inside {
    const body: Node[] = []
    const clauses: Clause[] = []
    let height = 0
    let open: OpenClause | undefined
    let { before: lastTo } = this
    const close = (bodyEnd: number) => {
      if (open === undefined) return
      if (open.body.length === 0) throw unsure
      const block: BlockNode = { kind: 'block', body: open.body, span: this.spanOf(open.bodyStart, bodyEnd) }
      clauses.push({ ...open.head, body: block, span: this.spanOf(open.start, bodyEnd) })
    }
    while (!ends.has(this.tok)) {
      const { start } = this
      const first: Node[] = []
      let isEmptyGroup = false
      while (this.tok !== '->') {
        if (this.tok === 'key') {
          first.push(this.keywords(false))
          height = Math.max(height, this.height)
          break
        }
        const node = this.expression(0, true)
        isEmptyGroup = this.isGroup && node.kind === 'block' && node.body.length === 0
        first.push(node)
        height = Math.max(height, this.height)
        if (this.tok !== ',') break
        this.next()
      }
      const isGuarded = this.at('when')
      if (isGuarded || this.at('->')) {
        if (isEmptyGroup || body.length > 0 || (isGuarded && first.length === 0)) throw unsure
        const head = isGuarded ? { patterns: first, guard: this.guard() } : { patterns: first }
        if (isGuarded) height = Math.max(height, this.height)
        this.take('->')
        close(lastTo)
        open = { start, head, bodyStart: this.newline ? this.breakStart : this.start, body: [] }
        if (ends.has(this.tok)) throw unsure
        continue
      }
      const [only] = first
      if (first.length !== 1 || !only || (only.kind === 'list' && !only.brackets)) throw unsure
      const into = open?.body ?? body
      into.push(only)
      lastTo = this.to
      if (!this.newline && !ends.has(this.tok)) throw unsure
    }
    this.to = this.newline ? this.breakEnd : lastTo
    close(this.to)
    this.height = height + 2
    return open === undefined ? { body } : { clauses }
  }

  private guard(): Node {
    this.next()
    return this.expression(0)
  }

  private nodeOf(inside: Inside, start: number, end: number): BlockNode | ClausesNode {
    const span = this.spanOf(start, end)
    return 'clauses' in inside
      ? { kind: 'clauses', clauses: inside.clauses, span }
      : { kind: 'block', body: inside.body, span }
  }

  /** `do … end`. */
  protected doBlock(): readonly Section[] {
    return this.inBrackets(() => {
      const { start } = this
      this.next()
      const own = this.inside()
      let { height } = this
      const others: Section[] = []
      for (let label = labels[this.tok]; label !== undefined; label = labels[this.tok]) {
        const { start: from } = this
        this.next()
        const section = this.inside()
        height = Math.max(height, this.height)
        others.push({ label, body: this.nodeOf(section, from, this.to), span: this.spanOf(from, this.to) })
      }
      if (this.tok !== 'end') throw unsure
      const { end } = this
      this.next()
      this.height = height
      this.to = end
      return [{ label: 'do', body: this.nodeOf(own, start, end), span: this.spanOf(start, end) }, ...others]
    })
  }

  /** `(…)`: what stands in it where that is one expression. */
  protected group(): Node {
    const { start } = this
    const inside = this.inBrackets(() => {
      this.next()
      return this.inside()
    })
    if (this.tok !== ')') throw unsure
    const span = this.closed(start)
    this.isGroup = true
    if ('body' in inside && inside.body.length === 1 && inside.body[0]) return inside.body[0]
    return this.nodeOf(inside, span.start, span.end)
  }

  /** `fn … end`. */
  protected fn(): Node {
    const { start } = this
    const inside = this.inBrackets(() => {
      this.next()
      return this.inside()
    })
    if (this.tok !== 'end' || !('clauses' in inside)) throw unsure
    return { kind: 'fn', clauses: inside.clauses, span: this.closed(start) }
  }

  /** All of a file. */
  protected whole(): readonly Node[] {
    this.next()
    const inside = this.inside()
    if (this.tok !== '' || !('body' in inside)) throw unsure
    return inside.body
  }
}
