import { type Span, span } from '../../../text/source.ts'
import type { ScalarNode } from '../../yaml/node.ts'

/**
 * Tells where a range of a scalar's text stands in the file: by offset where the text is written as it is, else, for a
 * range that begins with a dollar, by counting the dollars before it.
 */
export function placerOf(node: ScalarNode): (start: number, end: number) => Span {
  const { source, start: base, end: limit } = node.inner
  const written = source.text.slice(base, limit)
  if (written.startsWith(node.text)) return (start, end) => span(source, base + start, base + end)
  let inText: readonly number[] | undefined
  let inFile: readonly number[] = []
  return (start, end) => {
    if (inText === undefined) {
      inText = dollarsOf(node.text)
      inFile = dollarsOf(written)
    }
    const found = inFile[indexOf(inText, start)]
    if (found === undefined) return node.span
    const exact = written.startsWith(node.text.slice(start, end), found)
    const length = exact ? end - start : (/[}\s]|$/.exec(written.slice(found, found + 200))?.index ?? 0) + 1
    return span(source, base + found, Math.min(base + found + length, limit))
  }
}

const dollarsOf = (text: string): readonly number[] => {
  const found: number[] = []
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at + 1)) found.push(at)
  return found
}

function indexOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
