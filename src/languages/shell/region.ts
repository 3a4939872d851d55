import { type Source, type Span, span } from '../../text/source.ts'

/** A text for the parser and the way from its offsets back to the source. */
export interface Region {
  readonly text: string
  /** The range of the source that `[start, end)` of `text` was taken from. */
  at(start: number, end: number): Span
}

/** The region of `text`, which stands at `start` of `source`. A carriage return at the end of a line is left out. */
export function regionAt(source: Source, start: number, text: string): Region {
  if (!text.includes('\r')) return { text, at: (from, to) => span(source, start + from, start + to) }
  const removed = [...text.matchAll(/\r(?=\n|$)/g)].map((found, index) => found.index - index)
  const original = (offset: number) => start + offset + countUpTo(removed, offset)
  return {
    text: text.replace(/\r(?=\n|$)/g, ''),
    at: (from, to) => span(source, original(from), to > from ? original(to - 1) + 1 : original(from)),
  }
}

/**
 * The region of a text that a string at `at` stands for. Where the source shows the text as it is, alone, in quotes, as
 * a block or with escapes, its offsets lead to the very characters; where something was put in, they all lead to `at`.
 */
export function regionIn(text: string, at: Span): Region {
  const written = at.source.text.slice(at.start, at.end)
  if (written === text) return regionAt(at.source, at.start, text)
  if (written.slice(1, -1) === text) return regionAt(at.source, at.start + 1, text)
  return rewrittenIn(text, written, at) ?? { text: text.replace(/\r(?=\n|$)/g, ''), at: () => at }
}

/**
 * The region of a text that the source shows in another way: as an indented or folded block (YAML, "Literal Style", "Folded
 * Style"), with `\\"`, `\\n` and `''` of a string in quotes, with Compose's `$$`. Undefined where something else stands there.
 */
function rewrittenIn(text: string, written: string, { source, start }: Span): Region | undefined {
  if (text.includes('\r')) return undefined
  const places: number[] = []
  const ends: number[] = []
  let from = /^\s*["']?/.exec(written)?.[0].length ?? 0
  if (/^\s/.test(text)) from = 0
  for (const char of text) {
    const next = text[places.length + char.length]
    const isSpace = char === ' ' || char === '\n'
    if (!isSpace && written[from] !== char && isBlank(written[from - 1])) from += indentAt(written, from)
    const first = from
    if (written[from] === '\\' && (char === '\n' ? 'n' : char) === written[from + 1]) from += 2
    else if (written.startsWith(char, from))
      from += char.length + (next !== char && isDoubled(char, written, from) ? 1 : 0)
    else if (isSpace && isBlank(written[from])) from += 1
    else if (char !== '\n' || from < written.length) return undefined
    for (let unit = 0; unit < char.length; unit++) {
      places.push(start + first)
      ends.push(start + from)
    }
  }
  if (!/^\s*["']?\s*$/.test(written.slice(from))) return undefined
  const at = (offset: number) => places[offset] ?? start + from
  return {
    text,
    at: (first, end) => span(source, at(first), end > first ? (ends[end - 1] ?? start + from) : at(first)),
  }
}

const isBlank = (char: string | undefined): boolean => char !== undefined && /\s/.test(char)

function indentAt(written: string, from: number): number {
  let end = from
  while (isBlank(written[end])) end++
  return end - from
}

const isDoubled = (char: string, written: string, at: number): boolean =>
  (char === '$' && written.startsWith('$$', at)) || (char === "'" && written.startsWith("''", at))

/** One region after another: a range ends in the one in which it begins. */
export const joined = (first: Region, second: Region): Region => ({
  text: first.text + second.text,
  at(from, to) {
    const { length } = first.text
    return from < length ? first.at(from, Math.min(to, length)) : second.at(from - length, to - length)
  },
})

/** A region whose offsets all lead to `at`. */
export const regionOf = (text: string, at: Span): Region => ({ text, at: () => at })

function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
