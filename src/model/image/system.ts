import type { SavedImage } from '../../files/image/types.ts'
import { resolvePath, textOfEntry } from './place.ts'

/** The name of the system of an image, by its os-release: `Debian GNU/Linux 12 (bookworm)`. */
export const systemOf = (image: SavedImage): string | undefined =>
  /^PRETTY_NAME="?([^"\n]+)/m.exec(textOfEntry(resolvePath(image, '/etc/os-release')) ?? '')?.[1]
