import { posix } from 'node:path'
import { Broken } from '../tar/broken.ts'
import { platformOf } from './config.ts'
import { asList, asObject, asText, asTexts, type Json } from './json.ts'

/** An image as the manifests of a file name it: paths of entries of the tar. */
export interface ListedImage {
  readonly names: readonly string[]
  readonly config: string
  readonly layers: readonly string[]
  /** Of its descriptor; undefined where only its config says it. */
  readonly platform: string | undefined
}

/** Gives the JSON of an entry; undefined where there is none, null where it is no JSON. */
export type JsonAt = (path: string) => Json | null | undefined

const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`

/** A path in a file of images, without a slash before it; nothing leads out of the root. */
const inside = (path: string): string => posix.normalize(`/${path}`).slice(1)

/** The images of a manifest.json: what `docker save` writes. Throws `Broken` where one is not to be read. */
export const listedByDocker = (manifests: readonly unknown[]): readonly ListedImage[] =>
  manifests.map((manifest) => {
    const one = asObject(manifest)
    const config = asText(one?.config)
    const layers = textsOf(one?.layers)
    const names = textsOf(one?.repotags)
    if (!config || layers === undefined || names === undefined)
      throw new Broken('it names an image without a config or layers', 'manifest.json')
    return { names, config: inside(config), layers: layers.map(inside), platform: undefined }
  })

/** The texts of a list that may be absent; undefined where there is anything else in it. */
function textsOf(value: unknown): readonly string[] | undefined {
  const texts = asTexts(value ?? [])
  return texts?.length === asList(value ?? []).length ? texts : undefined
}

const deepestIndex = 8
const mostManifests = 1000
const ofManifest =
  /^application\/vnd\.(oci\.image\.(manifest|index)\.v1|docker\.distribution\.manifest(\.list)?\.v2)\+json$/
const ofConfig = /^application\/vnd\.(oci\.image\.config\.v1|docker\.container\.image\.v1)\+json$/
const ofLayer =
  /^application\/vnd\.(oci\.image\.layer\.v1\.tar(\+gzip|\+zstd)?|docker\.image\.rootfs\.diff\.tar(\.gzip|\.zstd)?)$/
const unknown = 'unknown/unknown'

/** What was seen of the manifests below an index. */
interface SeenManifests {
  /** Manifests of other platforms that are not in the file. */
  readonly missing: string[]
  /** Each is looked at once under a name, wherever else it is named. */
  readonly known: Set<string>
}

/**
 * The images of an OCI index, and of the indexes in it; attestations are none. Manifests of other platforms that are
 * not in the file are in `missing`. Throws `Broken` where a part is not to be read.
 */
export const listedByIndex = (index: Json, jsonAt: JsonAt, missing: string[]): readonly ListedImage[] =>
  listedBelow(index, jsonAt, { missing, known: new Set() }, [], 0)

function listedBelow(
  index: Json,
  jsonAt: JsonAt,
  seen: SeenManifests,
  names: readonly string[],
  depth: number,
): readonly ListedImage[] {
  if (depth > deepestIndex) throw new Broken('its indexes lie too deep in each other')
  return asList(index.manifests).flatMap((item): readonly ListedImage[] => {
    const descriptor = asObject(item)
    const digest = asText(descriptor?.digest)
    const notes = asObject(descriptor?.annotations)
    const platform = platformOf(asObject(descriptor?.platform))
    if (digest === undefined) throw new Broken('it names an image without a digest', 'index.json')
    const path = blob(digest)
    checkType(descriptor, ofManifest, path)
    const own = asText(notes?.['io.containerd.image.name']) ?? asText(notes?.['org.opencontainers.image.ref.name'])
    const called = own === undefined ? names : [short(own)]
    const key = [path, ...called].join(' ')
    if (seen.known.has(key)) return []
    seen.known.add(key)
    if (seen.known.size > mostManifests) throw new Broken('it has too many manifests')
    const json = jsonAt(path)
    if (json === null) throw new Broken('it is no valid JSON', path)
    if (json === undefined && depth === 0) throw new Broken('a manifest is missing', path)
    if (json === undefined) {
      seen.missing.push(path)
      return []
    }
    if (json.manifests !== undefined && (json.config ?? json.layers) !== undefined)
      throw new Broken('it may be an index, and a manifest', path)
    if (Array.isArray(json.manifests)) return listedBelow(json, jsonAt, seen, called, depth + 1)
    const config = asText(asObject(json.config)?.digest)
    if (config === undefined) throw new Broken('it is no manifest of an image', path)
    // What a descriptor says of the platform is lost where an image is loaded: its config decides.
    if (platform === unknown && platformOf(jsonAt(blob(config)) ?? undefined) === unknown) return []
    checkType(asObject(json.config), ofConfig, path)
    return [
      { names: called, config: blob(config), layers: asList(json.layers).map((one) => layerOf(one, path)), platform },
    ]
  })
}

function layerOf(layer: unknown, manifest: string): string {
  const descriptor = asObject(layer)
  const digest = asText(descriptor?.digest)
  if (digest === undefined) throw new Broken('it names a layer without a digest', manifest)
  checkType(descriptor, ofLayer, manifest)
  return blob(digest)
}

/** Throws `Broken` where a descriptor is of a type that we do not read: layers that are kept elsewhere are as well. */
function checkType(descriptor: Json | undefined, known: RegExp, entry: string): void {
  const type = descriptor?.mediatype
  if (type !== undefined && type !== '' && !known.test(String(type)))
    throw new Broken('it has a part of a media type that is not read here', entry)
}

/** `shop:1` of `docker.io/library/shop:1`, as Docker prints it. */
const short = (name: string): string => name.replace(/^docker\.io\/(library\/)?/, '')
