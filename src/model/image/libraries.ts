import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import { type Elf, readElf } from '../../languages/elf/elf.ts'
import { resolvePath } from './place.ts'
import type { ImageRelease } from './release.ts'

/** A program or library of a release, and what it is. */
export interface Binary {
  readonly entry: FileEntry
  readonly elf: Elf
}

/** Why a binary of a release cannot run in its image. */
export type LibraryFault =
  | { readonly kind: 'machine'; readonly binary: Binary; readonly platform: string }
  | { readonly kind: 'loader'; readonly binary: Binary; readonly loader: string }
  | {
      readonly kind: 'version'
      readonly binary: Binary
      readonly library: FileEntry
      readonly version: string
      readonly newest: string | undefined
    }
  | { readonly kind: 'library'; readonly binary: Binary; readonly name: string }

/** The programs and libraries of a release that were read. */
function binariesOf(image: SavedImage, release: ImageRelease): readonly Binary[] {
  return [...image.files.values()].flatMap((entry): readonly Binary[] => {
    if (entry.kind !== 'file' || !entry.path.startsWith(`${release.root}/`) || entry.content?.kind !== 'bytes')
      return []
    const elf = /\/erts-[^/]+\/bin\/|\.so$/.test(entry.path) ? readElf(entry.content.bytes) : undefined
    return elf ? [{ entry, elf }] : []
  })
}

/** What keeps the binaries of a release from running: another machine, C library, or a library that is not there. */
export function faultsOf(image: SavedImage, release: ImageRelease): readonly LibraryFault[] {
  return binariesOf(image, release).flatMap((binary) => faultsIn(binary, image))
}

function faultsIn(binary: Binary, image: SavedImage): readonly LibraryFault[] {
  const { entry, elf } = binary
  const architecture = image.platform?.split('/')[1]
  if (image.platform && architecture && architecture !== elf.machine && /^[a-z]/.test(elf.machine))
    return [{ kind: 'machine', binary, platform: image.platform }]
  if (elf.interpreter !== undefined && resolvePath(image, elf.interpreter) === undefined)
    return [{ kind: 'loader', binary, loader: elf.interpreter }]
  const faults: LibraryFault[] = []
  for (const name of elf.needed) {
    const library = libraryIn(image, name, elf.runpath, posix.dirname(entry.path))
    if (library === undefined) {
      if (!isLoader(name)) faults.push({ kind: 'library', binary, name })
      continue
    }
    const missing = missingVersion(elf.requires.get(name) ?? [], library)
    if (missing) faults.push({ kind: 'version', binary, library, ...missing })
  }
  return faults
}

const isLoader = (name: string): boolean => /^ld-(linux|musl)|^linux-vdso/.test(name)

/** The folders that a program loader looks through; those of a machine, such as `/lib/x86_64-linux-gnu`, are found by their files. */
const folders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib', '/usr/local/lib64']

const indexes = new WeakMap<SavedImage, ReadonlyMap<string, string>>()

function libraryIn(image: SavedImage, name: string, runpath: readonly string[], origin: string): FileEntry | undefined {
  const own = image.config.env.find((pair) => pair.startsWith('LD_LIBRARY_PATH='))?.slice('LD_LIBRARY_PATH='.length)
  const first = [
    ...runpath.map((path) => path.replace(/\$\{?ORIGIN\}?/, origin)),
    ...(own?.split(':') ?? []),
    ...folders,
  ]
  for (const folder of first) {
    const found = folder === '' ? undefined : resolvePath(image, posix.join(folder, name))
    if (found?.kind === 'file') return found
  }
  const index = indexes.get(image) ?? indexOf(image)
  indexes.set(image, index)
  const path = index.get(name)
  const found = path === undefined ? undefined : resolvePath(image, path)
  return found?.kind === 'file' ? found : undefined
}

/** The libraries in the folders of machines, and in those that `/etc/ld.so.conf.d` may name. */
function indexOf(image: SavedImage): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const path of image.files.keys()) {
    if (/^\/(usr\/)?(local\/)?lib(32|64)?\/([^/]+\/)?[^/]+\.so(\.[^/]*)?$|^\/opt\/[^/]+\/lib\/[^/]+\.so/.test(path))
      found.set(posix.basename(path), path)
  }
  return found
}

/** The newest version that is asked of a library and that it has not. */
function missingVersion(
  wanted: readonly string[],
  { content }: FileEntry,
): { readonly version: string; readonly newest: string | undefined } | undefined {
  const provides = content?.kind === 'bytes' ? (readElf(content.bytes)?.provides ?? []) : []
  if (provides.length === 0) return undefined
  const missing = wanted.filter((version) => !provides.includes(version)).toSorted(byVersion)
  const version = missing.at(-1)
  if (version === undefined) return undefined
  const [prefix = ''] = version.split('_')
  const newest = provides.filter((one) => one.startsWith(`${prefix}_`) && /_\d/.test(one)).toSorted(byVersion)
  return { version, newest: newest.at(-1) }
}

function byVersion(one: string, other: string): number {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number)
  const [first, second] = [numbers(one), numbers(other)]
  const index = first.findIndex((part, at) => part !== second[at])
  return index < 0 ? first.length - second.length : (first[index] ?? 0) - (second[index] ?? 0)
}
