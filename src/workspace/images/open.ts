import type { OpenDoor } from '../../files/door/open.ts'
import type { ReadImages } from '../../files/image/choose.ts'
import { readImageFolder } from '../../files/image/folder.ts'
import { readImages } from '../../files/image/read.ts'
import type { SavedImage } from '../../files/image/types.ts'
import { reasonOf } from '../../files/reason.ts'
import { wantedOfImage } from '../../model/image/wanted.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'
import { bytesOf } from '../stdin.ts'
import { targetsOf } from '../targets.ts'
import { maxSizeOf } from '../../cli/call/max-size.ts'

/** The images of a file, or why there are none: the call is wrong, or the file cannot be read. */
export type OpenedImages =
  | { readonly kind: 'images'; readonly images: readonly SavedImage[] }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }

/** Reads the images of what the call names: a tar, the folder of an OCI layout, or the standard input. */
export async function openImages(name: string, call: Call, io: Io, door: OpenDoor): Promise<OpenedImages> {
  const maxSize = maxSizeOf(call)
  if (typeof maxSize !== 'number') return maxSize
  const found = targetsOf([name], 'image.tar', io.cwd, door)
  if (found.kind === 'wrong') return found
  const [target] = found.targets
  if (target === undefined || target.kind === 'unreadable')
    return { kind: 'unreadable', message: `\`${name}\` cannot be read: ${target?.reason ?? ''}` }
  const platform = call.one('platform')
  const wantedName = call.one('image')
  const options = {
    maxSize,
    ...(platform === undefined ? {} : { platform }),
    ...(wantedName === undefined ? {} : { name: wantedName }),
    everyPlatform: call.has('every-platform'),
  }
  try {
    const read =
      target.kind === 'folder'
        ? await readImageFolder(target.path, wantedOfImage, options)
        : await readImages(
            target.kind === 'stdin' ? bytesOf(io.stdin) : door.stream(target.path),
            wantedOfImage,
            options,
          )
    return opened(read, name, wantedName)
  } catch (error) {
    return { kind: 'unreadable', message: `${shown(name)} cannot be read: ${reasonOf(error)}` }
  }
}

const shown = (name: string): string => (name === '-' ? 'the standard input' : `\`${name}\``)

function opened(read: ReadImages, name: string, wantedName: string | undefined): OpenedImages {
  const what = shown(name)
  if (read.kind === 'broken') {
    const at = read.entry === undefined ? '' : ` (${read.entry})`
    return { kind: 'unreadable', message: `${what} cannot be read as an image: ${read.message}${at}` }
  }
  if (read.images.length > 0) return read
  const names = read.names.map((one) => `\`${one}\``).join(', ')
  const message =
    wantedName === undefined
      ? `there is no image in ${what}`
      : `there is no image \`${wantedName}\` in ${what}: it has ${names || 'none with a name'}`
  return { kind: 'wrong', message }
}
