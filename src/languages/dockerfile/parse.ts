import { inLanguage, type Problem } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { readDirectives } from './directives.ts'
import { readInstruction } from './instruction.ts'
import { joinLines } from './lines.ts'
import { skeletonOf } from './outline/skeleton.ts'
import { checkReferences } from './stages.ts'
import type { ArgInstruction, Dockerfile, Instruction, Stage } from './types.ts'

/** A Dockerfile that stands in a file of another language. */
export interface Inset {
  /** The text of that file up to the end of the Dockerfile, with `\r` before a line break for what indents the next line. */
  readonly text: string
  /** Where the Dockerfile begins. */
  readonly start: number
}

/**
 * Reads a Dockerfile as BuildKit 0.34 does. It never throws: what BuildKit would refuse is in `problems`, and reading
 * goes on after it.
 */
export const parseDockerfile = oncePer((source: Source) => parseInset(source, { text: source.text, start: 0 }))

/** As `parseDockerfile`, of a source of which only a part is a Dockerfile. */
export function parseInset(source: Source, inset: Inset): Dockerfile {
  const { text } = inset
  const top = readDirectives(source, text, inset.start)
  const problems: Problem[] = [...top.problems]
  const comments: Span[] = []
  const instructions: Instruction[] = []
  let stage = -1
  const nextEntry = skeletonOf(text, top.escape)
  for (let offset = top.end; offset < text.length; ) {
    const { instruction, comments: found, dangling } = nextEntry(offset)
    comments.push(...found.map(({ start, end }) => span(source, start, end)))
    if (dangling !== undefined)
      problems.push({
        span: span(source, dangling, dangling + 1),
        message: 'an instruction is continued here that has not begun',
      })
    if (!instruction) break
    const { joined, next } = joinLines(source, text, { instruction, comments: found }, top.escape)
    const reading = { line: joined, next, escape: top.escape, index: instructions.length, problems }
    const startsStage = /^from(?:[\t\v\f\r ]|$)/i.test(joined.text)
    if (startsStage) stage++
    const read = readInstruction(stage < 0 ? reading : { ...reading, stage })
    instructions.push(read.instruction)
    offset = read.next
    if (stage < 0 && read.instruction.keyword !== 'ARG' && read.instruction.keyword !== 'UNKNOWN') {
      problems.push({
        span: read.instruction.keywordSpan,
        message: `\`${read.instruction.keyword}\` stands before the first \`FROM\``,
      })
    }
  }
  const [first] = problems.filter(({ certainty }) => certainty !== 'likely').toSorted(byStart)
  const stages = stagesOf(source, instructions)
  if (stages.length === 0)
    problems.push({
      span: span(source, inset.start, inset.start),
      message: 'the Dockerfile has no `FROM`, so there is nothing to build',
    })
  const globalArgs = instructions.filter(
    (instruction): instruction is ArgInstruction => instruction.keyword === 'ARG' && instruction.stage === undefined,
  )
  const dockerfile = {
    source,
    escape: top.escape,
    directives: top.directives,
    globalArgs,
    stages,
    instructions,
    comments,
    problems: [],
  }
  const all = inLanguage('dockerfile', [...problems, ...checkReferences(dockerfile)].toSorted(byStart))
  const [damage] = inLanguage('dockerfile', first ? [first] : stages.length === 0 ? problems : [])
  return { ...dockerfile, problems: all, ...(damage ? { damage } : {}) }
}

const byStart = (one: Problem, other: Problem): number => one.span.start - other.span.start

function stagesOf(source: Source, instructions: readonly Instruction[]): readonly Stage[] {
  const stages: Stage[] = []
  for (let index = 0; index < instructions.length; ) {
    const from = instructions[index++]
    if (from?.keyword !== 'FROM') continue
    const start = index
    while (index < instructions.length && instructions[index]?.keyword !== 'FROM') index++
    const end = instructions[index - 1]?.span.end ?? from.span.end
    stages.push({
      index: stages.length,
      ...(from.name ? { name: from.name.text.toLowerCase(), nameSpan: from.name.span } : {}),
      base: from.base,
      ...(from.platform ? { platform: from.platform } : {}),
      span: span(source, from.span.start, end),
      from,
      instructions: instructions.slice(start, index),
    })
  }
  return stages
}
