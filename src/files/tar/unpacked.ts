import { posix } from 'node:path'
import { Broken } from './broken.ts'

/** What stands at a path once a tar is unpacked. */
export type UnpackedItem = FolderItem | FileItem | LinkItem | { readonly kind: 'device' }

export interface FolderItem {
  readonly kind: 'folder'
  readonly inside: Map<string, UnpackedItem>
}

/** A file; hard links are one item under several names. */
export interface FileItem {
  readonly kind: 'file'
  readonly size: number
  readonly executable: boolean
  /** Where it was kept. */
  readonly bytes: Uint8Array | undefined
  /** Its first byte, where it was looked at. */
  readonly first: number | undefined
}

export interface LinkItem {
  readonly kind: 'link'
  /** As it is written. */
  readonly target: string
}

/** A folder with nothing in it. */
export const emptyFolder = (): FolderItem => ({ kind: 'folder', inside: new Map() })

/**
 * Puts an item at the path of an entry, as Docker unpacks it (moby's go-archive, `Unpack`): what is there already makes
 * way, unless both are folders; folders above it are made. Throws `Broken` where its folder is none, or behind a link.
 */
export function put(root: FolderItem, name: string, item: UnpackedItem): void {
  const names = namesOf(name)
  const last = names.pop()
  if (last === undefined) return
  let folder = root
  for (const one of names) {
    const next = folder.inside.get(one) ?? emptyFolder()
    if (next.kind !== 'folder') throw new Broken('it lies in what is no folder, or behind a link', name)
    folder.inside.set(one, next)
    folder = next
  }
  const there = folder.inside.get(last)
  if (there?.kind !== 'folder' || item.kind !== 'folder') folder.inside.set(last, item)
}

/** The item that a hard link leads to. Throws `Broken` where there is none, or it cannot have two names. */
export function hardLinked(root: FolderItem, target: string, name: string): UnpackedItem {
  let item: UnpackedItem | undefined = root
  for (const one of namesOf(target)) item = item?.kind === 'folder' ? item.inside.get(one) : undefined
  if (item === undefined || item.kind === 'folder' || pathOf(target) === pathOf(name))
    throw new Broken('it is a hard link to nothing', name)
  return item
}

const namesOf = (name: string): string[] => {
  const path = pathOf(name)
  return path === '' ? [] : path.split('/')
}

/** A path as those of a host are; the root is empty. Throws `Broken` where it leads out of the root, as Docker does. */
export function pathOf(name: string): string {
  const path = posix.join('.', name.replace(/^\/+/, '')).replace(/\/$/, '')
  if (path === '..' || path.startsWith('../')) throw new Broken('its path leads out of the tar', name)
  return path === '.' ? '' : path
}

const mostLinks = 40

/** An item and its path with links followed; undefined where one leads out of the tar, to nothing or round in a circle. */
export function follow(
  root: FolderItem,
  path: string,
): { readonly path: string; readonly item: UnpackedItem } | undefined {
  const rest = path.split('/').reverse()
  const above: { readonly name: string; readonly folder: FolderItem }[] = []
  const here = () => above.at(-1)?.folder ?? root
  let links = 0
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (above.pop() === undefined) return undefined
      continue
    }
    const item = here().inside.get(name)
    if (item === undefined) return undefined
    if (item.kind === 'folder') above.push({ name, folder: item })
    else if (item.kind === 'link') {
      links += 1
      if (links > mostLinks) return undefined
      if (item.target.startsWith('/')) above.length = 0
      rest.push(...item.target.split('/').reverse())
    } else {
      const folders = above.map((one) => `${one.name}/`).join('')
      return rest.every((one) => one === '') ? { path: `${folders}${name}`, item } : undefined
    }
  }
  return { path: above.map((one) => one.name).join('/'), item: here() }
}
