import { posix } from 'node:path'
import { Broken } from '../tar/broken.ts'
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

const mostDescriptors = 10_000

interface Waiting {
  readonly descriptor: Json | undefined
  /** What the indexes around it call it. */
  readonly names: readonly string[]
}

/**
 * The images of an OCI index, and of the indexes in it, each once for a name; attestations are none. Missing manifests
 * are in `missing`. Throws `Broken` where there are too many to follow.
 */
export function listedByIndex(index: Json, jsonAt: JsonAt, missing: string[]): readonly Listed[] {
  const within = ({ manifests }: Json, names: readonly string[]): readonly Waiting[] =>
    asList(manifests)
      .map((item) => ({ descriptor: asObject(item), names }))
      .reverse()
  const listed: Listed[] = []
  const seen = new Set<string>()
  const waiting = [...within(index, [])]
  for (let next = waiting.pop(), count = 1; next; next = waiting.pop(), count++) {
    if (count + waiting.length > mostDescriptors) throw new Broken('its indexes list more than can be followed')
    const { descriptor } = next
    const digest = asText(descriptor?.digest)
    const notes = asObject(descriptor?.annotations)
    const platform = platformOf(asObject(descriptor?.platform))
    if (digest === undefined || platform === 'unknown/unknown' || notes?.['vnd.docker.reference.type'] !== undefined)
      continue
    const own = asText(notes?.['io.containerd.image.name']) ?? asText(notes?.['org.opencontainers.image.ref.name'])
    const names = own === undefined ? next.names : [short(own)]
    const key = JSON.stringify([digest, platform, names])
    if (seen.has(key)) continue
    seen.add(key)
    const json = jsonAt(blob(digest))
    const config = asText(asObject(json?.config)?.digest)
    if (!json) missing.push(blob(digest))
    else if (Array.isArray(json.manifests)) for (const inner of within(json, names)) waiting.push(inner)
    else if (config !== undefined) {
      const layers = asList(json.layers).flatMap((layer) => asText(asObject(layer)?.digest) ?? [])
      listed.push({ names, config: blob(config), layers: layers.map(blob), platform })
    }
  }
  return listed
}

/** `shop:1` of `docker.io/library/shop:1`, as Docker prints it. */
const short = (name: string): string => name.replace(/^docker\.io\/(library\/)?/, '')
