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

/** The concrete syntax of `text`; undefined where it would take too long. Throws before `loadElixir` is done. */
export function syntaxOf(text: string): SyntaxNode | undefined {
  if (!engine) throw new Error('call loadElixir first')
  const { parser } = engine
  let calls = 0
  parser.reset()
  const tree = parser.parse(withoutBackslashes(text), null, { progressCallback: () => ++calls > 20 + text.length / 20 })
  if (!tree) return undefined
  try {
    return { ...copyTree(engine, tree), start: 0, end: text.length }
  } finally {
    tree.delete()
  }
}

/**
 * The grammar takes the second of two backslashes before the end of a raw sigil for an escape of that end, as in
 * `~S(\\)`. What stands in for them here changes no offset, and texts are read from the source.
 */
const withoutBackslashes = (text: string): string =>
  text.replace(rawSigil, (sigil) => (/\\\\.$/.test(sigil) ? `${sigil.slice(0, -3)}__${sigil.slice(-1)}` : sigil))

const rawSigil =
  /~[A-Z]+(?:\((?:[^\\)\n]|\\.)*\)|\[(?:[^\\\]\n]|\\.)*\]|\{(?:[^\\}\n]|\\.)*\}|<(?:[^\\>\n]|\\.)*>|([/|"'])(?:(?!\1)[^\\\n]|\\.)*\1)/g

interface Growing extends SyntaxNode {
  readonly children: SyntaxNode[]
}

/** Without recursion, since trees of broken or generated files may be deep. */
function copyTree({ cursor, kinds }: Engine, tree: Tree): SyntaxNode {
  const at = addressOf(tree)
  const copyNode = (): Growing => {
    const { type, named } = kinds[cursor.kind(at)] ?? mistake
    const start = cursor.start(at)
    const end = cursor.end(at)
    // What is missing has no width.
    return { type, named, missing: start === end && cursor.isMissing(at) === 1, start, end, children: [] }
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
      way.at(-1)?.children.push(node)
      way.push(node)
    } else cursor.toParent(at)
  }
  cursor.finish(at)
  return root
}

const mistake = { type: 'ERROR', named: true }
