import type { Comparison } from '../model/env/compare.ts'
import { maskedValue, secretsIn } from '../model/env/secret.ts'
import type { ContainerEnvironment } from '../model/env/variable.ts'
import type { Problem } from '../text/diagnostic.ts'
import { masked } from '../text/mask.ts'

/** How the environments are printed. */
export interface EnvOptions {
  /** Print secrets as they are. */
  readonly showSecrets: boolean
  /** Whether to use the colours of a terminal. */
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** The path of a source as the user reads it. */
  readonly shown: (path: string) => string
}

/** Two stacks side by side. */
export interface EnvComparison {
  readonly comparisons: readonly Comparison[]
  readonly errors: readonly Problem[]
  readonly notes: readonly string[]
}

/** What may be printed of values and of texts that may hold them. */
export interface Veil {
  readonly value: (name: string, value: string) => string
  readonly text: (text: string) => string
}

const shortestSecret = 6

/** The veil over the secrets of `containers`; none where they are to be shown. */
export function veilOver(containers: readonly (ContainerEnvironment | undefined)[], showSecrets: boolean): Veil {
  if (showSecrets) return { value: (_, value) => value, text: (text) => text }
  const secrets = new Set<string>()
  const note = (name: string, value: string | null) => {
    for (const secret of value === null ? [] : secretsIn(name, value))
      if (secret.length >= shortestSecret) secrets.add(secret)
  }
  for (const container of containers) {
    for (const [name, value] of container?.resolved ?? []) note(name, value)
    for (const { name, value } of container?.effective.values() ?? [])
      if (value.kind === 'known') note(name, value.value)
  }
  const longestFirst = [...secrets].toSorted((one, other) => other.length - one.length)
  return {
    value: maskedValue,
    text: (text) => longestFirst.reduce((left, secret) => left.split(secret).join(masked(secret)), text),
  }
}

/** The name of a container as the user reads it: a service, or the path of a file. */
export const containerName = ({ name, span }: ContainerEnvironment, { shown }: EnvOptions): string =>
  name === span.source.path ? shown(name) : name
