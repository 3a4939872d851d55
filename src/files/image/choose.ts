import { arch } from 'node:os'
import { Broken } from '../tar/broken.ts'
import { configOf, platformOf } from './config.ts'
import { asObject, asTexts, type Json } from './json.ts'
import type { LayerChange } from './layer.ts'
import { type ListedImage, listedByDocker, listedByIndex } from './manifest.ts'
import { mergeLayers } from './merge.ts'
import type { SavedImage, Wanted } from './types.ts'

/** Which images are wanted, and how much may be read. */
export interface ImageOptions {
  /** Such as `linux/arm64`; that of this machine, else the first, where absent. */
  readonly platform?: string
  /** Whether all platforms are wanted where none is named. */
  readonly everyPlatform?: boolean
  /** A tag; all images where absent. */
  readonly name?: string
  /** In bytes, after decompression. */
  readonly maxSize: number
}

/** The images of a file, or why it cannot be read. */
export type ReadImages =
  | {
      readonly kind: 'images'
      readonly images: readonly SavedImage[]
      /** The names of all images in the file. */
      readonly names: readonly string[]
    }
  | { readonly kind: 'broken'; readonly message: string; readonly entry: string | undefined }

/** What was read of a file in which images are saved, by path. */
export interface Saved {
  readonly texts: Map<string, Json | readonly unknown[] | null>
  readonly layers: Map<string, SavedLayer>
  readonly links: Map<string, string>
  /** The digests of the files. */
  readonly sums: Map<string, string>
  /** Why what may be a layer is none. */
  readonly refused: Map<string, string>
}

/** A layer, and its SHA-256 without compression. */
export interface SavedLayer {
  readonly changes: readonly LayerChange[]
  readonly sum: string
}

/** The images that are wanted, put together. Throws `Broken` where a part of one is missing. */
export function chosen(saved: Saved, wanted: Wanted, options: ImageOptions): ReadImages {
  const listed = listedIn(saved)
  const names = [...new Set(listed.flatMap((one) => one.names))]
  const named =
    options.name === undefined
      ? listed
      : listed.filter((one) => one.names.some((name) => isNamed(name, options.name ?? '')))
  const images = byName(named).flatMap((group) => ofPlatform(group, saved, options))
  return { kind: 'images', images: images.map((one) => imageOf(one, saved, wanted)), names }
}

const isNamed = (name: string, wanted: string): boolean => name === wanted || name === `${wanted}:latest`

/**
 * All images of a file. Docker takes them from its manifest.json or from its index.json, by its version and its store:
 * where the two name others, those of both are in it.
 */
function listedIn(saved: Saved): readonly ListedImage[] {
  const [docker, index] = [topAt(saved, 'manifest.json'), topAt(saved, 'index.json')]
  const object = asObject(index)
  if (!Array.isArray(docker) && object === undefined)
    throw new Broken('it holds neither a manifest.json nor an index.json: it is no saved image')
  const missing: string[] = []
  const byDocker = Array.isArray(docker) ? listedByDocker(docker) : []
  const byIndex = object === undefined ? [] : listedByIndex(object, (path) => objectAt(saved, path), missing)
  const [first] = missing
  if (byIndex.length === 0 && first !== undefined) throw new Broken('a manifest is missing', first)
  const known = new Set(byDocker.map((one) => contentOf(one, saved)))
  return [...byDocker, ...byIndex.filter((one) => !known.has(contentOf(one, saved)))]
}

/** What an image consists of, whatever its parts are called. */
const contentOf = ({ config, layers }: ListedImage, saved: Saved): string =>
  [saved.sums.get(config), ...layers.map((path) => layerAt(saved, path).sum)].join(' ')

/** What lists images; one that is there in another way than as a file of JSON is not passed over. */
function topAt(saved: Saved, path: string): Json | readonly unknown[] | undefined {
  const found = saved.texts.get(path)
  if (found === null || (found === undefined && isThere(saved, path))) throw new Broken('it is no valid JSON', path)
  return found
}

const isThere = ({ sums, links }: Saved, path: string): boolean => sums.has(path) || links.has(path)

function objectAt(saved: Saved, path: string): Json | null | undefined {
  const found = asObject(saved.texts.get(path))
  return found ?? (isThere(saved, path) ? null : undefined)
}

/** Images of the same name are one image for several platforms. */
function byName(listed: readonly ListedImage[]): readonly (readonly ListedImage[])[] {
  const groups = new Map<string, readonly ListedImage[]>()
  for (const one of listed) {
    const key = one.platform === undefined ? `${one.config} ${groups.size}` : `${one.names.join(' ')}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

const machines: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

function ofPlatform(
  group: readonly ListedImage[],
  saved: Saved,
  { platform: wanted, everyPlatform }: ImageOptions,
): readonly ListedImage[] {
  const platform = (one: ListedImage) => one.platform ?? platformOf(objectAt(saved, one.config) ?? undefined)
  const matching = (name: string) =>
    group.filter((one) => platform(one) === name || platform(one)?.startsWith(`${name}/`) === true)
  if (wanted !== undefined) return matching(wanted).slice(0, 1)
  if (everyPlatform) return group
  const own = matching(`linux/${machines[arch()] ?? arch()}`)
  return own.length > 0 ? own.slice(0, 1) : group.slice(0, 1)
}

function imageOf(listed: ListedImage, saved: Saved, wanted: Wanted): SavedImage {
  const json = objectAt(saved, listed.config)
  if (json === undefined) throw new Broken('the config of the image is missing', listed.config)
  if (json === null) throw new Broken('it is no valid JSON', listed.config)
  const config = configOf(json)
  const made = config.history.filter(({ emptyLayer }) => !emptyLayer)
  const layers = listed.layers.map((path) => layerAt(saved, path))
  checkSums(json, layers, listed.config)
  return {
    names: listed.names,
    platform: listed.platform ?? platformOf(json),
    config,
    layers: listed.layers.map((path, index) => ({
      index: index + 1,
      digest: path.replace(/^blobs\/sha256\//, 'sha256:').replace(/\/layer\.tar$/, ''),
      createdBy: made[index]?.createdBy,
    })),
    ...mergeLayers(
      layers.map(({ changes }) => changes),
      wanted,
    ),
  }
}

/** Docker takes a layer that it has already by what the config says of it, and not the one in the file. */
function checkSums(config: Json, layers: readonly SavedLayer[], entry: string): void {
  const root = asObject(config.rootfs)
  if (root === undefined) return
  const said = asTexts(root.diff_ids ?? []) ?? []
  if (said.length !== layers.length || layers.some(({ sum }, index) => said[index] !== `sha256:${sum}`))
    throw new Broken('its layers are not those that its config says', entry)
}

/** A layer by its path, through the links that older Dockers write for layers that are the same. */
function layerAt({ layers, links, refused }: Saved, path: string): SavedLayer {
  let at = path
  for (let steps = 0; steps < 40; steps++) {
    const found = layers.get(at)
    if (found) return found
    const next = links.get(at)
    if (next === undefined) break
    at = next
  }
  throw new Broken(refused.get(at) ?? 'a layer is missing', path)
}
