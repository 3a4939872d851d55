import { DockerfileParser } from 'dockerfile-ast'

/** No keyword is longer; what follows it does not matter here. */
const headLength = 64

/**
 * Where the keyword of the instruction in `[from, to)` of a joined line ends. dockerfile-ast finds it; it is given one
 * joined line, since it and BuildKit part over continuations, heredocs and flags, which are read here as BuildKit does.
 * Where it takes more or less than BuildKit for the keyword, as at a form feed or an escape character, the blanks decide.
 */
export function keywordEnd(text: string, from: number, to: number): number {
  const head = text.slice(from, Math.min(to, from + headLength))
  const blank = head.search(/[\t\v\f\r ]/)
  if (
    blank < 0
      ? head.length < to - from || /[^a-z]/i.test(head)
      : /[^a-z]/i.test(head.slice(0, blank)) || !/[\t ]/.test(head[blank] ?? '')
  ) {
    return endOfWord(text, from, to)
  }
  const range = DockerfileParser.parse(head).getInstructions()[0]?.getInstructionRange()
  return range ? Math.min(to, from + range.end.character) : from
}

function endOfWord(text: string, from: number, to: number): number {
  let end = from
  while (end < to && !'\t\v\f\r '.includes(text[end] ?? '')) end++
  return end
}
