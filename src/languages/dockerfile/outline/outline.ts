import { DockerfileParser } from 'dockerfile-ast'
import { type Source, startsOfLines } from '../../../text/source.ts'
import { blank, lineEnds } from '../lines.ts'
import type { Escape, Extent } from '../parts.ts'
import { corrected, correctedTop } from './corrections.ts'

/** What dockerfile-ast makes of a part of a file, without an instruction that may go on behind that part. */
export interface Outline {
  readonly instructions: readonly Extent[]
  readonly comments: readonly Extent[]
  /** What it was shown from `start` on. */
  readonly shown: string
  readonly start: number
  /** Up to here it has read. */
  readonly end: number
}

/** How a part is shown. */
export interface Showing {
  readonly escaping: Escape
  /** Whether dockerfile-ast may look for heredocs. */
  readonly heredocs: boolean
  /** Whether the keyword of the first instruction stands before the part. */
  readonly inKeyword: boolean
}

/** How much is read at once: dockerfile-ast takes time as the square of some lengths. */
export const longestPart = 8192

interface OutlinePlace {
  readonly line: number
  readonly character: number
}
interface Ranged {
  getRange(): { readonly start: OutlinePlace; readonly end: OutlinePlace }
}

/** Gives offsets for the places in `source`, which stands at `start` of the file. */
function extentIn(source: Source, start: number): (range: ReturnType<Ranged['getRange']>) => Extent {
  const lines = startsOfLines(source)
  const offsetOf = ({ line, character }: OutlinePlace) => (lines[line] ?? source.text.length) + character + start
  return (range) => ({ start: offsetOf(range.start), end: offsetOf(range.end) })
}

/** The keywords behind which dockerfile-ast looks for heredocs, and those whose instructions it takes apart. */
const takenApart =
  /\b(?:add|arg|cmd|copy|entrypoint|env|from|healthcheck|label|onbuild|run|shell|stopsignal|user|volume|workdir)\b/gi

/** Whether a heredoc may stand in a text: there may be an escape between its first two characters. */
const mayHoldHeredocs = (text: string): boolean => text.indexOf('<') !== text.lastIndexOf('<')

/** Reads about `size` characters from `start` on, where a line begins; more where an instruction is longer. */
export function outlineOf(text: string, start: number, size: number, showing: Showing): Outline {
  const cut = start + size < text.length ? text.lastIndexOf('\n', start + size - 1) + 1 : text.length
  if (cut <= start && start < text.length) return outlineOf(text, start, size * 2, showing)
  const { escaping, heredocs, inKeyword } = showing
  const right = corrected(text.slice(start, cut), escaping)
  const isAsked = heredocs && size <= longestPart && mayHoldHeredocs(right)
  // An instruction of no known keyword ends in the same place, and costs nothing more.
  const shown = isAsked ? right : right.replace(takenApart, (word) => 'x'.repeat(word.length))
  // The blank line ends the directives.
  const above = `# escape=${escaping}\n\n${inKeyword ? `X ${escaping}\n` : ''}`
  const source = { path: '', text: above + shown }
  const extentOf = extentIn(source, start - above.length)
  const read = DockerfileParser.parse(source.text)
  const extents = (list: readonly Ranged[]) => list.map((one) => extentOf(one.getRange()))
  const instructions = extents(read.getInstructions())
  const part = { comments: extents(read.getComments()), shown, start }
  const last = instructions.at(-1)
  if (cut === text.length || !last) return { ...part, instructions, end: cut }
  if (instructions.length === 1) return outlineOf(text, start, size * 2, showing)
  return { ...part, instructions: instructions.slice(0, -1), end: last.start }
}

/** A line `# name=value` at the top of a file. */
export interface DirectiveLine extends Extent {
  readonly name: Extent
  /** Where the value begins. */
  readonly value: number
}

/** The lines at the top, from `start` on, that dockerfile-ast takes for directives, whatever their names. */
export function directiveLines(text: string, start: number): readonly DirectiveLine[] {
  const comment = new RegExp(`[${blank}]*#`, 'y')
  comment.lastIndex = start
  let end = start
  for (; comment.test(text); comment.lastIndex = end) end = lineEnds(text, end).next
  const shown = correctedTop(text.slice(start, end))
  const extentOf = extentIn({ path: '', text: shown }, start)
  return DockerfileParser.parse(shown)
    .getDirectives()
    .map((one) => ({
      ...extentOf(one.getRange()),
      name: extentOf(one.getNameRange()),
      value: extentOf(one.getValueRange()).start,
    }))
}
