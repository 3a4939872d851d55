import { asBroken, Broken, type Budget, damaged } from './broken.ts'
import { type Cursor, cursorOf } from './cursor.ts'
import { blockSize, type Header, headerOf, isEmpty, recordsOf, textAt } from './header.ts'

/** One entry of a tar. */
export interface TarFile {
  /** As it is written. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'hard link' | 'device'
  /** The twelve permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of a sparse file with its holes. */
  readonly size: number
  /** What a symbolic or hard link leads to, as it is written. */
  readonly target: string
  /** Whether it has holes: its bytes are then not what it holds. */
  readonly sparse: boolean
  /** To be read before the next entry is asked for, or never. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/**
 * The entries of a tar, in one pass, as Docker reads them: what stands after the empty blocks at the end counts for
 * nothing. Throws `Broken`; with `whole` also where that end is missing, so that the tar may have been cut off.
 */
export async function* tarEntries(
  bytes: AsyncIterable<Uint8Array>,
  budget: Budget,
  whole = false,
): AsyncIterable<TarFile> {
  let name: string | undefined
  const iterator = bytes[Symbol.asyncIterator]()
  const cursor = cursorOf(iterator, () => name)
  try {
    for (let head = await headAt(cursor, whole); head !== undefined; head = await headAt(cursor, whole)) {
      name = head.name
      budget.entries -= 1
      if (budget.entries < 0) throw new Broken('it has too many entries', name)
      const body = { left: head.stored }
      yield { ...head, chunks: chunksOf(cursor, body) }
      await cursor.skip(body.left + padding(head.stored))
    }
    await cursor.drain()
  } catch (error) {
    throw asBroken(error, name)
  } finally {
    await iterator.return?.()
  }
}

async function* chunksOf(cursor: Cursor, body: { left: number }): AsyncIterable<Uint8Array> {
  while (body.left > 0) {
    const part = await cursor.some(body.left)
    body.left -= part.length
    yield part
  }
}

const padding = (length: number): number => (blockSize - (length % blockSize)) % blockSize

/** What the headers of an entry say; `stored` is how many bytes of it follow. */
type Head = Omit<TarFile, 'chunks'> & { readonly stored: number }

const largestName = 1024 * 1024

/** The headers of the next entry; undefined at the end. */
async function headAt(cursor: Cursor, whole: boolean): Promise<Head | undefined> {
  let records: ReadonlyMap<string, string> = new Map()
  let name: string | undefined
  let target: string | undefined
  for (let block = await cursor.read(blockSize); block !== undefined; block = await cursor.read(blockSize)) {
    if (isEmpty(block)) {
      const next = await cursor.read(blockSize)
      if (next && !isEmpty(next)) throw new Broken(damaged)
      return undefined
    }
    const header = headerOf(block)
    if (header.type === 'x') records = recordsOf(await bodyOf(header, cursor))
    else if (header.type === 'L') name = textAt(await bodyOf(header, cursor), 0, largestName)
    else if (header.type === 'K') target = textAt(await bodyOf(header, cursor), 0, largestName)
    else if (header.type === 'g') await bodyOf(header, cursor)
    else {
      for (let more = header.sparse?.mapFollows; more; ) more = (await cursor.read(blockSize))?.[504] !== 0
      return headOf(header, records, name, target)
    }
  }
  if (whole || name !== undefined || records.size > 0) throw new Broken('the tar has no end: it may have been cut off')
  return undefined
}

async function bodyOf({ size }: Header, cursor: Cursor): Promise<Uint8Array> {
  if (size > largestName) throw new Broken(damaged)
  const body = size === 0 ? undefined : await cursor.read(size)
  await cursor.skip(padding(size))
  return body ?? new Uint8Array(0)
}

function headOf(
  header: Header,
  records: ReadonlyMap<string, string>,
  longName: string | undefined,
  longTarget: string | undefined,
): Head {
  const { mode, uid, gid, type, sparse } = header
  const holed = sparse?.size ?? numberOf(records.get('GNU.sparse.realsize') ?? records.get('GNU.sparse.size'))
  const name = records.get('GNU.sparse.name') ?? records.get('path') ?? longName ?? header.name
  const kind = type === '0' && name.endsWith('/') ? 'folder' : (kinds[type] ?? 'device')
  const stored = kind === 'file' || kinds[type] === undefined ? (numberOf(records.get('size')) ?? header.size) : 0
  return {
    name,
    kind,
    mode,
    uid: numberOf(records.get('uid')) ?? uid,
    gid: numberOf(records.get('gid')) ?? gid,
    size: holed ?? stored,
    target: records.get('linkpath') ?? longTarget ?? header.linkName,
    sparse: holed !== undefined,
    stored,
  }
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined

/** What has no kind here is a device, whose bytes are passed over; links and folders have none (Go's archive/tar). */
const kinds: Readonly<Record<string, TarFile['kind']>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard link',
  '2': 'link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'device',
}
