import { posix } from 'node:path'
import { Broken } from '../tar/broken.ts'
import type { LayerChange, LayerEntry } from './layer.ts'
import type { FileEntry, GoneEntry, Wanted } from './types.ts'

/** The file system that layers make together, and what of them is in none of its files any more. */
export interface Merged {
  readonly files: ReadonlyMap<string, FileEntry>
  readonly gone: readonly GoneEntry[]
}

/** A file system while layers are put onto it: entries by path, and the paths in each folder. */
interface ImageDraft {
  readonly files: Map<string, FileEntry>
  readonly inside: Map<string, Set<string>>
  readonly gone: GoneEntry[]
  readonly wanted: Wanted
}

/**
 * Puts layers onto each other, the lowest first (OCI image specification, "Applying Changesets"), as Docker does: folders
 * that are links are followed. Throws `Broken` where a layer takes out what it has itself.
 */
export function mergeLayers(layers: readonly (readonly LayerChange[])[], wanted: Wanted): Merged {
  const draft: ImageDraft = { files: new Map(), inside: new Map(), gone: [], wanted }
  for (const [index, changes] of layers.entries()) {
    const layer = index + 1
    for (const change of changes) {
      if (change.kind === 'add') add(draft, change.entry, layer)
      else if (change.kind === 'empty') empty(draft, realPath(draft, change.path), layer)
      else removeLower(draft, inRealFolder(draft, change.path), layer)
    }
  }
  return { files: draft.files, gone: draft.gone }
}

function add(draft: ImageDraft, { hardLink, ...entry }: LayerEntry, layer: number): void {
  const path = inRealFolder(draft, entry.path)
  const before = draft.files.get(path)
  const linked = hardLink === undefined ? undefined : draft.files.get(inRealFolder(draft, hardLink))
  const after: FileEntry = linked ? { ...linked, path, layer } : { ...entry, path, layer }
  if (
    linked?.kind === 'file' &&
    linked.content === undefined &&
    draft.wanted(path, linked.size, linked.mode) !== 'none'
  )
    throw new Broken('it is a hard link to a file that was not looked at', path)
  if (before?.kind === 'folder' && after.kind !== 'folder') remove(draft, path, layer, 'overwritten')
  else if (before && before.kind !== 'folder' && before.content !== undefined && before.layer !== layer)
    draft.gone.push({ entry: before, goneIn: layer, by: 'overwritten' })
  if (before === undefined && after.kind !== 'folder' && draft.inside.has(path))
    remove(draft, path, layer, 'overwritten')
  draft.files.set(path, after)
  register(draft, path)
}

const mostLinks = 40

/** A path whose folder was followed through links, inside the root. */
function inRealFolder(draft: ImageDraft, path: string): string {
  return posix.join(realPath(draft, posix.dirname(path)), posix.basename(path))
}

/** A path with its links followed, inside the root. Throws `Broken` where it leads through what is no folder. */
function realPath({ files }: ImageDraft, path: string): string {
  const rest = path.split('/').reverse()
  let at = '/'
  let links = 0
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    const next = posix.join(at, name)
    const entry = name === '' || name === '.' || name === '..' ? undefined : files.get(next)
    if (entry?.kind === 'link') {
      links += 1
      if (links > mostLinks) throw new Broken('its links go round in a circle', path)
      if (entry.target?.startsWith('/')) at = '/'
      rest.push(...(entry.target ?? '').split('/').reverse())
    } else if (entry === undefined || entry.kind === 'folder') at = next
    else throw new Broken('it lies in what is no folder', path)
  }
  return at
}

/** Notes the path in its folder, and that in its own: a tar need not hold the folders of its files. */
function register({ inside }: ImageDraft, path: string): void {
  for (let at = path; at !== '/'; at = posix.dirname(at)) {
    const folder = posix.dirname(at)
    const siblings = inside.get(folder)
    if (siblings?.has(at)) return
    if (siblings) siblings.add(at)
    else inside.set(folder, new Set([at]))
  }
}

function removeLower(draft: ImageDraft, path: string, layer: number): void {
  if (holdsOf(draft, path, layer)) throw new Broken('a layer takes out what it has itself', path)
  remove(draft, path, layer, 'removed')
}

/** Takes what the layers below have in a folder out; what the layer itself has in it stays. */
function empty(draft: ImageDraft, folder: string, layer: number): void {
  const left = [folder]
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const path of [...(draft.inside.get(at) ?? [])]) {
      if (!holdsOf(draft, path, layer)) remove(draft, path, layer, 'removed')
      else if (draft.files.get(path)?.layer !== layer) throw new Broken('a layer takes out what it has itself', path)
      else left.push(path)
    }
  }
}

/** Whether a path, or something in it, is of a layer. */
function holdsOf({ files, inside }: ImageDraft, path: string, layer: number): boolean {
  const left = [path]
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (files.get(at)?.layer === layer) return true
    for (const inner of inside.get(at) ?? []) left.push(inner)
  }
  return false
}

/** Takes a path and all that is in it out; what another layer had with a content is kept as gone. */
function remove(draft: ImageDraft, path: string, layer: number, by: GoneEntry['by']): void {
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
