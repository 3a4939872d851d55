import { posix } from 'node:path'
import { locate } from '../stage-files/locate.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Step } from '../stage-files/step.ts'
import type { Release } from '../stage-files/types.ts'
import type { Build, BuiltStage } from '../stages/built-stage.ts'

/**
 * The image as it was most likely meant where `start` calls the script of a release, or an overlay beside it, and none was
 * copied into the image: with the only release of the build at that place, so that all else is still looked at.
 */
export function meantImage(ships: BuiltStage, build: Build, start: readonly Step[]): BuiltStage | undefined {
  if (releasesIn(ships.files).length > 0) return undefined
  const called = start.map(calledPath).find((path) => path !== undefined && isNowhere(path, ships))
  const releases = new Set<Release>(
    build.stages.flatMap(({ files }) => releasesIn(files).map(({ release }) => release)),
  )
  const [artifact, ...others] = releases
  if (called === undefined || artifact === undefined || others.length > 0) return undefined
  const target = posix.dirname(posix.dirname(called))
  const cause = { span: ships.stage.from.span, runs: 'always' } as const
  return { ...ships, files: { base: ships.files, writes: [{ kind: 'made', target, artifact, cause }] } }
}

/** What lies in the folder `bin` of something, and is called. */
function calledPath({ command, lost }: Step): string | undefined {
  const path = command.kind === 'release' ? command.path : lost?.what === 'file' ? lost.name : undefined
  return path !== undefined && /^\/.+\/bin\/[^/]+$/.test(path) && !path.startsWith('/usr/') ? path : undefined
}

const isNowhere = (path: string, { files }: BuiltStage): boolean =>
  /^(absent|removed)$/.test(locate(files, path).origin.kind)
