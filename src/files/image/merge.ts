import { posix } from 'node:path'
import type { LayerEntry, LayerFiles } from './layer.ts'
import type { FileEntry, GoneEntry } from './types.ts'

/** The file system that layers make together, and what of them is in none of its files any more. */
export interface Merged {
  readonly files: ReadonlyMap<string, FileEntry>
  readonly gone: readonly GoneEntry[]
}

/** A file system while layers are put onto it: entries by path, and the paths in each folder. */
interface Draft {
  readonly files: Map<string, FileEntry>
  readonly inside: Map<string, Set<string>>
  readonly gone: GoneEntry[]
}

/** Puts layers onto each other, the lowest first (OCI image specification, "Applying Changesets"). */
export function mergeLayers(layers: readonly LayerFiles[]): Merged {
  const draft: Draft = { files: new Map(), inside: new Map(), gone: [] }
  for (const [index, layer] of layers.entries()) {
    const number = index + 1
    for (const folder of layer.emptied)
      for (const path of [...(draft.inside.get(folder) ?? [])]) remove(draft, path, number, 'removed')
    for (const path of layer.removed) remove(draft, path, number, 'removed')
    for (const entry of layer.entries) add(draft, entry, number)
  }
  return { files: draft.files, gone: draft.gone }
}

function add(draft: Draft, { hardLink, ...entry }: LayerEntry, layer: number): void {
  const { path } = entry
  const before = draft.files.get(path)
  const linked = hardLink === undefined ? undefined : draft.files.get(hardLink)
  const after: FileEntry = linked ? { ...linked, path, layer } : { ...entry, layer }
  if (before?.kind === 'folder' && after.kind !== 'folder') remove(draft, path, layer, 'overwritten')
  else if (before && before.kind !== 'folder' && before.content !== undefined && before.layer !== layer)
    draft.gone.push({ entry: before, goneIn: layer, by: 'overwritten' })
  draft.files.set(path, after)
  register(draft, path)
}

/** Notes the path in its folder, and that in its own: a tar need not hold the folders of its files. */
function register({ inside }: Draft, path: string): void {
  for (let at = path; at !== '/'; at = posix.dirname(at)) {
    const folder = posix.dirname(at)
    const siblings = inside.get(folder)
    if (siblings?.has(at)) return
    if (siblings) siblings.add(at)
    else inside.set(folder, new Set([at]))
  }
}

/** Takes a path and all that is in it out; what another layer had with a content is kept as gone. */
function remove(draft: Draft, path: string, layer: number, by: GoneEntry['by']): void {
  const left = [path]
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    const entry = draft.files.get(at)
    for (const inner of draft.inside.get(at) ?? []) left.push(inner)
    draft.inside.delete(at)
    draft.inside.get(posix.dirname(at))?.delete(at)
    draft.files.delete(at)
    if (entry?.content !== undefined && entry.layer !== layer) draft.gone.push({ entry, goneIn: layer, by })
  }
}
