import { DockerfileParser } from 'dockerfile-ast'
import { startsOfLines } from '../../text/source.ts'
import { corrected } from './corrections.ts'
import { lineEnds } from './lines.ts'
import type { Escape } from './types.ts'

/** A range of offsets. */
export interface Extent {
  readonly start: number
  readonly end: number
}

/** The next instruction of a Dockerfile, and the comments before and in it. */
export interface Entry {
  /** With continuations, and with what dockerfile-ast takes for its heredocs; absent at the end of the file. */
  readonly instruction?: Extent
  readonly comments: readonly Extent[]
  /** The escape character of a line that continues into nothing. */
  readonly dangling?: number
}

/** What dockerfile-ast makes of a part of the file, without an instruction that may go on behind it. */
interface Part {
  readonly instructions: readonly Extent[]
  readonly comments: readonly Extent[]
  /** What it was shown, and where that begins and where what was read ends in the file. */
  readonly shown: string
  readonly start: number
  readonly end: number
}

interface Way {
  readonly escaping: Escape
  /** Whether it is shown the `<<` of heredocs. */
  readonly heredocs: boolean
  /** Whether the keyword of the first instruction stands before what it is shown. */
  readonly inKeyword: boolean
}

/** How much is read at once: dockerfile-ast takes the square of a long file's time. */
const longest = 8192
/** How much is read at once behind a place where it and BuildKit part. */
const shortest = 256

/**
 * Gives the first instruction from an offset on, at which a line begins, as dockerfile-ast finds it in what the
 * corrections show it. It is asked anew where BuildKit ends an instruction elsewhere, which heredocs alone can make, and
 * where a keyword goes on in the next line, which it does not read as BuildKit does.
 */
export function skeletonOf(text: string, escaping: Escape): (offset: number) => Entry {
  const broken = new RegExp(`\\s*([^\\s#\\${escaping}]*)\\${escaping}[ \\t]*\\r*(?:\\n|$)`, 'y')
  let heredocs = true
  let size = longest
  let part: Part | undefined
  let nextInstruction = 0
  let nextComment = 0
  let expected = 0

  const read = (offset: number, inKeyword: boolean): Part => {
    nextInstruction = 0
    nextComment = 0
    part = readPart(text, offset, size, { escaping, heredocs, inKeyword })
    size = Math.min(longest, size * 2)
    return part
  }

  return (offset) => {
    const comments: Extent[] = []
    let dangling: number | undefined
    if (part && offset !== expected) {
      heredocs = false
      size = shortest
      part = undefined
    }
    for (let at = offset; ; ) {
      let here: Part = part ?? read(at, false)
      const takeComments = (until: number) => {
        for (let one = here.comments[nextComment]; one && one.start < until; one = here.comments[++nextComment])
          comments.push(one)
      }
      let found = here.instructions[nextInstruction]
      takeComments(found?.start ?? here.end)
      if (!found) {
        at = here.end
        part = undefined
        if (at < text.length) continue
        return { comments, ...(dangling === undefined ? {} : { dangling }) }
      }
      const head = brokenHead(here.shown, found.start - here.start, broken)
      if (head) {
        size = shortest
        at = here.start + head.end
        part = undefined
        if (!head.begun) {
          dangling = here.start + head.escapeAt
          continue
        }
        here = read(at, true)
        found = { start: found.start, end: here.instructions[0]?.end ?? at }
      }
      takeComments(found.end)
      nextInstruction++
      expected = lineEnds(text, found.end).next
      return { instruction: found, comments }
    }
  }
}

/** Lines at `start` that end in the middle of a keyword, or before it, where dockerfile-ast is wrong about what follows. */
function brokenHead(shown: string, start: number, line: RegExp) {
  let end = start
  let escapeAt = start
  let begun = false
  line.lastIndex = start
  for (let found = line.exec(shown); found; found = line.exec(shown)) {
    end = line.lastIndex
    escapeAt = found.index + found[0].lastIndexOf(found[0].trimEnd().at(-1) ?? '')
    begun ||= found[1] !== ''
  }
  return end > start && (!begun || /^\s*#/.test(shown.slice(end))) ? { begun, end, escapeAt } : undefined
}

/** The keywords at which dockerfile-ast looks for heredocs. */
const withHeredocs = /\b(?:add|copy|run|onbuild)\b/gi

function readPart(text: string, start: number, size: number, way: Way): Part {
  const { escaping, heredocs, inKeyword } = way
  const preamble = `# escape=${escaping}\n\n${inKeyword ? `X ${escaping}\n` : ''}`
  const cut = start + size < text.length ? text.lastIndexOf('\n', start + size - 1) + 1 : text.length
  if (cut <= start && start < text.length) return readPart(text, start, size * 2, way)
  const right = corrected(text.slice(start, cut), escaping)
  const shown = heredocs && size <= longest ? right : right.replace(withHeredocs, (word) => 'x'.repeat(word.length))
  const source = { path: '', text: preamble + shown }
  const read = DockerfileParser.parse(source.text)
  const lines = startsOfLines(source)
  const offsetOf = ({ line, character }: { readonly line: number; readonly character: number }) =>
    (lines[line] ?? source.text.length) + character - preamble.length + start
  const extents = (
    list: readonly { getRange(): { start: Parameters<typeof offsetOf>[0]; end: Parameters<typeof offsetOf>[0] } }[],
  ) => list.map((one): Extent => ({ start: offsetOf(one.getRange().start), end: offsetOf(one.getRange().end) }))
  const comments = extents(read.getComments())
  const instructions = extents(read.getInstructions())
  const last = instructions.at(-1)
  if (cut === text.length || !last) return { instructions, comments, shown, start, end: cut }
  if (instructions.length === 1) return readPart(text, start, size * 2, way)
  return { instructions: instructions.slice(0, -1), comments, shown, start, end: last.start }
}
