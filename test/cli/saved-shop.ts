import { dockerLayout, type TarEntry, tarOf } from '../files/image/saved.ts'
import type { TestFile } from '../model/image/image-of.ts'
import { releaseOf, type TestRelease } from '../model/image/release-of.ts'

function entryOf(path: string, file: TestFile): TarEntry {
  const own = typeof file === 'string' || file instanceof Uint8Array ? { text: file } : file
  if (own.link !== undefined) return { type: 'symlink', to: own.link }
  return { text: own.text ?? '', mode: own.mode ?? (/\/bin\/[^/]+$/.test(path) ? 0o755 : 0o644) }
}

/** What of a saved image of the shop is other in a test. */
export interface Saved {
  readonly release?: TestRelease
  readonly env?: readonly string[]
  readonly cmd?: readonly string[]
  readonly below?: Readonly<Record<string, TarEntry>>
  readonly removed?: readonly string[]
  readonly history?: readonly string[]
  readonly name?: string
}

/** An image of the shop as parts of a saved one: a layer below, and the release on it. */
export async function partsOf({
  release,
  env = [],
  cmd,
  below = {},
  removed = [],
  history = [],
  name = 'shop:1',
}: Saved) {
  const made = releaseOf(release)
  const top: (readonly [string, TarEntry])[] = Object.entries(made.files).map(([path, file]) => [
    path.slice(1),
    entryOf(path, file),
  ])
  return {
    names: [name],
    layers: [await tarOf(Object.entries(below)), await tarOf([...top, ...removed.map((path) => [path, ''] as const)])],
    config: {
      os: 'linux',
      architecture: 'amd64',
      config: {
        Env: [...(made.config?.env ?? []), ...env],
        Cmd: cmd ?? made.config?.cmd,
        User: 'nobody',
        WorkingDir: '/app',
      },
      history: history.map((line) => ({ created_by: line, empty_layer: true })),
    },
  }
}

/** What `docker save` writes of the shop. */
export const tarOfShop = async (saved: Saved = {}) => tarOf(dockerLayout([await partsOf(saved)]))
