import type { ContainerEnvironment } from '../../model/env/variable.ts'

/** How the environments are printed. */
export interface EnvOptions {
  /** Whether to use the colours of a terminal. */
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** The path of a source as the user reads it. */
  readonly shown: (path: string) => string
}

/** The name of a container as the user reads it: a service, or the path of a file. */
export const containerName = ({ name, span }: ContainerEnvironment, { shown }: EnvOptions): string =>
  name === span.source.path ? shown(name) : name
