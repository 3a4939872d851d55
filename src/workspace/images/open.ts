import type { OpenDoor } from '../../files/door/open.ts'
import type { ReadImages } from '../../files/image/choose.ts'
import { readImageFolder } from '../../files/image/folder.ts'
import { readImages } from '../../files/image/read.ts'
import type { SavedImage } from '../../files/image/types.ts'
import { reasonOf } from '../../files/reason.ts'
import { wantedOfImage } from '../../model/image/wanted.ts'
import type { Settings } from '../../settings/settings.ts'
import { largestTar } from '../context.ts'
import { doorOf } from '../door.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { closed, done, type Result, wrong } from '../result.ts'
import { openSettings } from '../settings.ts'
import { bytesOf } from '../stdin.ts'
import { targetsOf } from '../targets.ts'
import { type Sources, sourcesAt } from './against.ts'

/** How images are opened. */
export interface OpenImagesOptions extends OpenOptions {
  /** The name of the one that is wanted; all where absent. */
  readonly image?: string | undefined
  /** The platform that is wanted, such as `linux/arm64`, where an image is for several. */
  readonly platform?: string | undefined
  /** Whether an image is read for all its platforms. */
  readonly everyPlatform?: boolean | undefined
  /** The project that they should have been built from. */
  readonly against?: string | undefined
}

/** The images of a file. */
export interface OpenImages {
  readonly images: readonly SavedImage[]
  /** Those of the working directory, whatever the images are called. */
  readonly settings: Settings
  /** What they should have been built from. */
  readonly against: Sources | undefined
}

/**
 * Opens the images of what is named: a tar, the folder of an OCI layout, or `-` for the standard input. Wrong where there
 * is no such image, `unreadable` where it is broken.
 *
 * @example
 * const opened = await openImages('shop.tar', { cwd: process.cwd(), env: process.env, stdin: process.stdin })
 * if (opened.kind === 'wrong') throw new Error(opened.message)
 * const { analysis } = await checkImages(opened.value)
 */
export async function openImages(
  name: string,
  at: Surroundings,
  options: OpenImagesOptions = {},
): Promise<Result<OpenImages>> {
  const door = doorOf(['.', name], options, at)
  const own = openSettings(at.cwd, at.cwd, options.settings, at, door)
  if (own.kind === 'wrong') return own
  const read = await readNamed(name, at, options, door)
  if (read.kind === 'wrong') return read
  const against = options.against === undefined ? done(undefined) : await sourcesAt(options.against, at, options)
  if (against.kind === 'wrong') return against
  return done({ images: read.value, settings: own.value.settings, against: against.value })
}

async function readNamed(
  name: string,
  at: Surroundings,
  { image, platform, everyPlatform = false, maxSize = largestTar }: OpenImagesOptions,
  door: OpenDoor,
): Promise<Result<readonly SavedImage[]>> {
  const found = targetsOf([name], 'image.tar', at.cwd, door)
  if (found.kind === 'wrong') return found
  const [target] = found.value
  if (target === undefined || target.kind === 'unreadable')
    return closed(`\`${name}\` cannot be read: ${target?.reason ?? ''}`)
  const options = {
    maxSize,
    ...(platform === undefined ? {} : { platform }),
    ...(image === undefined ? {} : { name: image }),
    everyPlatform,
  }
  try {
    const read =
      target.kind === 'folder'
        ? await readImageFolder(target.path, wantedOfImage, options)
        : await readImages(
            target.kind === 'stdin' ? bytesOf(at.stdin) : door.stream(target.path),
            wantedOfImage,
            options,
          )
    return imagesOf(read, name, image)
  } catch (error) {
    return closed(`${shown(name)} cannot be read: ${reasonOf(error)}`)
  }
}

const shown = (name: string): string => (name === '-' ? 'the standard input' : `\`${name}\``)

function imagesOf(read: ReadImages, name: string, wanted: string | undefined): Result<readonly SavedImage[]> {
  const what = shown(name)
  if (read.kind === 'broken') {
    const at = read.entry === undefined ? '' : ` (${read.entry})`
    return closed(`${what} cannot be read as an image: ${read.message}${at}`)
  }
  if (read.images.length > 0) return done(read.images)
  const names = read.names.map((one) => `\`${one}\``).join(', ')
  return wrong(
    wanted === undefined
      ? `there is no image in ${what}`
      : `there is no image \`${wanted}\` in ${what}: it has ${names || 'none with a name'}`,
  )
}
