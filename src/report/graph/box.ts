import { columnsOf } from '../terminal/cells.ts'
import { cutLine } from '../terminal/cut.ts'
import { counted } from '../terminal/place.ts'
import type { Graph, Way } from './graph.ts'

/** A line of a box. */
export interface BoxLine {
  readonly kind: 'row' | 'label' | 'finding'
  /** Cut to the width of the box. */
  readonly text: string
  /** All that can be said of it, for tooltips. */
  readonly whole: string
  /** What stands before the text: the number of the line in its file. */
  readonly number: string
  readonly indent: number
  /** What stands at the right: what a step leaves behind. */
  readonly chip: { readonly text: string; readonly way: Way | undefined } | undefined
  readonly ways: readonly Way[]
  /** The index of the finding that is printed here. */
  readonly finding: number | undefined
}

/** A stage or a container as it is drawn. */
export interface Box {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly kind: 'stage' | 'ships' | 'container'
  readonly lines: readonly BoxLine[]
  /** Columns of its text, without the number and the chip. */
  readonly columns: number
  readonly chipColumns: number
}

/** Columns of the longest text. */
export const widest = 54
const mostFindings = 6

/** A line without anything beside it. */
export const label = (text: string, whole = text): BoxLine => ({
  kind: 'label',
  text: cut(text, widest),
  whole,
  number: '',
  indent: 0,
  chip: undefined,
  ways: [],
  finding: undefined,
})

/** `text` as it fits into some columns. */
export const cut = (text: string, room: number): string => cutLine(text, [], room).text

/** The lines of findings; of many at one place it is said how many more there are. */
export function findingLines(indices: readonly number[], { findings }: Graph): readonly BoxLine[] {
  const lines = indices.slice(0, mostFindings).flatMap((index): readonly BoxLine[] => {
    const finding = findings[index]
    return finding ? [{ ...label(finding.rule, finding.message), kind: 'finding', finding: index }] : []
  })
  const more = indices.length - lines.length
  return more > 0 ? [...lines, label(`… ${counted(more, 'more finding')}`)] : lines
}

/** A box that is wide enough for its lines. */
export function boxOf(
  head: Pick<Box, 'id' | 'title' | 'subtitle' | 'kind'>,
  lines: readonly BoxLine[],
  numberColumns: number,
): Box {
  const chipColumns = Math.max(0, ...lines.map(({ chip }) => (chip ? chip.text.length + 2 : 0)))
  const room = widest + 4
  const texts = lines.map(({ text, indent, chip }) => columnsOf(text) + indent - (chip ? 0 : chipColumns))
  const [title, subtitle] = [cut(head.title, room - 8), cut(head.subtitle, room)]
  const columns = Math.max(
    18,
    columnsOf(title) + (head.kind === 'ships' ? 12 : 0) - numberColumns - chipColumns,
    columnsOf(subtitle) - numberColumns - chipColumns,
    ...texts,
  )
  return { ...head, title, subtitle, lines, columns, chipColumns }
}
