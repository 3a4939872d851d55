import { type RawNode, readEvents } from '../../languages/yaml/events.ts'
import type { Source, Span } from '../../text/source.ts'
import { type Commented, commentsOutside, lineStart } from './comment.ts'

/** The comments of a YAML file, and the keys and items that begin at each offset, each with its block. */
export function commentsOfYaml(source: Source): Commented {
  const scalars: Span[] = []
  const ends = new Map<number, number>()
  const begin = (start: number, end: number) => {
    if (!ends.has(start)) ends.set(start, end)
  }
  const waiting: RawNode[] = readEvents(source).documents.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'scalar') scalars.push(node.span)
    if (node.kind === 'map') {
      for (const [key, value] of node.pairs) begin(key.span.start, Math.max(key.span.end, value.span.end))
      for (const [key, value] of node.pairs.toReversed()) waiting.push(value, key)
    }
    if (node.kind === 'list') {
      for (const { span } of node.items) begin(dashBefore(source, span.start), span.end)
      for (const item of node.items.toReversed()) waiting.push(item)
    }
  }
  return { comments: commentsOutside(source, scalars), ends }
}

/** Where the line of an item begins, if it begins with its dash; else the item itself. */
function dashBefore(source: Source, start: number): number {
  const line = source.text.slice(lineStart(source, start), start)
  return /^[ \t]*-[ \t-]*(?:[&!]\S+[ \t]+)*$/.test(line) ? start - line.trimStart().length : start
}
