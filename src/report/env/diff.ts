import type { EnvComparison } from '../../masking/environment.ts'
import type { Shown } from '../../masking/shown.ts'
import type { ComparedVariable, Comparison } from '../../model/env/compare.ts'
import type { ContainerEnvironment, EnvVariable } from '../../model/env/variable.ts'
import { visible } from '../terminal/cells.ts'
import { type Paint, paintWith } from '../terminal/colour.ts'
import { containerName, type EnvOptions } from './env.ts'
import { closing, placeIn, shownValue } from './tty.ts'

/** Two stacks side by side for people: what only one of them gives, and what differs. */
export function compareTty({ comparisons, errors, notes }: Shown<EnvComparison>, options: EnvOptions): string {
  const paint = paintWith(options.colour)
  const blocks = comparisons.map((comparison) => blockOf(comparison, paint, options))
  return `${[...blocks, ...closing(errors, notes, paint, options)].join('\n\n')}\n`
}

function blockOf(comparison: Comparison, paint: Paint, options: EnvOptions): string {
  const left = sideName(comparison.left, options)
  const right = sideName(comparison.right, options)
  const of = (...differences: readonly ComparedVariable['difference'][]) =>
    comparison.variables.filter(({ difference }) => differences.includes(difference))
  const line = (sign: string, name: string, variable: EnvVariable | undefined) =>
    `  ${sign} ${paint.code(visible(name))} ${variable ? shownValue(variable, paint) : ''}${placeFor(variable, paint, options)}`
  const only = (title: string, sign: string, variables: readonly ComparedVariable[]) =>
    variables.length === 0
      ? []
      : [paint.bold(title), ...variables.map((one) => line(sign, one.name, one.left ?? one.right))]
  const differing = of('different', 'unknown')
  const same = of('same').length
  return [
    paint.bold(`${left} ↔ ${right}`),
    ...only(`only in ${left}`, '-', of('left')),
    ...only(`only in ${right}`, '+', of('right')),
    ...(differing.length === 0 ? [] : [paint.bold('not the same, or not known to be')]),
    ...differing.flatMap(({ name, left: one, right: other }) => [line('-', name, one), line('+', name, other)]),
    paint.dim(`${same} the same`),
  ].join('\n')
}

const sideName = (container: ContainerEnvironment | undefined, options: EnvOptions): string => {
  if (container === undefined) return 'nothing'
  const file = visible(options.shown(container.span.source.path))
  const name = visible(containerName(container, options))
  return name === file ? name : `${name} (${file})`
}

function placeFor(variable: EnvVariable | undefined, paint: Paint, options: EnvOptions): string {
  const last = variable?.value.trail.at(-1)
  return last === undefined ? '' : paint.dim(`  ${placeIn(last.span, options)}`)
}
