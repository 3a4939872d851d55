import { positionAt, type Source, startsOfLines } from '../../text/source.ts'
import type { FrameStyle, Mark, PlacedMark } from './mark.ts'
import { underline } from './underline.ts'

const fillGap = 2
const shownOfSpan = 3

/** The lines of a code frame: those lines of `text` that have a mark, each with its marks below it. */
export function frame(source: Source, text: string, marks: readonly Mark[], style: FrameStyle): readonly string[] {
  if (text === '') return marks.flatMap((mark) => (mark.text === '' ? [] : [gutter('', style) + mark.text]))
  const starts = startsOfLines(source)
  const lines = marks.map((mark) => linesOf(mark, source, text))
  const lanes = lines.filter((mark) => mark.first < mark.last).toSorted((one, other) => one.first - other.first)
  const rows: string[] = []
  let previous: number | undefined
  for (const line of shownLines(lines)) {
    if (previous !== undefined && line > previous + 1) {
      rows.push(gutter('⋮', style) + lanes.map((mark) => (mark.first < line && line <= mark.last ? '⋮' : ' ')).join(''))
    }
    const start = starts[line] ?? 0
    const content = text.slice(start, starts[line + 1] ?? text.length).replace(/(?<![\r\n])[\r\n]+$/, '')
    const drawn = underline({ line, start, content, marks: lines, lanes }, style)
    rows.push(gutter(String(line + 1), style) + drawn.code, ...drawn.below.map((row) => gutter('', style) + row))
    previous = line
  }
  return rows.map((row) => row.trimEnd())
}

/** The beginning of a row: a line number, or what stands in its place. */
export const gutter = (text: string, { gutter: width, paint }: FrameStyle): string =>
  paint.dim(` ${text.padStart(width)} │ `)

/** Blank ends of a mark are no part of what is shown. */
function linesOf(mark: Mark, source: Source, text: string): PlacedMark {
  const covered = text.slice(mark.start, mark.end)
  const isBlank = covered.trim() === ''
  const start = isBlank ? mark.start : mark.start + covered.length - covered.trimStart().length
  const end = isBlank ? mark.start : mark.start + covered.trimEnd().length
  const lineAt = (offset: number) => positionAt(source, offset).line - 1
  return { ...mark, start, end, first: lineAt(start), last: lineAt(Math.max(start, end - 1)) }
}

function shownLines(marks: readonly PlacedMark[]): readonly number[] {
  const wanted = new Set<number>()
  for (const { first, last } of marks) {
    for (let line = first; line <= last; line += 1) {
      if (line === first + shownOfSpan && line < last - 1) line = last - 1
      wanted.add(line)
    }
  }
  const sorted = [...wanted].toSorted((one, other) => one - other)
  const filled = sorted.flatMap((line, index) => {
    const next = sorted[index + 1] ?? line
    const gap = next - line - 1
    return gap > 0 && gap <= fillGap ? [line, ...Array.from({ length: gap }, (_, step) => line + 1 + step)] : [line]
  })
  return filled
}
