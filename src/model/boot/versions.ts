import { posix } from 'node:path'
import { baseOf } from '../../languages/dockerfile/stages.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { World } from '../follow/frame.ts'
import { type MixApp, mixText } from '../phoenix/mix.ts'
import { newestElixir, type Versions } from '../phoenix/versions.ts'

/** The versions of a Mix project: those of its release, where that alone is in view. */
export function versionsOf(app: MixApp, world: World, dockerfile: Dockerfile | undefined): Versions {
  if (app.versions) return app.versions
  const lock = world.sourceAt(posix.join(app.folder, 'mix.lock'))
  const packages = new Map(
    [...(lock?.text ?? '').matchAll(/"(\w+)":\s*\{:hex,\s*:\w+,\s*"([^"\n]+)"/g)].map(
      ([, name = '', version = '']): [string, string] => [name, version],
    ),
  )
  return {
    elixir: elixirOf(dockerfile, world, app) ?? newestElixir,
    locked: (name) => packages.get(name),
    hasLock: lock !== undefined,
  }
}

function elixirOf(dockerfile: Dockerfile | undefined, world: World, app: MixApp): string | undefined {
  const images = (dockerfile?.stages ?? []).flatMap((stage) => {
    const base = dockerfile && baseOf(dockerfile, stage)
    const image = base?.kind === 'image' && base.image.kind === 'known' ? base.image.value : stage.base.text
    return /(?:^|\/)[\w-]*elixir[\w-]*:v?(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1] ?? []
  })
  const args = dockerfile?.instructions.flatMap((instruction) =>
    instruction.keyword === 'ARG'
      ? instruction.pairs.flatMap((pair) =>
          /^ELIXIR(_VERSION|_VSN)?$/.test(pair.name)
            ? (/(?<!\d)\d+\.\d+(\.\d+)?/.exec(pair.value ?? '')?.[0] ?? [])
            : [],
        )
      : [],
  )
  const named = toolFiles.map(({ path, version }) => {
    const source = world.sourceAt(posix.join(app.folder, path)) ?? world.sourceAt(path)
    return source && version.exec(source.text)?.[1]
  })
  // `~> 1.10.2` of mix.exs is 1.10 and no later one; `~> 1.10` is any from there on.
  const only = /\belixir:\s*"~>\s*(\d+\.\d+\.\d+)/.exec(mixText(app))?.[1]
  const version = images[0] ?? args?.[0] ?? named.find((one) => one !== undefined) ?? only
  return version === undefined || version.split('.').length > 2 ? version : `${version}.0`
}

/** The files in which asdf and mise are told which Elixir a project has. */
const toolFiles = [
  { path: '.tool-versions', version: /^elixir\s+(?:ref:v)?(\d+\.\d+(?:\.\d+)?)/m },
  ...['mise.toml', '.mise.toml', '.config/mise.toml'].map((path) => ({
    path,
    version: /^\s*elixir\s*=\s*(?:\{\s*version\s*=\s*)?["'](\d+\.\d+(?:\.\d+)?)/m,
  })),
]
