import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { FileEntry, GoneEntry, ImageConfig, ImageContent, SavedImage } from '../../../src/files/image/types.ts'
import { wantedOfImage } from '../../../src/model/image/wanted.ts'

/** A file of an image in a test: its text, or more. */
export type TestFile =
  | string
  | Uint8Array
  | {
      readonly text?: string | Uint8Array
      readonly mode?: number
      readonly layer?: number
      readonly link?: string
      readonly uid?: number
    }

/** What an image in a test is made of. */
export interface TestImage {
  readonly files: Readonly<Record<string, TestFile>>
  /** What an earlier layer holds, with the layer that takes it away. */
  readonly gone?: Readonly<Record<string, { readonly text: string; readonly layer: number; readonly goneIn: number }>>
  readonly config?: Partial<ImageConfig>
  readonly layers?: number
}

/** A saved image, as the reader of tars gives it. */
export function imageOf({ files, gone = {}, config = {}, layers = 4 }: TestImage): SavedImage {
  const entries = new Map<string, FileEntry>()
  for (const [path, file] of Object.entries(files)) entries.set(path, entryOf(path, file))
  for (const path of Object.keys(files)) {
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder)) {
      if (!entries.has(folder)) entries.set(folder, { ...entryOf(folder, ''), kind: 'folder', mode: 0o755 })
    }
  }
  return {
    names: ['shop:1'],
    platform: 'linux/amd64',
    config: {
      env: [],
      entrypoint: undefined,
      cmd: undefined,
      shell: undefined,
      user: undefined,
      workingDir: undefined,
      exposed: [],
      healthcheck: undefined,
      labels: new Map(),
      history: [],
      ...config,
    },
    layers: Array.from({ length: layers }, (_, index) => ({
      index: index + 1,
      digest: `sha256:${index + 1}`,
      createdBy: `RUN step ${index + 1}`,
    })),
    files: new Map([...entries].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    gone: Object.entries(gone).map(([path, { text, layer, goneIn }]): GoneEntry => {
      return { entry: entryOf(path, { text, layer }), goneIn, by: 'removed' }
    }),
  }
}

function entryOf(path: string, file: TestFile): FileEntry {
  const {
    text = '',
    mode,
    layer = 3,
    link,
    uid = 0,
  } = typeof file === 'string' || file instanceof Uint8Array ? { text: file } : file
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return {
    path,
    kind: link === undefined ? 'file' : 'link',
    mode: mode ?? (/\/bin\/[^/]+$/.test(path) ? 0o755 : 0o644),
    uid,
    gid: uid,
    size: bytes.length,
    target: link,
    layer,
    content: link === undefined ? contentOf(path, bytes, typeof text === 'string') : undefined,
  }
}

function contentOf(path: string, bytes: Uint8Array, isText: boolean): ImageContent | undefined {
  const wanted = wantedOfImage(path, bytes.length)
  const digest = (name: string) => createHash(name).update(bytes).digest('hex')
  if (wanted === 'none') return undefined
  if (wanted === 'hash') return { kind: 'hash', md5: digest('md5'), sha512: digest('sha512') }
  return wanted === 'text' && isText
    ? { kind: 'text', text: new TextDecoder().decode(bytes) }
    : { kind: 'bytes', bytes }
}
