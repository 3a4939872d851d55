import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Parser, TreeCursor } from 'web-tree-sitter'

/** A node of the concrete syntax: tokens and all. Offsets are UTF-16 units. */
export interface SyntaxNode {
  readonly type: string
  readonly named: boolean
  readonly missing: boolean
  readonly start: number
  readonly end: number
  readonly children: readonly SyntaxNode[]
}

let parser: Parser | undefined
let loading: Promise<void> | undefined

/** Makes `parseElixir` ready. Call it once and wait; later calls cost nothing. Rejects where the grammar's files are missing. */
export function loadElixir(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  const { Language, Parser } = await import('web-tree-sitter')
  const engine = shipped('./web-tree-sitter.wasm')
  await Parser.init(engine ? { wasmBinary: engine } : {})
  const created = new Parser()
  created.setLanguage(await Language.load(grammarBytes()))
  parser = created
}

/** The bundle has the files beside itself; from source they come from the packages. */
function grammarBytes(): Uint8Array {
  const file = './tree-sitter-elixir.wasm'
  return (
    shipped(file) ?? readFileSync(createRequire(import.meta.url).resolve('tree-sitter-elixir/tree-sitter-elixir.wasm'))
  )
}

function shipped(file: string): Uint8Array | undefined {
  const place = new URL(file, import.meta.url)
  return existsSync(place) ? readFileSync(place) : undefined
}

/** The concrete syntax of `text`; undefined where it would take too long. Throws before `loadElixir` is done. */
export function syntaxOf(text: string): SyntaxNode | undefined {
  if (!parser) throw new Error('call loadElixir first')
  let calls = 0
  parser.reset()
  const tree = parser.parse(withoutBackslashes(text), null, { progressCallback: () => ++calls > 20 + text.length / 20 })
  if (!tree) return undefined
  const cursor = tree.walk()
  try {
    return copyTree(cursor, text.length)
  } finally {
    cursor.delete()
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
function copyTree(cursor: TreeCursor, length: number): SyntaxNode {
  const root = copyNode(cursor)
  const ancestors = [root]
  let descend = true
  while (ancestors.length > 0) {
    if (descend && cursor.gotoFirstChild()) {
      ancestors.at(-1)?.children.push(copyNode(cursor))
    } else if (cursor.gotoNextSibling()) {
      ancestors.pop()
      ancestors.at(-1)?.children.push(copyNode(cursor))
    } else {
      ancestors.pop()
      cursor.gotoParent()
      descend = false
      continue
    }
    const added = ancestors.at(-1)?.children.at(-1)
    if (added) ancestors.push(added as Growing)
    descend = true
  }
  return { ...root, start: 0, end: length }
}

const copyNode = (cursor: TreeCursor): Growing => ({
  type: cursor.nodeType,
  named: cursor.nodeIsNamed,
  missing: cursor.nodeIsMissing,
  start: cursor.startIndex,
  end: cursor.endIndex,
  children: [],
})
