import { type Source, type Span, span } from './source.ts'

/** A small project written as text, and the places at which the rule that it belongs to must report. */
export interface ExampleProject {
  readonly sources: readonly Source[]
  readonly places: readonly Span[]
}

const heading = /^-- (\S.*?) --\s*$/
const carets = /^(\s*)(\^+)(\s+\^+)*\s*$/

/**
 * Reads the notation of examples. `-- path --` begins a file; a line that holds only carets marks the range above it
 * and is no part of the file. The indentation that all lines share is dropped. A text that is to keep a line of
 * carets or dashes cannot be written this way.
 */
export function parseExample(notation: string): ExampleProject {
  const sources: Source[] = []
  const places: Span[] = []
  let path = ''
  let lines: string[] = []
  let marks: { readonly line: number; readonly start: number; readonly end: number }[] = []

  const finish = () => {
    if (path === '') return
    while (lines.at(-1)?.trim() === '') lines.pop()
    const source = { path, text: lines.length === 0 ? '' : `${lines.join('\n')}\n` }
    const starts = [0]
    for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1)
    for (const mark of marks) {
      const base = starts[mark.line] ?? 0
      places.push(span(source, base + mark.start, base + mark.end))
    }
    sources.push(source)
  }

  for (const line of dedent(notation)) {
    const named = heading.exec(line)?.[1]
    if (named !== undefined) {
      finish()
      path = named
      lines = []
      marks = []
    } else if (lines.length > 0 && carets.test(line)) {
      for (const mark of line.matchAll(/\^+/g)) {
        marks.push({ line: lines.length - 1, start: mark.index, end: mark.index + mark[0].length })
      }
    } else {
      lines.push(line)
    }
  }
  finish()
  return { sources, places }
}

/** The lines of `text` without the indentation that all of them share, and without a blank first and last line. */
export function dedent(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines[0]?.trim() === '') lines.shift()
  if (lines.at(-1)?.trim() === '') lines.pop()
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = Math.min(...indents, Number.POSITIVE_INFINITY)
  return lines.map((line) => line.slice(Math.min(shared, line.length)))
}
