import { odd } from './broken.ts'
import type { ByteCursor } from './cursor.ts'
import type { TarFile } from './file.ts'
import type { Header } from './header.ts'
import type { Records } from './records.ts'
import { oldSparse, type Sparse, sparseKindOf, sparseOf } from './sparse.ts'

/** What headers before that of an entry say of it. */
export interface Extended {
  records?: Records
  /** By GNU tar, where they are long. */
  name?: string
  target?: string
}

/** What the headers of an entry say; `stored` is how many bytes of it follow. */
export type EntryHead = Omit<TarFile, 'chunks'> & { readonly stored: number; readonly sparse: Sparse | undefined }

/** The types of entries that Docker unpacks, and `S`, a file with holes; all others are refused (moby's go-archive). */
const kinds: Readonly<Record<string, TarFile['kind']>> = {
  '\0': 'file',
  '0': 'file',
  S: 'file',
  '1': 'hard link',
  '2': 'link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'device',
}

const none: Records = { values: new Map(), map: [] }
/** What does not fit into eleven octal digits has its size in records only. */
const largestOctal = 8 ** 11
/** PATH_MAX of Linux. */
const longestPath = 4096

/** An entry by its header and those before it. Reads the map of a sparse file. Throws `Broken`. */
export async function entryOf(header: Header, extended: Extended, cursor: ByteCursor): Promise<EntryHead> {
  const { at, type, mode } = header
  const { values, map } = extended.records ?? none
  const kind = kinds[type]
  if (kind === undefined) throw odd('it is of a type that Docker does not unpack', at)
  const number = (key: string): number | undefined => (values.has(key) ? Number(values.get(key)) : undefined)
  const name = values.get('GNU.sparse.name') ?? values.get('path') ?? extended.name ?? header.name
  const target = values.get('linkpath') ?? extended.target ?? header.linkName
  const size = number('size') ?? header.size
  const refuse = (why: string) => {
    throw odd(why, at, name === '' ? undefined : name)
  }
  const isFolder = kind === 'folder' || (type === '\0' && name.endsWith('/'))
  if (name === '') refuse('it has no name')
  if (!isFolder && name.endsWith('/')) refuse('its name is that of a folder')
  if ((kind === 'link' || kind === 'hard link') !== (target !== '')) refuse('it is a link to nothing, or no link')
  if (size > 0 && (isFolder || kind !== 'file')) refuse('it has a size, and is no file')
  if (size !== header.size && (size < largestOctal || header.size > 0)) refuse('it has two sizes')
  if (Math.max(name.length, target.length) > longestPath) refuse('it has a longer name than files have')
  const sparseKind = sparseKindOf({ values, map }, at)
  if (type === 'S' && extended.records) refuse('it tells of holes in two ways')
  if (sparseKind !== undefined && type !== '0') refuse('it has holes, and is no file')
  const holed = sparseKind === undefined ? undefined : await sparseOf(sparseKind, { values, map }, size, at, cursor)
  const sparse = holed ?? (type === 'S' ? await oldSparse(header, cursor) : undefined)
  return {
    name,
    kind: isFolder ? 'folder' : kind,
    mode,
    uid: number('uid') ?? header.uid,
    gid: number('gid') ?? header.gid,
    size: sparse?.size ?? size,
    target,
    sparse,
    stored: size - (holed?.mapLength ?? 0),
  }
}
