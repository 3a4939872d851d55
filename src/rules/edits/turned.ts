import type { Boot } from '../../model/boot/boot.ts'
import { given } from '../../model/facts/boots.ts'
import type { Service } from '../../model/services/service.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { isWithin, type Span, span, textOf } from '../../text/source.ts'

const pairs = [
  ['true', 'false'],
  ['yes', 'no'],
  ['on', 'off'],
  ['1', '0'],
] as const

/**
 * Turns the switch that a service sets at a place, such as `QUIET: "false"`; undefined where no switch is set there, or
 * the start would not be `isWell` with its other position.
 */
export function switchTurned(
  at: Span,
  service: Service | undefined,
  boot: Boot,
  isWell: (other: Boot) => boolean,
): (Edit & { readonly name: string }) | undefined {
  const variable = service?.declared.find(({ valueSpan }) => valueSpan && isWithin(at, valueSpan))
  const written = textOf(at)
  const word = written.replace(/^["']|["']$/g, '')
  const pair = pairs.find((one) => one.some((position) => position === word))
  const turned = pair?.find((position) => position !== word)
  if (variable === undefined || turned === undefined) return undefined
  const other = given(boot, variable.name, turned)
  if (!other?.settled || !isWell(other)) return undefined
  const start = at.start + written.indexOf(word)
  return { name: variable.name, span: span(at.source, start, start + word.length), text: turned }
}
