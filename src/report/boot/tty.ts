import type { BootPages } from '../../masking/boots.ts'
import type { Shown } from '../../masking/shown.ts'
import type { BootFact } from '../../model/outcome/facts.ts'
import type { BootPage } from '../../model/outcome/page.ts'
import { columnsOf, visible } from '../terminal/cells.ts'
import { type Paint, paintWith } from '../terminal/colour.ts'
import { counted } from '../terminal/place.ts'
import { wrap } from '../terminal/wrap.ts'
import { type BootOptions, placeName, startedOf, titleOf } from './boot.ts'
import { contractRows } from './contract.ts'

/** What each container does when it starts, for people. The image alone is shown only where no service runs it. */
export function bootTty(boots: Shown<BootPages>, options: BootOptions): string {
  const paint = paintWith(options.colour)
  const blocks = startedOf(boots.pages).map((page) => blockOf(page, paint, options))
  const notes = [...new Set(boots.notes)].flatMap((note) =>
    wrap(`note: ${note}`, Math.max(40, options.width) - 2).map((line, index) =>
      paint.dim(index === 0 ? line : `  ${line}`),
    ),
  )
  return `${[...blocks, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n')}\n`
}

function blockOf(page: BootPage, paint: Paint, options: BootOptions): string {
  const { variables } = page
  const atStart = variables.filter(({ during }) => during === 'start')
  const atBuild = variables.filter(({ during }) => during === 'build')
  const lines = [
    paint.bold(visible(titleOf(page, options))),
    '',
    ...page.facts.flatMap((fact) => factLines(fact, paint, options)),
  ]
  if (atStart.length > 0)
    lines.push('', `  ${paint.bold(`reads ${counted(atStart.length, 'variable')} when it starts`)}`)
  lines.push(...variableLines(contractRows(atStart), paint, options))
  if (atBuild.length > 0)
    lines.push(
      '',
      `  ${paint.bold(`reads ${counted(atBuild.length, 'variable')} when it is built, frozen into the release`)}`,
    )
  lines.push(...variableLines(contractRows(atBuild), paint, options))
  return lines.join('\n')
}

const marks = { good: '✓', bad: '✗', doubt: '?', plain: ' ' } as const

const painterOf = (mark: keyof typeof marks, paint: Paint) =>
  mark === 'good'
    ? paint.good
    : mark === 'bad'
      ? paint.severity.error
      : mark === 'doubt'
        ? paint.severity.warning
        : paint.dim

const labelWidth = 11

function factLines(fact: BootFact, paint: Paint, options: BootOptions): readonly string[] {
  const place = fact.at ? placeName(fact.at, options) : ''
  const room = Math.max(40, Math.min(options.width, 120)) - labelWidth - 4
  const text = wrap(fact.text, room)
  const lines = text.map((line, index) => {
    const head =
      index === 0
        ? `${painterOf(fact.mark, paint)(marks[fact.mark])} ${fact.label.padEnd(labelWidth)}`
        : ' '.repeat(labelWidth + 2)
    return `  ${head}${line.replace(/`([^`]+)`/g, (_, code: string) => paint.code(options.colour ? code : `\`${code}\``))}`
  })
  if (place === '') return lines
  const last = lines.at(-1) ?? ''
  const fits = columnsOf(text.at(-1) ?? '') + columnsOf(place) + 2 <= room
  return fits
    ? [...lines.slice(0, -1), `${last}  ${paint.dim(place)}`]
    : [...lines, `${' '.repeat(labelWidth + 4)}${paint.dim(place)}`]
}

function variableLines(rows: ReturnType<typeof contractRows>, paint: Paint, options: BootOptions): readonly string[] {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => columnsOf(visible(name))))
  const texts = rows.map(({ text }) => visible(text))
  const textWidth = Math.min(48, Math.max(0, ...texts.map(columnsOf)))
  return rows.map(({ name, mark, at }, index) => {
    const text = texts[index] ?? ''
    const shown = visible(name)
    const place = at ? placeName(at.span, options) : ''
    const pad = ' '.repeat(Math.max(0, textWidth - columnsOf(text)))
    const sign = painterOf(mark, paint)(marks[mark])
    return `  ${sign} ${paint.code(shown)}${' '.repeat(nameWidth - columnsOf(shown))}  ${text}${pad}  ${paint.dim(place)}`.trimEnd()
  })
}
