import { posix } from 'node:path'
import type { Source } from '../../text/source.ts'
import type { PlatformFile, PlatformName } from './types.ts'

/** The platform whose file lies at a path; undefined where it is none that is read. */
export function platformOf(path: string): PlatformName | undefined {
  return /^fly(\.[\w.-]+)?\.toml$/.test(posix.basename(path)) ? 'fly' : undefined
}

/** Reads the files of platforms among `sources`. The reader of a platform is loaded only where there is such a file. */
export async function readPlatforms(
  sources: readonly Source[],
  isThere: (path: string) => boolean,
): Promise<readonly PlatformFile[]> {
  const files: PlatformFile[] = []
  for (const source of sources) {
    if (platformOf(source.path) === 'fly') files.push((await import('./fly.ts')).readFly(source, isThere))
  }
  return files
}
