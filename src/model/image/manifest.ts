import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import { type Span, span } from '../../text/source.ts'
import { resolvePath, sourceOf } from './place.ts'

/** The manifest of `mix phx.digest` held against the files beside it. */
export type Manifest =
  | { readonly kind: 'broken' }
  | { readonly kind: 'read'; readonly faults: readonly ManifestFault[] }

/** Something that the manifest says and that is not so. */
export interface ManifestFault {
  readonly message: string
  /** The name in the manifest. */
  readonly at: Span | undefined
  readonly file: FileEntry | undefined
}

/** One entry of `digests` (Phoenix.Digester): the hashes of a file before and after its references were digested. */
interface Digest {
  readonly logical: string
  readonly size: number | undefined
  /** MD5 of the file without a digest in its name. */
  readonly md5: string | undefined
  /** SHA-512 of the digested file, Base64. */
  readonly sha512: string | undefined
}

/** Checks every file that a manifest names: it is there, and is the one that was digested. */
export function manifestOf(image: SavedImage, entry: FileEntry, folder: string): Manifest {
  const source = sourceOf(image, entry)
  const read = parse(source.text)
  if (read === undefined) return { kind: 'broken' }
  const faults: ManifestFault[] = []
  const at = (name: string): Span | undefined => {
    const found = source.text.indexOf(JSON.stringify(name))
    return found < 0 ? undefined : span(source, found + 1, found + 1 + name.length)
  }
  const fileOf = (name: string) => {
    const file = resolvePath(image, posix.join(folder, name))
    return file?.kind === 'file' ? file : undefined
  }
  const latest = new Set(read.latest.values())
  for (const [logical, named] of read.latest) {
    const file = fileOf(named)
    const digest = read.digests.get(named)
    if (file === undefined) faults.push({ message: `\`${named}\` is not there`, at: at(named), file: undefined })
    else if (isOther(file, digest)) faults.push({ message: `\`${named}\` is another file`, at: at(named), file })
    const plain = fileOf(logical)
    if (plain && digest?.md5 !== undefined && md5Of(plain) !== undefined && md5Of(plain) !== digest.md5)
      faults.push({ message: `\`${logical}\` has changed since it was digested`, at: at(logical), file: plain })
  }
  for (const [named, digest] of read.digests) {
    const file = latest.has(named) ? undefined : fileOf(named)
    if (file && isOther(file, digest)) faults.push({ message: `\`${named}\` is another file`, at: at(named), file })
  }
  return { kind: 'read', faults }
}

function isOther(file: FileEntry, digest: Digest | undefined): boolean {
  if (digest === undefined) return false
  if (digest.size !== undefined && digest.size !== file.size) return true
  const { content } = file
  return digest.sha512 !== undefined && content?.kind === 'hash' && base64(content.sha512) !== digest.sha512
}

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

const md5Of = ({ content }: FileEntry): string | undefined => (content?.kind === 'hash' ? content.md5 : undefined)

function parse(text: string) {
  const value = jsonOf(text)
  const latest = objectAt(value, 'latest')
  const digests = objectAt(value, 'digests')
  if (latest === undefined || digests === undefined) return undefined
  return {
    latest: new Map(Object.entries(latest).flatMap(([key, name]) => (typeof name === 'string' ? [[key, name]] : []))),
    digests: new Map(Object.entries(digests).map(([name, one]) => [name, digestOf(one)])),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function objectAt(value: unknown, key: string) {
  const found = isObject(value) ? value[key] : undefined
  return isObject(found) ? found : undefined
}

function digestOf(value: unknown): Digest {
  const text = (key: string) => {
    const found = isObject(value) ? value[key] : undefined
    return typeof found === 'string' ? found : undefined
  }
  const size = isObject(value) ? value.size : undefined
  return {
    logical: text('logical_path') ?? '',
    size: typeof size === 'number' ? size : undefined,
    md5: text('digest'),
    sha512: text('sha512'),
  }
}
