import { type Span, span } from './source.ts'

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>

/** A small project, and the places that are marked in it. */
export interface ExampleProject {
  readonly texts: Texts
  readonly places: readonly Span[]
}

/** A project of a file of cases, and what must be said of it. */
export interface ExampleCase {
  readonly title: string
  /** The name of the base that `notation` changes; undefined where it is a whole project. */
  readonly on: string | undefined
  /** The rules that must report, or `nothing`, as `=> ` says; undefined where carets mark the places. */
  readonly wanted: string | undefined
  readonly notation: string
}

/** What stands below one heading, and what its carets mark of that. */
interface ExamplePart {
  readonly heading: string
  readonly lines: string[]
  readonly marks: MarkedRange[]
}

interface MarkedRange {
  readonly start: number
  readonly end: number
}

/** A text with what is marked in it. */
interface Marked {
  readonly text: string
  readonly marks: readonly MarkedRange[]
}

const heading = /^-- (\S.*?) --\s*$/
const carets = /^(\s*)(\^+)(\s+\^+)*\s*$/
const removed = '(removed)'

/**
 * The project that `notation` makes of `base`:
 *
 * - `-- path --`: the file, which is what follows; `(removed)` takes it away.
 * - `-- path: text --`: what follows stands for the one `text` of the file; `text … end` is all from the one to the
 *   first of the other. Further lines are indented as that of `text`. Nothing takes whole lines away.
 * - `-- path: + --`: what follows is added at the end.
 *
 * A line that holds only carets marks what stands above it and is no part of the file. The indentation that all lines
 * share is dropped. Throws where a change does not fit.
 */
export function parseExample(notation: string, base: Texts = {}): ExampleProject {
  const files = new Map<string, Marked>(Object.entries(base).map(([path, text]) => [path, { text, marks: [] }]))
  for (const part of partsOf(notation)) {
    const [, path = part.heading, at] = /^(\S+): (.+)$/.exec(part.heading) ?? []
    const before = files.get(path)
    const isGone = at === undefined && part.lines.join('\n') === removed
    if (before === undefined && (isGone || at !== undefined)) throw new Error(`${path}: is not there to be changed`)
    if (isGone) files.delete(path)
    else files.set(path, before === undefined || at === undefined ? fileOf(part) : changed(before, part, path, at))
  }
  const all = [...files].map(([path, { text, marks }]) => ({ source: { path, text }, marks }))
  return {
    texts: Object.fromEntries(all.map(({ source }) => [source.path, source.text])),
    places: all.flatMap(({ source, marks }) => marks.map(({ start, end }) => span(source, start, end))),
  }
}

/** The cases of a text, each below `=== title`. `on NAME` names the base of a case, or above them that of all. */
export function parseCases(text: string): readonly ExampleCase[] {
  const [above = '', ...parts] = text.split(/^=== /m)
  const ofAll = said(above, 'on')
  return parts.map((part) => {
    const [title = '', ...lines] = part.split('\n')
    const [head = ''] = /^(?:(?:on|=>) .*\n?)*/.exec(lines.join('\n')) ?? []
    const notation = lines.join('\n').slice(head.length)
    return { title, on: said(head, 'on') ?? ofAll, wanted: said(head, '=>'), notation }
  })
}

const said = (head: string, word: string): string | undefined =>
  new RegExp(`^${word} (.+)$`, 'm').exec(head)?.[1]?.trim()

function partsOf(notation: string): readonly ExamplePart[] {
  const parts: ExamplePart[] = []
  let starts = [0]
  for (const line of dedent(notation)) {
    const named = heading.exec(line)?.[1]
    const part = parts.at(-1)
    if (named !== undefined) {
      parts.push({ heading: named, lines: [], marks: [] })
      starts = [0]
    } else if (part && part.lines.length > 0 && carets.test(line)) {
      const above = starts.at(-2) ?? 0
      for (const { index, 0: mark } of line.matchAll(/\^+/g))
        part.marks.push({ start: above + index, end: above + index + mark.length })
    } else if (part) {
      part.lines.push(line)
      starts.push((starts.at(-1) ?? 0) + line.length + 1)
    }
  }
  for (const { lines } of parts) while (lines.at(-1)?.trim() === '') lines.pop()
  return parts
}

const fileOf = ({ lines, marks }: ExamplePart): Marked => ({ text: lines.map((line) => `${line}\n`).join(''), marks })

function changed(before: Marked, part: ExamplePart, path: string, at: string): Marked {
  if (at === '+') return replaced(before, { start: before.text.length, end: before.text.length }, fileOf(part))
  const { start, end } = rangeOf(before.text, at, path)
  const indent = /^[ \t]*/.exec(before.text.slice(before.text.lastIndexOf('\n', start - 1) + 1))?.[0] ?? ''
  if (part.lines.length === 0) return replaced(before, wholeLines(before.text, { start, end }), fileOf(part))
  const lines = part.lines.map((line, n) => (n === 0 || line === '' ? line : indent + line))
  const shifted = (offset: number) => {
    const above = part.lines.join('\n').slice(0, offset).split('\n').slice(1)
    return offset + above.filter((_, n) => part.lines[n + 1] !== '').length * indent.length
  }
  const marks = part.marks.map((mark) => ({ start: shifted(mark.start), end: shifted(mark.end) }))
  return replaced(before, { start, end }, { text: lines.join('\n'), marks })
}

/** Where the one `at` stands, or the range from what stands before `…` to what stands behind it. */
function rangeOf(text: string, at: string, path: string): MarkedRange {
  const [first = '', last] = at.split(' … ')
  const start = text.indexOf(first)
  if (start === -1 || text.includes(first, start + 1)) throw new Error(`${path}: \`${first}\` must be once in it`)
  const from = start + first.length
  const until = last === undefined ? from : text.indexOf(last, from)
  if (until === -1) throw new Error(`${path}: \`${last}\` must stand behind \`${first}\``)
  return { start, end: until + (last ?? '').length }
}

/** The range with the indentation before it and the end of the line behind it, where it has its lines for itself. */
function wholeLines(text: string, { start, end }: MarkedRange): MarkedRange {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const isWhole = text.slice(from, start).trim() === '' && (text[end] ?? '\n') === '\n'
  return isWhole ? { start: from, end: end + 1 } : { start, end }
}

function replaced({ text, marks }: Marked, { start, end }: MarkedRange, by: Marked): Marked {
  const moved = (mark: MarkedRange, by: number) => ({ start: mark.start + by, end: mark.end + by })
  return {
    text: text.slice(0, start) + by.text + text.slice(end),
    marks: [
      ...marks.filter((mark) => mark.end <= start),
      ...by.marks.map((mark) => moved(mark, start)),
      ...marks.filter((mark) => mark.start >= end).map((mark) => moved(mark, by.text.length - (end - start))),
    ],
  }
}

/** The lines of `text` without the indentation that all of them share, and without a blank first and last line. */
function dedent(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines[0]?.trim() === '') lines.shift()
  if (lines.at(-1)?.trim() === '') lines.pop()
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = Math.min(...indents, Number.POSITIVE_INFINITY)
  return lines.map((line) => line.slice(Math.min(shared, line.length)))
}
