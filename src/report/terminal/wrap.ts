import { columnsOf, visible } from './cells.ts'

/** The lines of `text`, broken between words so that none but a long word is wider than `width` columns. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let columns = 0
  for (const word of text.split(/\s+/).map(visible)) {
    const wide = columnsOf(word)
    if (line !== '' && columns + 1 + wide > width) {
      lines.push(line)
      line = ''
      columns = 0
    }
    columns += line === '' ? wide : wide + 1
    line += line === '' ? word : ` ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
