import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import type { FileEntry } from '../../../src/files/image/types.ts'

/** An entry of a tar in a test: a text, or more. */
export type TarEntry =
  | string
  | Uint8Array
  | {
      readonly text?: string | Uint8Array
      readonly type?: 'directory' | 'symlink' | 'link' | 'character-device'
      readonly to?: string
      readonly mode?: number
      readonly uid?: number
    }

/** A tar of entries, in their order; the same path may stand there twice. */
export async function tarOf(entries: Iterable<readonly [string, TarEntry]>): Promise<Buffer> {
  const tar = pack()
  for (const [name, entry] of entries) {
    const {
      text = '',
      type,
      to,
      mode,
      uid,
    } = typeof entry === 'string' || entry instanceof Uint8Array ? { text: entry } : entry
    const header = {
      name,
      ...(type ? { type } : {}),
      ...(to ? { linkname: to } : {}),
      ...(mode ? { mode } : {}),
      ...(uid ? { uid } : {}),
    }
    if (type === undefined) tar.entry(header, typeof text === 'string' ? text : Buffer.from(text))
    else tar.entry(header)
  }
  tar.finalize()
  const parts: Uint8Array[] = []
  for await (const part of tar) if (part instanceof Uint8Array) parts.push(part)
  return Buffer.concat(parts)
}

const hashed = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** An image in a test: its layers as tars and the JSON of its config. */
export interface SavedParts {
  readonly names: readonly string[]
  readonly layers: readonly Uint8Array[]
  readonly config: object
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
}

/** What `docker save` wrote until Docker 25. */
export function dockerLayout(images: readonly SavedParts[]): (readonly [string, TarEntry])[] {
  const files: (readonly [string, TarEntry])[] = []
  const manifest = images.map(({ names, layers, config }) => {
    const json = JSON.stringify(config)
    const paths = layers.map((layer) => `${hashed(layer)}/layer.tar`)
    for (const [index, layer] of layers.entries()) {
      const path = paths[index] ?? ''
      files.push(
        [path.replace('layer.tar', ''), { type: 'directory' }],
        [path.replace('layer.tar', 'VERSION'), '1.0'],
        [path, layer],
      )
    }
    files.push([`${hashed(json)}.json`, json])
    return { Config: `${hashed(json)}.json`, RepoTags: names, Layers: paths }
  })
  return [...files, ['manifest.json', JSON.stringify(manifest)]]
}

/** An OCI layout; `compress` is what is done to its layers. */
export function ociLayout(
  images: readonly SavedParts[],
  compress: (layer: Uint8Array) => Uint8Array = (layer) => gzipSync(layer),
): (readonly [string, TarEntry])[] {
  const blobs: (readonly [string, TarEntry])[] = []
  const put = (bytes: Uint8Array | string) => {
    blobs.push([`blobs/sha256/${hashed(bytes)}`, bytes])
    return { digest: `sha256:${hashed(bytes)}` }
  }
  const manifests = images.map(({ names, layers, config, platform }) => ({
    ...put(
      JSON.stringify({
        schemaVersion: 2,
        config: put(JSON.stringify(config)),
        layers: layers.map((layer) => put(compress(layer))),
      }),
    ),
    ...(platform ? { platform } : {}),
    annotations: { 'io.containerd.image.name': `docker.io/library/${names[0]}` },
  }))
  return [['oci-layout', '{}'], ...blobs, ['index.json', JSON.stringify({ manifests })]]
}

/** Bytes in pieces, as a pipe gives them. */
export async function* piecesOf(bytes: Uint8Array, size = 4096): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** `path: text` of every file, `path/` of a folder, `path -> target` of a link. */
export const listing = (files: ReadonlyMap<string, FileEntry>): readonly string[] =>
  [...files.values()]
    .map(({ path, kind, target, content, layer }) => {
      if (kind === 'folder') return `${path}/ @${layer}`
      if (kind === 'link') return `${path} -> ${target} @${layer}`
      return `${path}: ${content?.kind === 'text' ? content.text : (content?.kind ?? kind)} @${layer}`
    })
    .toSorted()
