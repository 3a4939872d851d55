import type { Shown } from '../../masking/shown.ts'
import type { EnvVariable, StackEnvironment } from '../../model/env/variable.ts'
import type { Label, Problem } from '../../text/diagnostic.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { columnsOf, visible } from '../terminal/cells.ts'
import { type Paint, paintWith } from '../terminal/colour.ts'
import { counted } from '../terminal/place.ts'
import { wrap } from '../terminal/wrap.ts'
import { containerName, type EnvOptions } from './env.ts'
import { remarkOn } from './remarks.ts'

/** The environments for people: each variable with its value, then the places that gave it and those that read it. */
export function envTty({ containers, errors, notes }: Shown<StackEnvironment>, options: EnvOptions): string {
  const paint = paintWith(options.colour)
  const blocks = containers.map((container) => {
    const { span, effective } = container
    const at = placeIn(span, options)
    const shown = visible(containerName(container, options))
    const heading = at.startsWith(shown) ? shown : `${shown} · ${at}`
    const variables = [...effective.values()].flatMap((variable) => variableLines(variable, paint, options))
    const empty = effective.size === 0 ? [paint.dim('  nothing is given')] : []
    return [paint.bold(heading), ...variables, ...empty].join('\n')
  })
  const ending = endingOf(
    containers.flatMap(({ effective }) => [...effective.values()]),
    containers.length,
    paint,
  )
  return `${[...blocks, ...closing(errors, notes, paint, options), ending].join('\n\n')}\n`
}

/** Errors and notes, each its own block. */
export function closing(
  errors: readonly Problem[],
  notes: readonly string[],
  paint: Paint,
  options: EnvOptions,
): readonly string[] {
  const problems = errors.map(
    ({ span, message }) =>
      `${paint.severity.error('error')}: ${visible(message)}\n${paint.dim(`  ${placeIn(span, options)}`)}`,
  )
  const said = notes.flatMap((note) =>
    wrap(`note: ${note}`, Math.max(40, options.width) - 2).map((line, index) =>
      paint.dim(index === 0 ? line : `  ${line}`),
    ),
  )
  return [...problems, ...(said.length === 0 ? [] : [said.join('\n')])]
}

/** Errors alone, one on a line, for a stream beside the one that holds the environments. */
export function errorLines({ errors }: Shown<StackEnvironment>, options: EnvOptions): string {
  return errors.map(({ span, message }) => `${placeIn(span, options)}: error: ${visible(message)}\n`).join('')
}

function variableLines(variable: EnvVariable, paint: Paint, options: EnvOptions): readonly string[] {
  const remark = remarkOn(variable)
  const colour = variable.mark === 'missing' ? paint.severity.error : paint.severity.warning
  const places = [...variable.value.trail, ...variable.reads]
  return [
    `  ${paint.code(visible(variable.name))} ${shownValue(variable, paint)}`,
    ...trailLines(places, paint, options),
    ...(remark === undefined
      ? []
      : [variable.mark === 'default' ? paint.dim(`    ${visible(remark)}`) : `    ${colour(`▲ ${visible(remark)}`)}`]),
  ]
}

/** `= value`, or in words why there is none. */
export function shownValue({ value }: EnvVariable, paint: Paint): string {
  if (value.kind === 'known') return `= ${visible(value.value)}`
  return paint.dim(value.kind === 'unset' ? 'is not set' : `is not known: ${visible(value.why)}`)
}

function trailLines(labels: readonly Label[], paint: Paint, options: EnvOptions): readonly string[] {
  const rows = labels.map(({ span, text }) => [placeIn(span, options), visible(text)] as const)
  const width = Math.max(0, ...rows.map(([place]) => columnsOf(place)))
  return rows.map(([place, text]) => paint.dim(`    ${place}${' '.repeat(width - columnsOf(place))}  ${text}`))
}

/** `compose.yaml:9:7`, as the user reads it. */
export function placeIn({ source, start }: Span, { shown }: EnvOptions): string {
  const { line, column } = positionAt(source, start)
  return `${visible(shown(source.path))}:${line}:${column}`
}

function endingOf(variables: readonly EnvVariable[], containers: number, paint: Paint): string {
  const count = (...marks: readonly EnvVariable['mark'][]) =>
    variables.filter(({ mark }) => marks.includes(mark)).length
  const parts = [
    [count('missing'), 'missing'],
    [count('expected', 'absent'), 'read by the app and not given here'],
    [count('unread'), 'given and not read here'],
  ] as const
  const said = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`)
  return paint.bold(
    [`${counted(containers, 'container')}, ${counted(variables.length, 'variable')}`, ...said].join(' · '),
  )
}
