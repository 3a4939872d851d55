import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { Broken, type Budget, budgetOf, keep } from '../tar/broken.ts'
import { tarEntries } from '../tar/entries.ts'
import { type Form, isTarForm, sniff } from '../tar/form.ts'
import { tarBytes, unpacked } from '../tar/unpack.ts'
import { pathOf } from '../tar/unpacked.ts'
import { chosen, type ImageOptions, type ReadImages, type Saved } from './choose.ts'
import { asObject, parseJson } from './json.ts'
import { readLayer } from './layer.ts'
import type { Wanted } from './types.ts'

/** One file of a tar or folder in which images are saved. */
export interface SavedFile {
  /** Relative, with `/`. */
  readonly path: string
  readonly size: number
  readonly kind: 'file' | 'folder' | 'link'
  /** What a symbolic or hard link leads to. */
  readonly link: string | undefined
  readonly chunks: AsyncIterable<Uint8Array>
}

/** As registries have it for manifests (OCI distribution specification, "Pushing Manifests"). */
const largestJson = 4 * 1024 * 1024

/** Reads the images of a tar in one pass: plain, gzip or zstd, by `docker save` or in the OCI layout. */
export function readImages(
  bytes: AsyncIterable<Uint8Array>,
  wanted: Wanted,
  options: ImageOptions,
): Promise<ReadImages> {
  return readSaved((budget) => filesOfTar(bytes, budget), wanted, options)
}

async function* filesOfTar(bytes: AsyncIterable<Uint8Array>, budget: Budget): AsyncIterable<SavedFile> {
  for await (const file of tarEntries(await tarBytes(bytes, budget), budget, true)) {
    const { name, kind, size, target, chunks } = file
    const path = pathOf(name)
    if (kind === 'device') throw new Broken('it is a device', name)
    if (kind === 'file' || kind === 'folder') yield { path, size, kind, link: undefined, chunks }
    else yield { path, size, kind: 'link', link: linkIn(path, target, kind === 'link'), chunks }
  }
}

const linkIn = (path: string, target: string, relative: boolean): string =>
  posix.normalize(`/${relative && !target.startsWith('/') ? posix.join(posix.dirname(path), target) : target}`).slice(1)

/** Reads images from the files of a tar or folder, whatever their order. */
export async function readSaved(
  files: (budget: Budget) => AsyncIterable<SavedFile>,
  wanted: Wanted,
  options: ImageOptions,
): Promise<ReadImages> {
  const budget = budgetOf(options.maxSize)
  const saved: Saved = { texts: new Map(), layers: new Map(), links: new Map(), sums: new Map(), refused: new Map() }
  const kinds = new Map<string, SavedFile['kind']>()
  try {
    for await (const file of files(budget)) {
      note(file, kinds)
      await readFile(file, saved, wanted, budget)
    }
    return chosen(saved, wanted, options)
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { kind: 'broken', message: error.message, entry: error.entry }
  }
}

/** Each path is one thing, and lies in folders: behind a link, every program finds another. */
function note({ path, kind }: SavedFile, kinds: Map<string, SavedFile['kind']>): void {
  const before = kinds.get(path)
  if (before !== undefined && (before !== kind || kind === 'link')) throw new Broken('it is there twice', path)
  kinds.set(path, kind)
  for (let at = posix.dirname(path); at !== '.' && kinds.get(at) !== 'folder'; at = posix.dirname(at)) {
    if (kinds.has(at)) throw new Broken('it lies in what is no folder, or behind a link', path)
    kinds.set(at, 'folder')
  }
}

async function readFile(file: SavedFile, saved: Saved, wanted: Wanted, budget: Budget): Promise<void> {
  const { path, size, link } = file
  if (link !== undefined) saved.links.set(path, link)
  const isBlob = path.startsWith('blobs/')
  const isLayer = isBlob || /(^|\/)layer\.tar$/.test(path) || /\.tar(\.\w+)?$/.test(path)
  if (file.kind !== 'file' || (!isLayer && !path.endsWith('.json'))) return
  const { chunks, sum } = summed(file.chunks, digestOf(path)?.algorithm ?? 'sha256')
  const { form, chunks: all } = await sniff(chunks)
  if (form === 'json' && size <= largestJson) {
    keep(budget, size, path)
    saved.texts.set(path, await jsonOf(all))
  } else if (isLayer && isTarForm(form)) await takeLayer(path, form, all, saved, wanted, budget)
  else saved.refused.set(path, refusals[form] ?? 'it is no layer')
  const found = await sum()
  const digest = digestOf(path)
  if (digest !== undefined && digest.hex !== found) throw new Broken('what it holds does not have its digest', path)
  if ((saved.sums.get(path) ?? found) !== found) throw new Broken('it is there twice', path)
  saved.sums.set(path, found)
}

const refusals: Readonly<Partial<Record<Form, string>>> = {
  xz: 'it is compressed by xz, which is not read here',
  bzip2: 'it is compressed by bzip2, which is not read here',
}

function digestOf(path: string) {
  const [, algorithm, hex] = /^blobs\/(sha256|sha512)\/([0-9a-f]{64}|[0-9a-f]{128})$/.exec(path) ?? []
  return algorithm === undefined ? undefined : { algorithm, hex }
}

/** Chunks, and their digest after the last of them, whether they were asked for or not. */
function summed(chunks: AsyncIterable<Uint8Array>, algorithm: string) {
  const hash = createHash(algorithm)
  const iterator = chunks[Symbol.asyncIterator]()
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const found = await iterator.next()
    if (!found.done) hash.update(found.value)
    return found
  }
  return {
    chunks: { [Symbol.asyncIterator]: () => ({ next }) },
    async sum(): Promise<string> {
      while (!(await next()).done);
      return hash.digest('hex')
    },
  }
}

async function takeLayer(
  path: string,
  form: Form,
  chunks: AsyncIterable<Uint8Array>,
  saved: Saved,
  wanted: Wanted,
  budget: Budget,
): Promise<void> {
  // What is not compressed was counted when it was read from the file around it.
  const { chunks: bytes, sum } = summed(form === 'tar' ? chunks : unpacked(chunks, form, budget), 'sha256')
  try {
    const changes = await readLayer(bytes, wanted, budget)
    saved.layers.set(path, { changes, sum: await sum() })
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    throw new Broken(error.message, error.entry === undefined ? path : `${path}: ${error.entry}`)
  }
}

async function jsonOf(chunks: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const value = parseJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts)))
  return Array.isArray(value) ? value : (asObject(value) ?? null)
}
