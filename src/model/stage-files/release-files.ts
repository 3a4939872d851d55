import { posix } from 'node:path'
import type { Source } from '../../text/source.ts'
import { locate } from './locate.ts'
import type { Located, Release } from './types.ts'

/** What was at `path` of the Mix project when the release was assembled. */
export const atRelease = (release: Release, path: string): Located =>
  locate(release.files, posix.resolve(release.project, path), release.before)

/** The file of rel/overlays that became `path` of the release. */
export const overlayOf = (release: Release, path: string): Located =>
  atRelease(release, posix.join('rel/overlays', path))

/** The source that became `path` of the release by way of rel/overlays; undefined where there is none in view. */
export function sourceInRelease(
  release: Release,
  path: string,
  sourceAt: (path: string) => Source | undefined,
): Source | undefined {
  const { origin } = overlayOf(release, path)
  return origin.kind === 'context' && origin.type === 'file' ? sourceAt(origin.path) : undefined
}
