import { posix } from 'node:path'
import { type Known, known, unknown, unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import type { Container } from '../container/container.ts'
import type { World } from '../follow/frame.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Service } from '../services/service.ts'
import { matchesGlob } from '../stage-files/glob.ts'
import { locate } from '../stage-files/locate.ts'
import { below } from '../stage-files/paths.ts'
import { overlayOf } from '../stage-files/release-files.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { StageFiles } from '../stage-files/types.ts'

/** Why nothing is known of a file that no step writes out: an archive or an image out of view may hold it. */
export const mayCome = 'it may come with the build'

/** The files that config scripts can see. Paths are absolute, as the scripts see them. */
export interface ScriptFiles {
  /** Where the release lies. */
  readonly release: string
  /** The folder in it in which runtime.exs lies. */
  readonly versionFolder: string
  /** A runtime.exs that was put into the release after it had been built. */
  readonly replaced: Source | undefined
  /** The project where the release is built, or where Mix runs it. */
  readonly atBuild: (path: string) => Known<Source>
  /** The image in which the release starts: it holds no config and no code of the project but runtime.exs. */
  readonly atStart: (path: string) => Known<Source>
  readonly glob: (pattern: string) => Known<readonly string[]>
}

/**
 * The files of a deployment for its config scripts; `project` is the folder of the Mix project in its stage. What is not
 * in view is not there where the caller says what is there.
 */
export function scriptFiles(
  { release, ships, dockerfile, world, given, service }: Container,
  app: MixApp,
  project: string,
): ScriptFiles {
  const closed = given?.only === true
  const files = release?.files ?? ships?.files
  const inTree = (path: string) => posix.join(app.folder, posix.relative(project, path))
  const atBuild = (path: string): Known<Source> => {
    const origin = files ? locate(files, path, release?.before).origin : undefined
    if (origin?.kind === 'absent' || origin?.kind === 'removed') return unset()
    if (origin?.kind === 'inline' || (origin?.kind === 'made' && origin.artifact.kind === 'other'))
      return unknown('a step of the build writes it')
    const source = world.sourceAt(origin?.kind === 'context' ? origin.path : inTree(path))
    if (source) return known(source)
    return origin?.kind === 'made' || origin?.kind === 'unknown' ? unknown(mayCome) : unset()
  }
  const target = ships && release && releasesIn(ships.files).find((placed) => placed.release === release)?.target
  const root = target ?? '/app'
  const versionFolder = posix.join(root, 'releases', app.version)
  const inRelease = ships && release && locate(ships.files, posix.join(versionFolder, 'runtime.exs')).origin
  const replaced = inRelease?.kind === 'context' ? world.sourceAt(inRelease.path) : undefined
  const atStart = (path: string): Known<Source> => {
    if (isSecretOfNobody(path, service)) return unset()
    const rest = below(root, path)
    if (rest !== undefined && release) {
      if (/^releases\/[^/]+\/runtime\.exs$/.test(rest)) return atBuild(posix.join(project, 'config/runtime.exs'))
      if (/^(lib|erts-[^/]*)(\/|$)/.test(rest)) return unknown('it is a part of the release')
      if (writtenByMix.test(rest)) return unknown('it is a part of the release')
      const overlay = overlayOf(release, rest).origin
      const source = overlay.kind === 'context' ? world.sourceAt(overlay.path) : undefined
      if (source) return known(source)
    }
    const own = ships && dockerfile ? locateOwn(ships.files, path, world) : undefined
    if (own) return own
    return rest === undefined && !closed ? unknown('only what the image itself holds is known') : unset()
  }
  const found = (files && foundBy.get(files)) ?? new Map<string, readonly string[]>()
  if (files) foundBy.set(files, found)
  const glob = (pattern: string): Known<readonly string[]> => {
    const key = `${release?.before} ${project} ${app.folder} ${pattern}`
    const earlier = found.get(key)
    if (earlier) return known(earlier)
    const folder = inTree(posix.join(posix.dirname(pattern).replace(/(^|\/)[^/*?[{]*[*?[{].*/s, '$1'), '.'))
    const prefix = folder === '.' ? '' : `${folder}/`
    const seen = world.tree.entries
      .filter(({ path, kind }) => kind === 'file' && path.startsWith(prefix))
      .map(({ path }) => posix.join(project, posix.relative(app.folder, path)))
      .filter((path) => matchesGlob(pattern, path) && atBuild(path).kind === 'known')
    found.set(key, seen.sort())
    return known(seen)
  }
  return { release: root, versionFolder, replaced, atBuild, atStart, glob }
}

/** Whether a file lies where Compose puts secrets, and the service asks for none of its name. */
export const isSecretOfNobody = (path: string, service: Service | undefined): boolean =>
  service?.files !== undefined &&
  path.startsWith('/run/secrets/') &&
  !service.files.includes(path) &&
  service.mounts.every(({ target }) => below(target, path) === undefined)

/** What wildcards find among the files of a build, which is evaluated again and again. */
const foundBy = new WeakMap<StageFiles, Map<string, readonly string[]>>()

/** What `mix release` puts beside runtime.exs, and into `bin`. */
const writtenByMix =
  /^(bin\/[^/]+|releases\/(COOKIE|start_erl\.data|[^/]+\/(.*\.(boot|script|rel|config|args)|env\.(sh|bat)|elixir|iex)))$/

function locateOwn(files: StageFiles, path: string, world: World): Known<Source> | undefined {
  const { origin } = locate(files, path)
  if (origin.kind !== 'context') return undefined
  const source = world.sourceAt(origin.path)
  return source && known(source)
}
