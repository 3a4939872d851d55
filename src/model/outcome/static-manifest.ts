import { posix } from 'node:path'
import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Endpoint } from '../boot/endpoint.ts'
import type { World } from '../follow/frame.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { locate } from '../stage-files/locate.ts'
import { below } from '../stage-files/paths.ts'
import type { Release, StageFiles } from '../stage-files/types.ts'
import { type Made, made, unknownMade } from './made.ts'

/**
 * Whether an endpoint serves its assets under digested names: its config names a manifest, and the release holds one that
 * can be read. Phoenix only logs an error where it does not.
 */
export function hasStaticManifest(
  config: Value,
  endpoint: Endpoint,
  deployment: Pick<Deployment, 'release' | 'ships' | 'server' | 'app' | 'build' | 'world'>,
): Made<boolean> {
  const named = configAt(config, ['cache_static_manifest'])
  if (named?.kind === 'unknown') return unknownMade(named.why)
  const [app, path] =
    named?.kind === 'tuple'
      ? [named.items[0]?.kind === 'atom' ? named.items[0].name : undefined, named.items[1]]
      : [endpoint.otpApp, named]
  if (path?.kind !== 'binary' || app === undefined) return made(false)
  const { release, ships, server, world } = deployment
  const folder = folderOf(deployment.app, app)
  if (release) {
    const found = inRelease(release, posix.join(release.project, folder, path.text), world)
    const isHere = found.kind !== 'made' || found.value || deployment.build !== undefined
    return isHere ? found : unknownMade('the build of the release is not here')
  }
  if (ships && server?.command.kind === 'mix')
    return manifestAt(ships.files, posix.join(server.cwd, folder, path.text), ships.files.writes.length, world)
  return unknownMade('the build of the release is not here')
}

/** The folder of an app below that of the project: an umbrella has several. */
function folderOf(root: MixApp | undefined, name: string): string {
  const child = root?.children.find((one) => one.name === name)
  return root && child ? posix.relative(root.folder, child.folder) : ''
}

const inRelease = (release: Release, path: string, world: World): Made<boolean> =>
  manifestAt(release.files, path, release.before, world)

function manifestAt(files: StageFiles, path: string, before: number, world: World): Made<boolean> {
  const { origin } = locate(files, path, before)
  switch (origin.kind) {
    case 'made':
      if (origin.artifact.kind === 'digest')
        return made(/(^|\/)cache_manifest\.json$/.test(path) && !bundledLater(files, path, before))
      return unknownMade('a command writes it that is not followed')
    case 'context':
      return made(isManifest(world.sourceAt(origin.path)?.text))
    case 'inline':
      return made(isManifest(origin.written.map(({ text }) => text).join('')))
    case 'unknown':
      return unknownMade(origin.why)
    default:
      return made(false)
  }
}

/**
 * Whether the assets came into the folder only after it was digested: the manifest does not know them. A digest as a part
 * of an alias or script has whatever that has made before it.
 */
function bundledLater(files: StageFiles, path: string, before: number): boolean {
  const folder = posix.dirname(path)
  const inFolder = files.writes
    .slice(0, before)
    .filter((write) => below(folder, write.target) !== undefined && write.kind !== 'removed')
  const digest = inFolder.findLastIndex((write) => write.kind === 'made' && write.artifact.kind === 'digest')
  const isAssets = (write: (typeof inFolder)[number]) =>
    (write.kind === 'made' && (write.artifact.kind === 'bundle' || write.artifact.kind === 'other')) ||
    (write.kind === 'copy' && write.target !== folder)
  const write = inFolder[digest]
  const alone = write?.kind === 'made' && write.artifact.step.via.length === 0
  return alone && !inFolder.slice(0, digest).some(isAssets) && inFolder.slice(digest + 1).some(isAssets)
}

/** A manifest that is there and was not read, as it is not text of ours, is taken for a good one. */
function isManifest(text: string | undefined): boolean {
  if (text === undefined) return true
  try {
    const manifest: unknown = JSON.parse(text)
    return typeof manifest === 'object' && manifest !== null && 'latest' in manifest && 'digests' in manifest
  } catch {
    return false
  }
}
