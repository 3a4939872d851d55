import { type Known, known, unknown, unset } from '../../text/known.ts'

/** The environment of the shell that runs `docker compose`. */
export interface ShellEnvironment {
  get(name: string): Known<string>
  /** The shell is not in view, and files that the repository does not keep may be there when Compose runs. */
  readonly open?: boolean
}

/** A shell in which exactly `variables` are set. */
export function closedShell(variables: Readonly<Record<string, string>>): ShellEnvironment {
  const values = new Map(Object.entries(variables))
  return {
    get: (name) => {
      const value = values.get(name)
      return value === undefined ? unset() : known(value)
    },
  }
}

/** A shell that is not in view: `variables` are known to be set, any other may be. */
export function openShell(variables: Readonly<Record<string, string>> = {}): ShellEnvironment {
  const values = new Map(Object.entries(variables))
  return {
    open: true,
    get: (name) => {
      const value = values.get(name)
      return value === undefined ? unknown('the environment of the shell is not known') : known(value)
    },
  }
}
