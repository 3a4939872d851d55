import { lineEnds } from '../lines.ts'
import type { Escape, Extent } from '../parts.ts'
import { longestPart, type Outline, outlineOf } from './outline.ts'

/** The next instruction of a Dockerfile, and the comments before and in it. */
export interface SkeletonEntry {
  /** With its continuations and perhaps with its heredocs; absent at the end of the file. */
  readonly instruction?: Extent
  readonly comments: readonly Extent[]
  /** The escape character of a line that continues into nothing. */
  readonly dangling?: number
}

/** How much is read behind a place that dockerfile-ast read otherwise than BuildKit. */
const shortestPart = 256

/**
 * Gives the first instruction from an offset on, at which a line begins, as dockerfile-ast finds it. It is asked anew
 * where the last one ended elsewhere, as BuildKit's heredocs can make it, and no more about heredocs; and where a line
 * ends before or in a keyword.
 */
export function skeletonOf(text: string, escaping: Escape): (offset: number) => SkeletonEntry {
  let heredocs = true
  let size = longestPart
  let outline: Outline | undefined
  let instruction = 0
  let comment = 0
  let expected = 0

  const read = (offset: number, inKeyword: boolean): Outline => {
    outline = outlineOf(text, offset, size, { escaping, heredocs, inKeyword })
    size = Math.min(longestPart, size * 2)
    instruction = 0
    comment = 0
    return outline
  }
  const commentsBefore = (end: number): readonly Extent[] => {
    const first = comment
    while ((outline?.comments[comment]?.start ?? end) < end) comment++
    return outline?.comments.slice(first, comment) ?? []
  }

  return (offset) => {
    if (outline && offset !== expected) {
      heredocs = false
      size = shortestPart
      outline = undefined
    }
    const comments: Extent[] = []
    let dangling: { readonly dangling?: number } = {}
    for (let at = offset; ; outline = undefined) {
      const { instructions, shown, start, end } = outline ?? read(at, false)
      const found = instructions[instruction]
      comments.push(...commentsBefore(found?.start ?? end))
      if (!found) {
        at = end
        if (at >= text.length) return { comments, ...dangling }
        continue
      }
      const head = headOf(shown, found.start - start, escaping)
      if (head) size = shortestPart
      if (head?.isEmpty) {
        at = start + head.end
        dangling = { dangling: start + head.escapeAt }
        continue
      }
      const to = (head ? read(start + head.end, true).instructions[0] : found)?.end ?? found.end
      comments.push(...commentsBefore(to))
      instruction++
      expected = lineEnds(text, to).next
      return { instruction: { start: found.start, end: to }, comments }
    }
  }
}

interface LineHead {
  /** Whether nothing but escape characters stands in it. */
  readonly isEmpty: boolean
  readonly end: number
  readonly escapeAt: number
}

const continued: Readonly<Record<Escape, RegExp>> = {
  '\\': /[ \t\r\n]*(?!#)([^ \t\r\n\\]*)\\[ \t]*\r*(?:\n|$)/y,
  '`': /[ \t\r\n]*(?!#)([^ \t\r\n`]*)`[ \t]*\r*(?:\n|$)/y,
}

/**
 * The lines at `start` that hold nothing but an escape character; or, where a comment follows, those in which a keyword
 * goes on. dockerfile-ast is wrong about what stands behind them.
 */
function headOf(shown: string, start: number, escaping: Escape): LineHead | undefined {
  const line = continued[escaping]
  line.lastIndex = start
  let found = line.exec(shown)
  const isEmpty = found?.[1] === ''
  let head: LineHead | undefined
  for (; found && (!isEmpty || found[1] === ''); found = line.exec(shown))
    head = { isEmpty, end: line.lastIndex, escapeAt: found.index + found[0].trimEnd().length - 1 }
  return head && (isEmpty || /^[ \t\r\n]*#/.test(shown.slice(head.end))) ? head : undefined
}
