import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliDecompressSync } from 'node:zlib'
import type { Parser, Tree } from 'web-tree-sitter'

/** A function of the engine that moves its cursor in a tree, or says of the node that it is at: 0 is no. */
type OfTree = (tree: number) => number

/**
 * The cursor of the engine: `root` and `begin` put it at the root of a tree, `finish` ends it, and nothing else may be asked
 * of the engine between them. The cursor of the package takes this one out and back in for each question, which takes
 * longer than to parse.
 */
export interface TreeCursor {
  readonly root: OfTree
  readonly begin: OfTree
  readonly finish: OfTree
  readonly toFirstChild: OfTree
  readonly toNextSibling: OfTree
  readonly toParent: OfTree
  readonly kind: OfTree
  readonly isMissing: OfTree
  readonly start: OfTree
  readonly end: OfTree
}

/** A parser of Elixir, and how its trees are read. */
export interface Engine {
  readonly parser: Parser
  readonly cursor: TreeCursor
  /** What the numbers of the kinds of nodes mean. */
  readonly kinds: readonly { readonly type: string; readonly named: boolean }[]
}

/** Loads the parser's engine and the grammar. Rejects where their files are missing. */
export async function loadEngine(): Promise<Engine> {
  const { Language, Parser } = await import('web-tree-sitter')
  // The engine's functions are put beside what it is told.
  const module: Record<string, unknown> = { wasmBinary: bytesOf('web-tree-sitter') }
  await Parser.init(module)
  const parser = new Parser()
  const language = await Language.load(bytesOf('tree-sitter-elixir'))
  parser.setLanguage(language)
  const kinds = language.types.map((type, kind) => ({ type, named: language.nodeTypeIsNamed(kind) }))
  return { parser, cursor: cursorOf(module), kinds }
}

/** The address of a tree in the engine. */
export const addressOf = (tree: Tree): number => Number(Reflect.get(tree, 0))

function cursorOf(module: Readonly<Record<string, unknown>>): TreeCursor {
  const named = (name: string): OfTree => {
    const found = module[`_ts_tree_${name}_wasm`]
    if (!isOfTree(found)) throw new Error(`the parser has no ${name}`)
    return found
  }
  return {
    root: named('root_node'),
    begin: named('cursor_new'),
    finish: named('cursor_delete'),
    toFirstChild: named('cursor_goto_first_child'),
    toNextSibling: named('cursor_goto_next_sibling'),
    toParent: named('cursor_goto_parent'),
    kind: named('cursor_current_node_type_id'),
    isMissing: named('cursor_current_node_is_missing'),
    start: named('cursor_start_index'),
    end: named('cursor_end_index'),
  }
}

const isOfTree = (value: unknown): value is OfTree => typeof value === 'function'

/** The executable has the files in itself, the bundle beside itself, packed; from source they come from the packages. */
function bytesOf(name: string): Uint8Array {
  const [whole, packed] = ['', '.br'].map((ending) => new URL(`./${name}.wasm${ending}`, import.meta.url))
  if (whole && existsSync(whole)) return readFileSync(whole)
  return packed && existsSync(packed)
    ? brotliDecompressSync(readFileSync(packed))
    : readFileSync(createRequire(import.meta.url).resolve(`${name}/${name}.wasm`))
}
