import type { EnvComparison } from '../../masking/environment.ts'
import type { Shown } from '../../masking/shown.ts'
import type { Difference } from '../../model/env/compare.ts'
import type { EnvVariable, StackEnvironment } from '../../model/env/variable.ts'
import type { Label, Problem } from '../../text/diagnostic.ts'
import { jsonText } from '../../text/neutral.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { containerName, type EnvOptions } from './env.ts'
import { remarksOn } from './remarks.ts'

/** One-based, in UTF-16 units. */
export interface JsonPoint {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface JsonEnvVariable {
  readonly state: 'known' | 'unset' | 'unknown'
  /** Null unless the state is `known`. */
  readonly value: string | null
  /** What gives it, from the first place to the last; then who reads it, and what is to be said of it. */
  readonly trail: readonly (JsonPoint & { readonly message: string })[]
}

/** `env --format json`, version 1: fields are added, never changed. Secrets are masked unless they were asked for. */
export interface JsonEnvironments {
  readonly version: 1
  readonly services: readonly {
    readonly name: string
    /** What Compose gives the container; null: passed through, and not set. */
    readonly environment: Readonly<Record<string, string | null>>
    /** What the app sees. */
    readonly effective: Readonly<Record<string, JsonEnvVariable>>
  }[]
  readonly errors: readonly (JsonPoint & { readonly message: string })[]
  readonly notes: readonly string[]
}

/** `env --diff OTHER --format json`. A side is null where it does not give the variable, or has no such service. */
export interface JsonComparison {
  readonly version: 1
  readonly comparisons: readonly {
    readonly left: string | null
    readonly right: string | null
    readonly variables: Readonly<
      Record<
        string,
        {
          readonly difference: Difference
          readonly left: JsonEnvVariable | null
          readonly right: JsonEnvVariable | null
        }
      >
    >
  }[]
  readonly errors: readonly (JsonPoint & { readonly message: string })[]
}

/** The environments of a stack for programs. */
export function envJson({ containers, errors, notes }: Shown<StackEnvironment>, options: EnvOptions): string {
  const json: JsonEnvironments = {
    version: 1,
    services: containers.map((container) => ({
      name: containerName(container, options),
      environment: record([...container.resolved].map(([key, value]) => [key, value === null ? null : value])),
      effective: record([...container.effective].map(([key, variable]) => [key, variableOf(variable, options)])),
    })),
    errors: errors.map((problem) => errorOf(problem, options)),
    notes,
  }
  return jsonText(json)
}

/** Two stacks side by side for programs. */
export function compareJson({ comparisons, errors }: Shown<EnvComparison>, options: EnvOptions): string {
  const side = (variable: EnvVariable | undefined) => (variable ? variableOf(variable, options) : null)
  const json: JsonComparison = {
    version: 1,
    comparisons: comparisons.map(({ left, right, variables }) => ({
      left: left ? containerName(left, options) : null,
      right: right ? containerName(right, options) : null,
      variables: record(
        variables.map((one) => [
          one.name,
          { difference: one.difference, left: side(one.left), right: side(one.right) },
        ]),
      ),
    })),
    errors: errors.map((problem) => errorOf(problem, options)),
  }
  return jsonText(json)
}

/** An object of entries; `__proto__` is a name like any other. */
const record = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries(entries)

function variableOf(variable: EnvVariable, options: EnvOptions): JsonEnvVariable {
  const { value } = variable
  return {
    state: value.kind,
    value: value.kind === 'known' ? value.value : null,
    trail: [...value.trail, ...remarksOn(variable)].map((label) => labelOf(label, options)),
  }
}

const labelOf = ({ span, text }: Label, { shown }: EnvOptions) => ({
  ...pointOf(span, shown),
  message: text,
})

const errorOf = ({ span, message }: Problem, { shown }: EnvOptions) => ({
  message: message,
  ...pointOf(span, shown),
})

function pointOf({ source, start }: Span, shown: EnvOptions['shown']): JsonPoint {
  return { file: shown(source.path), ...positionAt(source, start) }
}
