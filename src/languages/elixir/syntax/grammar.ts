import type { Tree } from 'web-tree-sitter'
import { addressOf, type Engine, loadEngine } from './engine.ts'

/** A node of the concrete syntax: tokens and all. Offsets are UTF-16 units. */
export interface SyntaxNode {
  readonly type: string
  readonly named: boolean
  readonly missing: boolean
  readonly start: number
  readonly end: number
  readonly children: readonly SyntaxNode[]
}

let engine: Engine | undefined
let loading: Promise<void> | undefined

/** Makes `parseElixir` ready. Call it once and wait; later calls cost nothing. Rejects where the grammar's files are missing. */
export function loadElixir(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  engine = await loadEngine()
}

/** The concrete syntax of a text. */
export interface Syntax {
  readonly root: SyntaxNode
  /** In order of place. */
  readonly comments: readonly SyntaxNode[]
  /** Whether there is a mistake in it. */
  readonly isWrong: boolean
}

/** The concrete syntax of `text`; undefined where it would take too long. Throws before `loadElixir` is done. */
export function syntaxOf(text: string): Syntax | undefined {
  const seen = withoutOperators(withoutBackslashes(text))
  const found = copyOf(seen)
  const relaxed = found?.isWrong ? withoutLastCommas(seen) : seen
  const other = relaxed === seen ? undefined : copyOf(relaxed)
  const copy = other && !other.isWrong ? other : found
  return copy && { ...copy, root: { ...copy.root, start: 0, end: text.length } }
}

/** The concrete syntax of a text, as the grammar has it. */
function copyOf(text: string): Syntax | undefined {
  if (!engine) throw new Error('call loadElixir first')
  const { parser } = engine
  let calls = 0
  parser.reset()
  const tree = parser.parse(text, null, { progressCallback: () => ++calls > 20 + text.length / 20 })
  if (!tree) return undefined
  try {
    return copyTree(engine, tree)
  } finally {
    tree.delete()
  }
}

/**
 * The grammar does not know the comma at the end of a map that is updated, as in `%{map | a: 1,}`, which Elixir reads
 * (elixir_parser.yrl, `kw_data`). A blank stands in for it.
 */
function withoutLastCommas(text: string): string {
  const opened: boolean[] = []
  let comma = -1
  let shown = text
  for (const { 0: token, index } of text.matchAll(
    /"(?:\\.|[^"\\])*"|%[\w.]*\{|[{}]|\|(?!>|\|)|,|#[^\n]*|[^\s{}|,#%"]+|[%"]/g,
  )) {
    if (token.endsWith('{')) opened.push(false)
    else if (token === '|' && opened.length > 0) opened.splice(-1, 1, true)
    else if (token === '}' && opened.pop() && comma >= 0) shown = `${shown.slice(0, comma)} ${shown.slice(comma + 1)}`
    if (!token.startsWith('#')) comma = token === ',' ? index : -1
  }
  return shown
}

/**
 * The grammar takes the second of two backslashes before the end of a raw sigil for an escape of that end, as in
 * `~S(\\)`. What stands in for them here changes no offset, and texts are read from the source.
 */
const withoutBackslashes = (text: string): string =>
  text.replace(rawSigil, (sigil) => (/\\\\.$/.test(sigil) ? `${sigil.slice(0, -3)}__${sigil.slice(-1)}` : sigil))

const rawSigil =
  /~[A-Z]+(?:\((?:[^\\)\n]|\\.)*\)|\[(?:[^\\\]\n]|\\.)*\]|\{(?:[^\\}\n]|\\.)*\}|<(?:[^\\>\n]|\\.)*>|([/|"'])(?:(?!\1)[^\\\n]|\\.)*\1)/g

/** The grammar takes the beginning of `info -> …` for an operator that goes on with the line above. */
const withoutOperators = (text: string): string =>
  text.replace(/(?:^|;)[ \t]*(?:in|or|and|not|when)(?=\w)/gm, (found) => found.replace(/\w/g, '_'))

interface Growing extends SyntaxNode {
  children: SyntaxNode[]
}

const none: SyntaxNode[] = []

/** Without recursion, since trees of broken or generated files may be deep. */
function copyTree({ cursor, kinds }: Engine, tree: Tree): Syntax {
  const at = addressOf(tree)
  const comments: SyntaxNode[] = []
  let isWrong = false
  const copyNode = (): Growing => {
    const { type, named } = kinds[cursor.kind(at)] ?? mistake
    const start = cursor.start(at)
    const end = cursor.end(at)
    // What is missing has no width; of a name it is the text in it that the parser marks.
    const missing = start === end && (type === 'identifier' || cursor.isMissing(at) === 1)
    const node = { type, named, missing, start, end, children: none }
    if (type === 'comment') comments.push(node)
    isWrong ||= type === 'ERROR' || node.missing
    return node
  }
  cursor.root(at)
  cursor.begin(at)
  const root = copyNode()
  const way = [root]
  for (let isNew = true; way.length > 0; ) {
    if (!isNew || cursor.toFirstChild(at) === 0) {
      way.pop()
      isNew = cursor.toNextSibling(at) === 1
    }
    if (isNew) {
      const node = copyNode()
      const parent = way.at(-1)
      if (parent?.children === none) parent.children = [node]
      else parent?.children.push(node)
      way.push(node)
    } else cursor.toParent(at)
  }
  cursor.finish(at)
  return { root, comments, isWrong }
}

const mistake = { type: 'ERROR', named: true }
