import { asBroken, Broken, type Budget, damaged, odd, spend } from './broken.ts'
import { type ByteCursor, cursorOf } from './cursor.ts'
import { type EntryHead, type Extended, entryOf } from './entry.ts'
import type { TarFile } from './file.ts'
import { blockSize, type Header, hasSum, headerOf, isEmpty } from './header.ts'
import { nameIn } from './name.ts'
import { isWithoutEffect, recordsOf } from './records.ts'
import { filled } from './sparse.ts'

/**
 * The entries of a tar, in one pass, as Docker reads them: what stands after the empty blocks at the end counts for
 * nothing. Throws `Broken`, also at what Go's archive/tar and other programs read in different ways; with `whole` as well
 * where that end is missing, so that the tar may have been cut off.
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
      const { name: path, kind, mode, uid, gid, size, target } = head
      yield { name: path, kind, mode, uid, gid, size, target, chunks: chunksOf(head, cursor, body, budget) }
      await cursor.skip(body.left + padding(head.stored))
    }
    await checkRest(cursor)
  } catch (error) {
    throw asBroken(error, name)
  } finally {
    await iterator.return?.()
  }
}

async function* chunksOf(
  { sparse }: EntryHead,
  cursor: ByteCursor,
  body: { left: number },
  budget: Budget,
): AsyncIterable<Uint8Array> {
  const some = async (most: number) => {
    const part = await cursor.some(Math.min(most, body.left))
    body.left -= part.length
    return part
  }
  if (sparse === undefined) while (body.left > 0) yield await some(body.left)
  else {
    spend(budget, sparse.size - body.left)
    yield* filled(sparse, some)
  }
}

const padding = (length: number): number => (blockSize - (length % blockSize)) % blockSize

const largestName = 1024 * 1024

/** The headers of the next entry; undefined at the end. */
async function headAt(cursor: ByteCursor, whole: boolean): Promise<EntryHead | undefined> {
  const extended: Extended = {}
  for (let block = await cursor.read(blockSize); block !== undefined; block = await cursor.read(blockSize)) {
    const at = cursor.offset() - blockSize
    const isPending = Object.keys(extended).length > 0
    if (isEmpty(block)) {
      const next = await cursor.read(blockSize)
      if (isPending) throw odd('its entry is missing', at)
      if (next && !isEmpty(next)) throw new Broken(`${damaged}: there is an empty header at byte ${at}`)
      if (next === undefined && whole) throw new Broken(cutOff)
      return undefined
    }
    const header = headerOf(block, at)
    if (header.type === 'g') {
      if (isPending) throw odd('it stands between another and its entry', at)
      checkGlobal(header, await bodyOf(header, cursor))
    } else if (header.type === 'x') {
      if (isPending) throw odd('an entry has several extended headers', at)
      extended.records = recordsOf(await bodyOf(header, cursor), at)
    } else if (header.type === 'L' || header.type === 'K') {
      const what = header.type === 'L' ? 'name' : 'target'
      if (extended.records || extended[what] !== undefined) throw odd('an entry has several extended headers', at)
      extended[what] = longName(await bodyOf(header, cursor), at)
    } else return entryOf(header, extended, cursor)
  }
  if (whole || Object.keys(extended).length > 0) throw new Broken(cutOff)
  return undefined
}

const cutOff = 'the tar has no end: it may have been cut off'

async function bodyOf({ size, at }: Header, cursor: ByteCursor): Promise<Uint8Array> {
  if (size > largestName) throw new Broken(`${damaged}: the extended header at byte ${at} is too large`)
  const body = size === 0 ? undefined : await cursor.read(size)
  await cursor.skip(padding(size))
  return body ?? new Uint8Array(0)
}

function longName(body: Uint8Array, at: number): string {
  const name = nameIn(body, 0, body.length)
  if (name === undefined || name === '') throw odd('its long name is empty, or more than one', at)
  return name
}

/** The names under which programs write what is for all files: older Dockers remove what has the name of one. */
const globalName = /^(pax_global_header|([^/]+\/)*(PaxHeaders?|GlobalHead)([./][\w.-]+)?)$/

function checkGlobal({ name, at }: Header, body: Uint8Array): void {
  if (!globalName.test(name.replace(/^\.?\/+/, '')) || /(^|\/)\.\.?(\/|$)/.test(name.replace(/^\.\//, '')))
    throw odd('what is for all files has an odd name', at)
  if (!isWithoutEffect(recordsOf(body, at))) throw odd('it is for all files, and Docker takes no notice of that', at)
}

const zeros = Buffer.alloc(blockSize * 128)

/** Passes over what stands behind the end; another tar there is one that some programs read on in. */
async function checkRest(cursor: ByteCursor): Promise<void> {
  for (let part = await cursor.upTo(zeros.length); part.length > 0; part = await cursor.upTo(zeros.length)) {
    if (zeros.compare(part, 0, part.length, 0, part.length) === 0) continue
    for (let start = 0; start + blockSize <= part.length; start += blockSize) {
      const block = part.subarray(start, start + blockSize)
      if (!isEmpty(block) && hasSum(block)) throw odd('it stands behind the end', cursor.offset() - part.length + start)
    }
  }
}
