import { posix } from 'node:path'
import { platformOf } from './config.ts'
import { asList, asObject, asText, asTexts, type Json } from './json.ts'

/** An image as the manifests of a file name it: paths of entries of the tar. */
export interface Listed {
  readonly names: readonly string[]
  readonly config: string
  readonly layers: readonly string[]
  /** Of its descriptor; undefined where only its config says it. */
  readonly platform: string | undefined
}

/** Gives the JSON of an entry; undefined where there is none, null where it is no JSON. */
export type JsonAt = (path: string) => Json | null | undefined

const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`

/** The images of a manifest.json: what `docker save` writes. */
export const listedByDocker = (manifests: readonly unknown[]): readonly Listed[] =>
  manifests.flatMap((manifest) => {
    const one = asObject(manifest)
    const config = asText(one?.Config)
    if (config === undefined) return []
    const layers = (asTexts(one?.Layers) ?? []).map((path) => posix.normalize(path))
    return [{ names: asTexts(one?.RepoTags) ?? [], config: posix.normalize(config), layers, platform: undefined }]
  })

const deepestIndex = 8

/** The images of an OCI index, and of the indexes in it; attestations are none. Missing manifests are in `missing`. */
export function listedByIndex(
  index: Json,
  jsonAt: JsonAt,
  missing: string[],
  names: readonly string[] = [],
  depth = 0,
): readonly Listed[] {
  if (depth > deepestIndex) return []
  return asList(index.manifests).flatMap((item): readonly Listed[] => {
    const descriptor = asObject(item)
    const digest = asText(descriptor?.digest)
    const notes = asObject(descriptor?.annotations)
    const platform = platformOf(asObject(descriptor?.platform))
    if (digest === undefined || platform === 'unknown/unknown' || notes?.['vnd.docker.reference.type'] !== undefined)
      return []
    const own = asText(notes?.['io.containerd.image.name']) ?? asText(notes?.['org.opencontainers.image.ref.name'])
    const called = own === undefined ? names : [short(own)]
    const json = jsonAt(blob(digest))
    if (!json) {
      missing.push(blob(digest))
      return []
    }
    if (Array.isArray(json.manifests)) return listedByIndex(json, jsonAt, missing, called, depth + 1)
    const config = asText(asObject(json.config)?.digest)
    if (config === undefined) return []
    const layers = asList(json.layers).flatMap((layer) => asText(asObject(layer)?.digest) ?? [])
    return [{ names: called, config: blob(config), layers: layers.map(blob), platform }]
  })
}

/** `shop:1` of `docker.io/library/shop:1`, as Docker prints it. */
const short = (name: string): string => name.replace(/^docker\.io\/(library\/)?/, '')
