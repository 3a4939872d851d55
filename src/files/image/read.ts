import { posix } from 'node:path'
import { Broken, type Budget, budgetOf, keep } from '../tar/broken.ts'
import { tarEntries } from '../tar/entries.ts'
import { isTarForm, sniff } from '../tar/form.ts'
import { tarBytes, unpacked } from '../tar/unpack.ts'
import { chosen, type ImageOptions, type ReadImages, type Saved } from './choose.ts'
import { asObject, type Json } from './json.ts'
import { readLayer } from './layer.ts'
import type { Wanted } from './types.ts'

/** One file of a tar or folder in which images are saved. */
export interface SavedFile {
  /** Relative, with `/`. */
  readonly path: string
  readonly size: number
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
    const { name, kind, size, target } = file
    const isLink = kind === 'link' || kind === 'hard link'
    const link = isLink ? linkIn(name, target, kind === 'link') : undefined
    yield { path: posix.normalize(name), size, link, chunks: file.chunks }
  }
}

const linkIn = (name: string, target: string, relative: boolean): string =>
  relative ? posix.join(posix.dirname(name), target) : posix.normalize(target)

/** Reads images from the files of a tar or folder, whatever their order. */
export async function readSaved(
  files: (budget: Budget) => AsyncIterable<SavedFile>,
  wanted: Wanted,
  options: ImageOptions,
): Promise<ReadImages> {
  const budget = budgetOf(options.maxSize)
  const saved: Saved = { texts: new Map(), layers: new Map(), links: new Map() }
  try {
    for await (const file of files(budget)) await readFile(file, saved, wanted, budget)
    return chosen(saved, options)
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { kind: 'broken', message: error.message, entry: error.entry }
  }
}

async function readFile(
  { path, size, link, chunks }: SavedFile,
  saved: Saved,
  wanted: Wanted,
  budget: Budget,
): Promise<void> {
  if (link !== undefined) {
    saved.links.set(path, link)
    return
  }
  if (size === 0) return
  const isLayer = /(^|\/)layer\.tar$|^blobs\//.test(path) || /\.tar(\.\w+)?$/.test(path)
  const isJson = /^blobs\/|\.json$/.test(path)
  if (!isLayer && !isJson) return
  const { form, chunks: all } = await sniff(chunks)
  if (form === 'json' && size <= largestJson) {
    keep(budget, size, path)
    saved.texts.set(path, await jsonOf(all))
  } else if (isLayer && isTarForm(form)) {
    // What is not compressed was counted when it was read from the file around it.
    const bytes = form === 'tar' ? all : unpacked(all, form, budget)
    try {
      saved.layers.set(path, await readLayer(bytes, wanted, budget))
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      throw new Broken(error.message, error.entry === undefined ? path : `${path}: ${error.entry}`)
    }
  }
}

async function jsonOf(chunks: AsyncIterable<Uint8Array>): Promise<Json | readonly unknown[] | null> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(Buffer.concat(parts)))
    return Array.isArray(value) ? value : (asObject(value) ?? null)
  } catch {
    return null
  }
}
