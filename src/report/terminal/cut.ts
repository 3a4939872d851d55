import { type Cell, cellsOf } from './cells.ts'

/** The part of a line that is shown, and where its characters stand. */
export interface CutLine {
  readonly text: string
  /** The column, from 0, at which the character of an offset into the line begins; clamped to what is shown. */
  readonly columnOf: (offset: number) => number
}

/** A range of offsets into a line. */
export interface CutRange {
  readonly from: number
  readonly to: number
}

const ellipsis = '…'
const reach = 400

/**
 * `line` as it fits into `room` columns: all of it, or the surroundings of the ranges in `focus` with `…` at the ends
 * that are left out. Where the ranges do not fit together, the first one decides.
 */
export function cutLine(line: string, focus: readonly CutRange[], room: number): CutLine {
  const first = focus[0] ?? { from: 0, to: 0 }
  const from = Math.min(...focus.map((range) => range.from), first.from)
  const to = Math.max(...focus.map((range) => range.to), first.to)
  const [near, nearTo] = to - from > room ? [first.from, Math.min(first.to, first.from + room)] : [from, to]
  const start = line.length > reach * 4 ? Math.max(0, near - reach) : 0
  const end = line.length > reach * 4 ? Math.min(line.length, nearTo + reach) : line.length
  const cells = cellsOf(line.slice(start, end)).map((cell) => ({ ...cell, offset: cell.offset + start }))
  return show(cells, { near, nearTo, room, cutBefore: start > 0, cutAfter: end < line.length, length: line.length })
}

interface Window {
  readonly near: number
  readonly nearTo: number
  readonly room: number
  readonly cutBefore: boolean
  readonly cutAfter: boolean
  readonly length: number
}

function show(cells: readonly Cell[], { near, nearTo, room, cutBefore, cutAfter, length }: Window): CutLine {
  const starts = [0]
  for (const cell of cells) starts.push((starts.at(-1) ?? 0) + cell.width)
  const total = starts.at(-1) ?? 0
  const columnAt = (offset: number) => starts[cells.findLastIndex((cell) => cell.offset <= offset)] ?? 0
  const endColumn = nearTo >= length && !cutAfter ? total : columnAt(nearTo)

  const slack = Math.max(0, room - 2 - (endColumn - columnAt(near)))
  const wanted = Math.max(0, Math.min(columnAt(near) - Math.floor(slack / 2), total - room + 1))
  const left = total <= room && !cutBefore ? 0 : wanted
  const isCutLeft = left > 0 || cutBefore
  const isCutRight = total - left > room - (isCutLeft ? 1 : 0) || cutAfter
  const right = isCutRight ? left + room - (isCutLeft ? 2 : 1) : total

  const shown = cells.filter((_, index) => (starts[index] ?? 0) >= left && (starts[index + 1] ?? 0) <= right)
  const skipped = shown[0] === undefined ? 0 : (starts[cells.indexOf(shown[0])] ?? 0)
  const lead = isCutLeft ? 1 : 0
  const last = shown.reduce((sum, cell) => sum + cell.width, lead)
  const body = shown.map((cell) => cell.text).join('')
  return {
    text: (isCutLeft ? ellipsis : '') + body + (isCutRight ? ellipsis : ''),
    columnOf: (offset) => {
      const index = cells.findIndex((cell) => cell.offset >= offset)
      const column = (index === -1 ? total : (starts[index] ?? 0)) - skipped + lead
      return Math.max(0, Math.min(column, last))
    },
  }
}
