import { columnsOf } from './cells.ts'
import { type CutLine, cutLine } from './cut.ts'
import type { FrameStyle, PlacedMark } from './mark.ts'
import { wrap } from './wrap.ts'

/** One line of a text, with the marks and the lanes of the whole frame. */
export interface MarkedLine {
  /** From 0. */
  readonly line: number
  /** The offset at which it begins. */
  readonly start: number
  readonly content: string
  readonly marks: readonly PlacedMark[]
  /** Marks of more than one line: each has a column of its own at the left. */
  readonly lanes: readonly PlacedMark[]
}

/** The part of a mark that stands on one line, as offsets into it. */
interface Piece {
  readonly mark: PlacedMark
  readonly from: number
  readonly to: number
  readonly text: string
  readonly closes: boolean
}

const narrowest = 24

/** The line itself, and the rows below it that mark its parts. */
export function underline(
  on: MarkedLine,
  style: FrameStyle,
): { readonly code: string; readonly below: readonly string[] } {
  const lanesWidth = on.lanes.length === 0 ? 0 : on.lanes.length + 1
  const room = Math.max(narrowest, style.width - style.gutter - 4 - lanesWidth)
  const pieces = piecesOf(on)
  const cut = cutLine(
    on.content,
    pieces.toSorted((one, other) => Number(other.mark.primary) - Number(one.mark.primary)),
    room,
  )
  const closed = new Set<PlacedMark>()
  const below: string[] = []
  for (const row of rowsOf(pieces)) {
    for (const piece of row) if (piece.closes) closed.add(piece.mark)
    const [first = '', ...more] = drawRow(row, cut, room)
    below.push(
      laneGlyphs(on, (mark) =>
        row.some((piece) => piece.closes && piece.mark === mark) ? '╰' : closed.has(mark) ? ' ' : '│',
      ) + first,
    )
    for (const text of more) below.push(laneGlyphs(on, (mark) => (closed.has(mark) ? ' ' : '│')) + text)
  }
  return { code: laneGlyphs(on, (mark) => (mark.first === on.line ? '╭' : '│')) + cut.text, below }
}

function laneGlyphs({ lanes, line }: MarkedLine, glyph: (mark: PlacedMark) => string): string {
  if (lanes.length === 0) return ''
  const glyphs = lanes.map((mark) => (mark.first <= line && line <= mark.last ? mark.paint(glyph(mark)) : ' '))
  return `${glyphs.join('')} `
}

function piecesOf({ line, start, content, marks }: MarkedLine): readonly Piece[] {
  const indent = content.length - content.trimStart().length
  const pieces = marks.flatMap((mark): readonly Piece[] => {
    const from = Math.min(Math.max(0, mark.start - start), content.length)
    const to = Math.min(mark.end - start, content.length)
    if (mark.first === mark.last) return mark.first === line ? [{ mark, from, to, text: mark.text, closes: false }] : []
    if (mark.first === line) return from > indent ? [{ mark, from, to: content.length, text: '', closes: false }] : []
    return mark.last === line ? [{ mark, from: Math.min(indent, to), to, text: mark.text, closes: true }] : []
  })
  return pieces.toSorted((one, other) => one.from - other.from || Number(other.mark.primary) - Number(one.mark.primary))
}

/** Pieces that can share a row: they do not touch, and only the last one has something to say. */
function rowsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const rows: Piece[][] = []
  for (const piece of pieces) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row && last && last.text === '' && last.to < piece.from) row.push(piece)
    else rows.push([piece])
  }
  return rows
}

function drawRow(row: readonly Piece[], cut: CutLine, room: number): readonly string[] {
  let drawn = ''
  let column = 0
  for (const { mark, from, to } of row) {
    const begin = Math.max(column, cut.columnOf(from))
    const width = Math.max(1, cut.columnOf(to) - begin)
    drawn += ' '.repeat(begin - column) + mark.paint((mark.primary ? '^' : '-').repeat(width))
    column = begin + width
  }
  const last = row.at(-1)
  if (last === undefined || last.text === '') return [drawn]
  const { paint } = last.mark
  const beside = room - column - 1
  if (beside >= Math.min(narrowest, columnsOf(last.text))) {
    const [first = '', ...more] = wrap(last.text, beside)
    return [`${drawn} ${paint(first)}`, ...more.map((text) => ' '.repeat(column + 1) + paint(text))]
  }
  const indent = Math.max(0, Math.min(cut.columnOf(last.from), room - narrowest * 2))
  return [drawn, ...wrap(last.text, room - indent).map((text) => ' '.repeat(indent) + paint(text))]
}
