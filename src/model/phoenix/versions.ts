/** Which versions decide what a config does. */
export interface Versions {
  /** Such as `1.18.4`, by the image that builds the release or what asdf or mise is told; the newest where nothing says. */
  readonly elixir: string
  /** The version of a package in mix.lock; undefined where it is not there. */
  readonly locked: (name: string) => string | undefined
  /** Whether a mix.lock is in view. */
  readonly hasLock: boolean
}

/** What counts where nothing says which Elixir it is. */
export const newestElixir = '1.18.4'

/** Whether `version` is `major.minor` or later; true where there is none: the newest counts. */
export function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
  const [first = 0, second = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10))
  return version === undefined || first > major || (first === major && second >= minor)
}
