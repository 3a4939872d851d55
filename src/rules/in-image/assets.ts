import { posix } from 'node:path'
import type { FileEntry } from '../../files/image/types.ts'
import { absent } from '../../languages/elixir/values/value.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { trailOf } from '../../model/boot/trail.ts'
import type { Image } from '../../model/image/image.ts'
import { manifestOf } from '../../model/image/manifest.ts'
import { headOf, resolvePath } from '../../model/image/place.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { type Span, wholeOf } from '../../text/source.ts'

/** The manifest that an endpoint of an image asks for, and where it should be. */
interface WantedManifest {
  readonly endpoint: Endpoint
  readonly path: string
  readonly entry: FileEntry | undefined
  /** What is in the folder of the manifest. */
  readonly assets: readonly FileEntry[]
}

function manifestsWanted({ saved, release, deployment }: Image): readonly WantedManifest[] {
  if (release === undefined) return []
  return (deployment.boot?.endpoints ?? []).flatMap((endpoint): readonly WantedManifest[] => {
    const named = endpoint.at('cache_static_manifest')
    const [app, file] =
      named?.kind === 'tuple'
        ? [named.items[0]?.kind === 'atom' ? named.items[0].name : '', named.items[1]]
        : [endpoint.otpApp, named]
    const version = release.apps.get(app)
    if (file?.kind !== 'binary' || version === undefined) return []
    const path = posix.join(release.root, 'lib', `${app}-${version}`, file.text)
    const folder = `${posix.dirname(path)}/`
    const assets = [...saved.files.values()].filter((one) => one.kind === 'file' && one.path.startsWith(folder))
    const entry = resolvePath(saved, path)
    return [{ endpoint, path, entry: entry?.kind === 'file' ? entry : undefined, assets }]
  })
}

const isBundle = ({ path }: FileEntry): boolean => /\.(css|js|mjs)$/.test(path)

/** Where the config names the manifest. */
const placeIn = ({ endpoint }: WantedManifest, { config }: Image): Span =>
  trailOf(endpoint.at('cache_static_manifest') ?? absent)[0]?.span ?? wholeOf(config)

/** An endpoint that wants digested assets in an image that has none at all. */
export function* assetsMissing(image: Image): Iterable<Finding> {
  for (const wanted of manifestsWanted(image)) {
    if (wanted.entry !== undefined || wanted.assets.some(isBundle)) continue
    yield {
      message: `\`${wanted.endpoint.name}\` wants \`${wanted.path}\`, and there is neither CSS nor JavaScript beside it in the image`,
      span: placeIn(wanted, image),
    }
  }
}

/** Assets without the manifest that the endpoint wants. */
export function* assetsNotDigested(image: Image): Iterable<Finding> {
  for (const wanted of manifestsWanted(image)) {
    const [bundle] = wanted.assets.filter(isBundle)
    if (wanted.entry !== undefined || bundle === undefined) continue
    yield {
      message: `\`${wanted.endpoint.name}\` wants \`${wanted.path}\`, which is not in the image: its assets are not digested`,
      span: placeIn(wanted, image),
      related: [{ span: headOf(image.saved, bundle), text: 'these assets are there' }],
    }
  }
}

/** A manifest that is not of the assets beside it. */
export function* assetsStale(image: Image): Iterable<Finding> {
  for (const { entry, path } of manifestsWanted(image)) {
    if (entry?.content?.kind !== 'text') continue
    const manifest = manifestOf(image.saved, entry, posix.dirname(path))
    if (manifest.kind === 'broken') {
      yield { message: 'this is no manifest of `mix phx.digest`', span: headOf(image.saved, entry) }
      continue
    }
    const [first, ...more] = manifest.faults
    if (first === undefined) continue
    const others = more.length === 0 ? '' : `, and so for ${more.length} more`
    yield {
      message: `the manifest does not match the assets in the image: ${first.message}${others}`,
      span: first.at ?? headOf(image.saved, entry),
      related: first.file ? [{ span: headOf(image.saved, first.file), text: 'the file that is in the image' }] : [],
    }
  }
}
