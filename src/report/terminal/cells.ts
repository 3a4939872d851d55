import { pictureOf, unprintable } from '../../text/neutral.ts'
import { once } from '../../text/once.ts'

/** What a terminal shows of one character of a text. */
export interface Cell {
  /** What to print: never a control character. */
  readonly text: string
  /** Columns that it takes: up to 2, up to 4 for a tab. */
  readonly width: number
  /** The UTF-16 offset of the character in the text. */
  readonly offset: number
}

const tabStop = 4
const segmenter = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }))

/** The characters of one line, as a terminal shows them. */
export function cellsOf(line: string): readonly Cell[] {
  if (ascii.test(line)) return Array.from(line, (text, offset) => ({ text, width: 1, offset }))
  const cells: Cell[] = []
  let column = 0
  for (const { segment, index } of segmenter().segment(line)) {
    const tab = tabStop - (column % tabStop)
    const text = segment === '\t' ? ' '.repeat(tab) : visible(segment)
    const width = segment === '\t' ? tab : widthOf(text)
    cells.push({ text, width, offset: index })
    column += width
  }
  return cells
}

const ascii = /^[\x20-\x7e]*$/

/** Columns that `text` takes in a terminal. */
export const columnsOf = (text: string): number =>
  ascii.test(text) ? text.length : cellsOf(text).reduce((sum, cell) => sum + cell.width, 0)

const byteOrderMark = '\ufeff'
const invisible = /^\p{Cf}$/u

/**
 * `text` with its control characters made visible, so that it can neither steer a terminal nor look like another
 * text: the pictures of the control characters (U+2400…), and U+FFFD for what has none.
 */
export function visible(text: string): string {
  if (ascii.test(text)) return text
  if (text === byteOrderMark) return ''
  if (invisible.test(text)) return '\ufffd'
  return text.replace(unprintable, pictureOf)
}

const emoji = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u
const zeroWidth = /^[\p{M}\p{Cf}]*$/u

function widthOf(cluster: string): number {
  if (ascii.test(cluster)) return cluster.length
  if (zeroWidth.test(cluster)) return 0
  return emoji.test(cluster) || isWide(cluster.codePointAt(0) ?? 0) ? 2 : 1
}

/** Ranges of East Asian Wide and Fullwidth (UAX 11), emoji aside. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
]

const isWide = (code: number): boolean => wide.some(([first, last]) => code >= first && code <= last)
