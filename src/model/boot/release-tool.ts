import { posix } from 'node:path'
import { dependsOn, type MixApp } from '../phoenix/mix.ts'
import { isAtLeast, type Versions } from '../phoenix/versions.ts'
import { locate } from '../stage-files/locate.ts'
import type { Release } from '../stage-files/types.ts'

/** What makes releases besides Mix. */
export type ReleaseTool = 'Distillery'

/**
 * The program other than Mix that assembles a release: Distillery, which had a `mix release` of its own before Mix had one
 * (Elixir 1.9), and has other commands, other configuration at the start and other overlays. Undefined where it is Mix.
 * From 2.1 on its task is `distillery.release` alone. Of a release that is made out of view, or that cannot be followed into
 * the image, the project tells: it depends on Distillery, and describes a release to it or has an Elixir that makes none.
 */
export function otherReleaseTool(
  release: Release | undefined,
  app: MixApp | undefined,
  { elixir, locked }: Versions,
  isDescribed = false,
): ReleaseTool | undefined {
  const { command } = release?.step ?? {}
  const isNamed = app?.unread === undefined && app !== undefined && dependsOn(app, 'distillery')
  if (release === undefined) {
    const isMade = isNamed && app.releases.length === 0 && (isDescribed || !isAtLeast(elixir, 1, 9))
    return isMade ? 'Distillery' : undefined
  }
  if (command?.kind !== 'mix' || release.config) return undefined
  const described = locate(release.files, posix.join(release.project, 'rel/config.exs'), release.before).origin
  const isTaken = isNamed && described.kind !== 'absent' && app.releases.length === 0
  const version = locked('distillery')
  const hasOwnName = version !== undefined && isAtLeast(version, 2, 1)
  return command.task === 'distillery.release' || (isTaken && !hasOwnName) || !isAtLeast(elixir, 1, 9)
    ? 'Distillery'
    : undefined
}

/**
 * The scripts that an app may read when it starts, of which the first that is there counts: runtime.exs from Elixir 1.11
 * on, also where Mix starts it, and releases.exs in a release of Mix.
 */
export function startScripts(isMix: boolean, tool: ReleaseTool | undefined, { elixir }: Versions): readonly string[] {
  const ofAll = isAtLeast(elixir, 1, 11) ? ['runtime.exs'] : []
  return tool ? [] : isMix ? ofAll : [...ofAll, 'releases.exs']
}

/** Whether a release reads runtime.exs when it starts, if that is there when it is made. */
export const readsRuntime = (tool: ReleaseTool | undefined, versions: Versions): boolean =>
  startScripts(false, tool, versions).includes('runtime.exs')
