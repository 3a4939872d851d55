import { type Known, unset } from '../../text/known.ts'

/** What the caller says of the environment, over what the files say. */
export interface Given {
  /** What a container is started with; `service` undefined for the bare image. */
  readonly atStart: (service: string | undefined) => ReadonlyMap<string, Known<string>>
  /** What the build of the release has. */
  readonly atBuild: ReadonlyMap<string, Known<string>>
  /** Whether there is nothing else: neither Dockerfile nor compose file count. */
  readonly only: boolean
  /** MIX_ENV of the release; what the build says where undefined. */
  readonly mixEnv: string | undefined
}

/** A lookup of `variables` in which all else is not set. */
export const onlyIn =
  (variables: ReadonlyMap<string, Known<string>>) =>
  (name: string): Known<string> =>
    variables.get(name) ?? unset()
