import type { ContainerEnvironment, EnvVariable } from './variable.ts'

/** `unknown`: given on both sides, and not known on one of them at least. */
export type Difference = 'left' | 'right' | 'different' | 'unknown' | 'same'

export interface ComparedVariable {
  readonly name: string
  readonly difference: Difference
  /** Undefined where this side does not give it. */
  readonly left: EnvVariable | undefined
  readonly right: EnvVariable | undefined
}

/** Two environments side by side; a side is undefined where the other stack has no such service. */
export interface Comparison {
  readonly left: ContainerEnvironment | undefined
  readonly right: ContainerEnvironment | undefined
  /** By name, sorted. */
  readonly variables: readonly ComparedVariable[]
}

/** Compares what two containers are given, variable by variable. */
export function compareEnvironments(
  left: ContainerEnvironment | undefined,
  right: ContainerEnvironment | undefined,
): Comparison {
  const names = new Set([...(left?.effective.keys() ?? []), ...(right?.effective.keys() ?? [])])
  const variables = [...names].sort().flatMap((name): readonly ComparedVariable[] => {
    const one = givenIn(left, name)
    const other = givenIn(right, name)
    const difference = differenceOf(one, other)
    return difference === undefined ? [] : [{ name, difference, left: one, right: other }]
  })
  return { left, right, variables }
}

/** The services of two stacks by name, in the order of the left one; those that only the right one has come last. */
export function compareStacks(
  left: readonly ContainerEnvironment[],
  right: readonly ContainerEnvironment[],
): readonly Comparison[] {
  const others = new Map(right.map((container) => [container.name, container]))
  const names = new Set(left.map(({ name }) => name))
  return [
    ...left.map((container) => compareEnvironments(container, others.get(container.name))),
    ...right.filter(({ name }) => !names.has(name)).map((container) => compareEnvironments(undefined, container)),
  ]
}

function givenIn(container: ContainerEnvironment | undefined, name: string): EnvVariable | undefined {
  const variable = container?.effective.get(name)
  const isGiven = variable?.mark === undefined || variable.mark === 'unread'
  return variable && isGiven && variable.value.kind !== 'unset' ? variable : undefined
}

function differenceOf(left: EnvVariable | undefined, right: EnvVariable | undefined): Difference | undefined {
  if (left === undefined) return right && 'right'
  if (right === undefined) return 'left'
  if (left.value.kind !== 'known' || right.value.kind !== 'known') return 'unknown'
  return left.value.value === right.value.value ? 'same' : 'different'
}

/**
 * What stands side by side: the services of two stacks by name; two containers where one side is an env file or image,
 * or each side is one service. Undefined where the choice is not clear.
 */
export function pairOf(
  left: readonly ContainerEnvironment[],
  right: readonly ContainerEnvironment[],
): 'stacks' | readonly [ContainerEnvironment, ContainerEnvironment] | undefined {
  const [one] = left
  const [other] = right
  if (left.length === 1 && right.length === 1 && one && other) return [one, other]
  const isFile = ({ name, span }: ContainerEnvironment) => name === span.source.path
  return [...left, ...right].some(isFile) ? undefined : 'stacks'
}
