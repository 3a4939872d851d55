import { during } from '../../../text/clock.ts'
import { breakIn } from '../../../text/damage.ts'
import { inLanguage, type Problem } from '../../../text/diagnostic.ts'
import { nesting } from '../../../text/nesting.ts'
import { oncePer } from '../../../text/once.ts'
import { type Source, span } from '../../../text/source.ts'
import type { ElixirFile, Node, Outline } from './ast.ts'
import { type SyntaxNode, syntaxOf } from './grammar.ts'
import { outlineOf } from './outline.ts'
import { readBody } from './parse-block.ts'
import { readExpression } from './parse-expression.ts'
import { type SyntaxReader, unread } from './reader.ts'

const longest = 1_000_000
const deepest = 300
const mostBrackets = 5000

/**
 * Reads an Elixir file: its expressions, its comments, and what is wrong with its syntax. Never throws at the text; what
 * cannot be read is an `unread` node. Files above a million characters are not read. Remembered as long as the source is
 * in use. Needs `loadElixir` first.
 */
export const parseElixir = oncePer((source: Source) =>
  during('parsing Elixir', () => outlined(source) ?? parse(source)),
)

/** A file of code that surely has no mistake and is one module: its tree is made when somebody asks for it. */
function outlined(source: Source): ElixirFile | undefined {
  const outline = outlineOf(source)
  return outline && new OutlinedFile(source, outline)
}

/** As for the modules in them: thousands with getters of their own would take their time. */
class OutlinedFile implements ElixirFile {
  readonly source: Source
  readonly outline: Outline
  readonly problems = noProblems
  whole: ElixirFile | undefined
  constructor(source: Source, outline: Outline) {
    this.source = source
    this.outline = outline
    this.whole = undefined
  }
  read(): ElixirFile {
    this.whole ??= during('parsing Elixir', () => parse(this.source))
    return this.whole
  }
  get body() {
    return this.read().body
  }
  get comments() {
    return this.read().comments
  }
}

const noProblems: ElixirFile['problems'] = []

function parse(source: Source): ElixirFile {
  const joined = new Set<number>()
  const first = read(source, source.text, joined)
  let text = source.text
  // The grammar takes `a` and what stands below it for a call, now and then, where Elixir sees two expressions.
  for (let tries = 0; tries < mostJoined && joined.size > 0; tries++) {
    for (const at of joined) text = `${text.slice(0, at)};${text.slice(at + 1)}`
    joined.clear()
    const parted = read(source, text, joined)
    if (parted.problems.length === 0) return parted
  }
  return first
}

const mostJoined = 5

/** Reads a source by a text of the same length. `joined`: gets the ends of the lines that the grammar did not heed. */
function read(source: Source, text: string, joined: Set<number>): ElixirFile {
  const refuse = (message: string): ElixirFile => ({
    source,
    body: [],
    comments: [],
    problems: inLanguage('elixir', [{ span: span(source, 0, 0), message, bound: true }]),
  })
  if (source.text.length > longest) return refuse('the file is too long to be read')
  if (source.text.length > mostBrackets && nesting(source.text) > mostBrackets)
    return refuse('brackets are nested too deep to be read')
  const syntax = syntaxOf(text)
  if (!syntax) return refuse('the file is too tangled to be read')

  const problems: Problem[] = []
  const { root } = syntax
  if (syntax.isWrong) collect(root, source, problems)
  let depth = 0
  const reader: SyntaxReader = {
    source,
    problems,
    joined,
    read(syntax): Node {
      if (depth >= deepest) {
        const at = span(source, syntax.start, syntax.end)
        problems.push({ span: at, message: 'nested too deep to be read', bound: true })
        return unread(reader, syntax, 'it is nested too deep')
      }
      depth++
      try {
        return readExpression(reader, syntax)
      } finally {
        depth--
      }
    },
  }
  const body = readBody(reader, root.type === 'ERROR' ? { ...root, type: 'source' } : root)
  // What follows the first mistake comes of it, as often as not: Elixir tells of it alone.
  const first = breakIn(source) ?? problems.toSorted((a, b) => a.span.start - b.span.start)[0]
  const comments = syntax.comments.map(({ start, end }) => span(source, start, end))
  return { source, body, comments, problems: inLanguage('elixir', first ? [first] : []) }
}

/** Finds syntax errors, in order of place. Errors inside an error are not told again. */
function collect(root: SyntaxNode, source: Source, problems: Problem[]) {
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.missing || node.type === 'ERROR') problems.push(problemAt(node, source))
    else for (const child of node.children.toReversed()) waiting.push(child)
  }
}

function problemAt(node: SyntaxNode, source: Source): Problem {
  const end = Math.max(node.end, Math.min(node.start + 1, source.text.length))
  const place = span(source, node.start, end)
  if (node.missing) return { span: place, message: `syntax error: \`${node.type}\` is missing here` }
  const first = source.text.slice(node.start, node.end).split('\n', 1)[0]?.trim().slice(0, 40)
  return { span: place, message: first ? `syntax error at \`${first}\`` : 'syntax error' }
}
