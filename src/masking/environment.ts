import type { ComparedVariable, Comparison } from '../model/env/compare.ts'
import { maskedValue, secretsIn } from '../model/env/secret.ts'
import type { ContainerEnvironment, EnvVariable, StackEnvironment } from '../model/env/variable.ts'
import type { Problem } from '../text/diagnostic.ts'
import { isTelling, type Masking, maskingOf, noMasking } from './masking.ts'
import { asShown, type Shown, showLabel, showSpan } from './shown.ts'

/** Two stacks side by side. */
export interface EnvComparison {
  readonly comparisons: readonly Comparison[]
  readonly errors: readonly Problem[]
  readonly notes: readonly string[]
}

/** The environments with their secrets masked, unless the user has asked to see them. */
export function showStack(
  { containers, errors, notes }: StackEnvironment,
  showSecrets: boolean,
): Shown<StackEnvironment> {
  const masking = showSecrets ? noMasking : maskingOfContainers(containers, errors)
  return asShown({
    containers: containers.map((container) => showContainer(container, masking)),
    errors: errors.map((problem) => showProblem(problem, masking)),
    notes: notes.map(masking.text),
  })
}

/** Two stacks side by side with their secrets masked. */
export function showComparison(
  { comparisons, errors, notes }: EnvComparison,
  showSecrets: boolean,
): Shown<EnvComparison> {
  const containers = comparisons.flatMap(({ left, right }) => [...(left ? [left] : []), ...(right ? [right] : [])])
  const masking = showSecrets ? noMasking : maskingOfContainers(containers, errors)
  const side = (container: ContainerEnvironment | undefined) => container && showContainer(container, masking)
  return asShown({
    comparisons: comparisons.map(({ left, right, variables }) => ({
      left: side(left),
      right: side(right),
      variables: variables.map((one) => showCompared(one, masking)),
    })),
    errors: errors.map((problem) => showProblem(problem, masking)),
    notes: notes.map(masking.text),
  })
}

function maskingOfContainers(containers: readonly ContainerEnvironment[], errors: readonly Problem[]): Masking {
  const values: string[] = []
  const sources = new Set(errors.map(({ span }) => span.source))
  for (const { span, resolved, effective } of containers) {
    sources.add(span.source)
    for (const [name, value] of resolved) if (value !== null) values.push(...secretsIn(name, value))
    for (const { name, value, reads, default: instead } of effective.values()) {
      if (value.kind === 'known') values.push(...secretsIn(name, value.value))
      if (instead !== undefined) values.push(...secretsIn(name, instead))
      for (const label of [...value.trail, ...reads]) sources.add(label.span.source)
    }
  }
  return maskingOf({ sources: [...sources], spans: [], values: () => values.filter(isTelling) })
}

/** The value of a variable with what is secret in it masked. */
export const showValue = (name: string, value: string, masking: Masking): string =>
  masking === noMasking ? value : masking.text(maskedValue(name, value))

const showContainer = (container: ContainerEnvironment, masking: Masking): ContainerEnvironment => ({
  // What is named after its file is found by that name.
  name: container.name === container.span.source.path ? container.name : masking.text(container.name),
  span: showSpan(container.span, masking),
  resolved: new Map(
    [...container.resolved].map(([name, value]) => [
      masking.text(name),
      value === null ? null : showValue(name, value, masking),
    ]),
  ),
  effective: new Map(
    [...container.effective].map(([name, variable]) => [masking.text(name), showVariable(variable, masking)]),
  ),
})

function showVariable(
  { name, value, reads, mark, default: instead, meant }: EnvVariable,
  masking: Masking,
): EnvVariable {
  const trail = value.trail.map((label) => showLabel(label, masking))
  return {
    name: masking.text(name),
    value:
      value.kind === 'known'
        ? { ...value, value: showValue(name, value.value, masking), trail }
        : value.kind === 'unknown'
          ? { ...value, why: masking.text(value.why), trail }
          : { ...value, trail },
    reads: reads.map((label) => showLabel(label, masking)),
    default: instead === undefined ? undefined : showValue(name, instead, masking),
    mark,
    meant: meant && masking.text(meant),
  }
}

const showCompared = (one: ComparedVariable, masking: Masking): ComparedVariable => ({
  ...one,
  name: masking.text(one.name),
  left: one.left && showVariable(one.left, masking),
  right: one.right && showVariable(one.right, masking),
})

const showProblem = ({ message, span, ...rest }: Problem, masking: Masking): Problem => ({
  ...rest,
  message: masking.text(message),
  span: showSpan(span, masking),
  related: rest.related?.map((label) => showLabel(label, masking)) ?? [],
})
