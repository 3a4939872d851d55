import { type Tree, treeOf } from '../src/files/tree.ts'
import type { Texts } from '../src/text/example.ts'
import type { Source } from '../src/text/source.ts'

const known = new Map<string, Source>()

/** `source`, or the one with the same path and text that was there before: what it says is only read once. */
function shared(source: Source): Source {
  const key = `${source.path}\n${source.text}`
  const first = known.get(key) ?? source
  known.set(key, first)
  return first
}

/** A tree whose sources are those of other trees where their texts are the same. */
export const withShared = (tree: Tree): Tree => ({ ...tree, sources: tree.sources.map(shared) })

/** The tree of texts, with shared sources. */
export const treeFor = (texts: Texts): Tree => withShared(treeOf(texts))
