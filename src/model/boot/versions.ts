import { posix } from 'node:path'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { World } from '../follow/frame.ts'
import type { MixApp } from '../phoenix/mix.ts'

/** Which versions decide what a config does. */
export interface Versions {
  /** Such as `1.18.4`, by the image that builds the release or `.tool-versions`; the newest where nothing says. */
  readonly elixir: string
  /** The version of a package in mix.lock; undefined where it is not there. */
  readonly locked: (name: string) => string | undefined
  /** Whether a mix.lock is in view. */
  readonly hasLock: boolean
}

const newestElixir = '1.18.4'

/** The versions of a Mix project. */
export function versionsOf(app: MixApp, world: World, dockerfile: Dockerfile | undefined): Versions {
  const lock = world.sourceAt(posix.join(app.folder, 'mix.lock'))
  const packages = new Map(
    [...(lock?.text ?? '').matchAll(/"(\w+)":\s*\{:hex,\s*:\w+,\s*"([^"\n]+)"/g)].map(
      ([, name = '', version = '']): [string, string] => [name, version],
    ),
  )
  return {
    elixir: elixirOf(dockerfile, world, app.folder) ?? newestElixir,
    locked: (name) => packages.get(name),
    hasLock: lock !== undefined,
  }
}

/** Whether `version` is `major.minor` or later; true where there is none: the newest counts. */
export function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
  const [first = 0, second = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10))
  return version === undefined || first > major || (first === major && second >= minor)
}

function elixirOf(dockerfile: Dockerfile | undefined, world: World, folder: string): string | undefined {
  const images = dockerfile?.stages.flatMap((stage) => {
    const found = /(?:^|\/)elixir:v?(\d+\.\d+(?:\.\d+)?)/.exec(stage.base.text)
    return found?.[1] ?? []
  })
  const args = dockerfile?.instructions.flatMap((instruction) =>
    instruction.keyword === 'ARG'
      ? instruction.pairs.flatMap((pair) =>
          pair.name === 'ELIXIR_VERSION' ? (/(?<!\d)\d+\.\d+(\.\d+)?/.exec(pair.value ?? '')?.[0] ?? []) : [],
        )
      : [],
  )
  const tools = world.sourceAt(posix.join(folder, '.tool-versions'))
  const named = tools && /^elixir\s+(\d+\.\d+(?:\.\d+)?)/m.exec(tools.text)?.[1]
  const version = images?.[0] ?? args?.[0] ?? named
  return version === undefined || version.split('.').length > 2 ? version : `${version}.0`
}
