import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { toTerm } from '../../languages/elixir/values/term.ts'
import type { Shown } from '../../masking/shown.ts'
import { placesOf } from '../../model/boot/trail.ts'
import { keyName, type WhyPath } from '../../model/boot/why.ts'
import type { WhyAnswer } from '../../model/outcome/page.ts'
import { neutralJson } from '../../text/neutral.ts'
import { positionAt } from '../../text/source.ts'
import { columnsOf, visible } from '../terminal/cells.ts'
import { paintWith } from '../terminal/colour.ts'
import { type BootOptions, placeName } from './boot.ts'

/** Where the values of a key come from, for people. */
export function whyText(key: string, answers: Shown<readonly WhyAnswer[]>, options: BootOptions): string {
  const paint = paintWith(options.colour)
  const blocks = answers.flatMap(({ page, paths }) =>
    paths.map((one) => {
      const version = page.elixir
      const shown = one.value ? inspectValue(one.value, version) : 'is not set'
      const heading = `${page.name ?? 'image'} · ${keyName(one.path)}`
      const rows = byPlaceOnce([...writesOf(one, version, options), ...trailOfValue(one, options)])
      const width = Math.max(0, ...rows.map(([place]) => columnsOf(place)))
      return [
        paint.bold(visible(heading)),
        `  ${one.value ? '= ' : ''}${paint.code(visible(shown))}`,
        ...rows.map(([place, text]) => paint.dim(`    ${place}${' '.repeat(width - columnsOf(place))}  ${text}`)),
      ].join('\n')
    }),
  )
  return blocks.length === 0 ? `${key} is not set\n` : `${blocks.join('\n\n')}\n`
}

const lastOf = (path: readonly string[]): string => path.at(-1) ?? ''

type PlacedRow = readonly [place: string, text: string]

/** The rows with each place once: what is said of it stands in one line, the same not twice. */
function byPlaceOnce(rows: readonly PlacedRow[]): readonly PlacedRow[] {
  const texts = new Map<string, Set<string>>()
  for (const [place, text] of rows) texts.set(place, (texts.get(place) ?? new Set()).add(text))
  return [...texts].map(([place, said]): PlacedRow => [place, [...said].join('; ')])
}

/** The `config` calls, in their order. */
function writesOf({ writes }: WhyPath, version: string, options: BootOptions): readonly PlacedRow[] {
  return writes.map((write, index): PlacedRow => {
    const value = visible(inspectValue(write.value, version))
    const phase = write.during === 'build' ? 'when the release is built' : 'when it starts'
    const under = write.guards.length > 0 ? ', on a condition that is not known' : ''
    const counts = index === writes.length - 1 ? '' : ', and is set again'
    return [placeName(write.span, options), `\`${lastOf(write.path)}\` is set ${phase} to ${value}${under}${counts}`]
  })
}

/** What the value itself was made of: variables, and who gives them. */
const trailOfValue = ({ value }: WhyPath, options: BootOptions): readonly PlacedRow[] =>
  placesOf(value).map(({ span, text }): PlacedRow => [placeName(span, options), visible(text)])

/** The same for programs. */
export function whyJson(key: string, answers: Shown<readonly WhyAnswer[]>, options: BootOptions): string {
  const point = (span: Parameters<typeof placeName>[0]) => ({
    file: options.shown(span.source.path),
    ...positionAt(span.source, span.start),
  })
  const json = {
    version: 1,
    key,
    services: answers.flatMap(({ page, paths }) =>
      paths.map((one) => ({
        name: page.name,
        path: keyName(one.path),
        value: one.value ? toTerm(one.value, page.elixir) : null,
        set: one.writes.map((write) => ({ ...point(write.span), during: write.during })),
        trail: placesOf(one.value).map(({ span, text }) => ({ ...point(span), message: text })),
      })),
    ),
  }
  return `${neutralJson(JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? value.toString() : value), 2))}\n`
}
