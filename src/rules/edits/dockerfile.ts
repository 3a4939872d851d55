import type { Dockerfile, Instruction, Pair, PairsInstruction, Stage } from '../../languages/dockerfile/types.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { linesAbove, linesOf } from './lines.ts'

/** The instruction that `at` stands in. */
export const instructionAt = (dockerfile: Dockerfile, at: Span): Instruction | undefined =>
  at.source === dockerfile.source
    ? dockerfile.instructions.find((one) => one.span.start <= at.start && at.end <= one.span.end)
    : undefined

/** Takes one variable out of an ENV or ARG, and the instruction where it has no other. */
export function withoutPair(instruction: PairsInstruction<'ENV' | 'ARG'>, pair: Pair): Edit | undefined {
  const { source } = pair.span
  if (instruction.pairs.length === 1) {
    // A comment between its lines would go with it.
    if (/\n[^\S\n]*#/.test(textOf(instruction.span))) return undefined
    return { span: linesOf(instruction.span), text: '' }
  }
  const at = instruction.pairs.indexOf(pair)
  const [before, next] = [instruction.pairs[at - 1], instruction.pairs[at + 1]]
  const from = before ? before.span.end : pair.span.start
  const to = before ? pair.span.end : (next?.span.start ?? pair.span.end)
  if (!source.text.slice(from, to).includes('#')) return { span: span(source, from, to), text: '' }
  const lines = linesOf(pair.span)
  const isAlone = /^\s*[\\`]\s*$/.test(textOf(lines).replace(textOf(pair.span), ''))
  return next && isAlone ? { span: lines, text: '' } : undefined
}

/** Writes a line above the first CMD or ENTRYPOINT of a stage, or behind its last instruction. */
export function beforeStart(stage: Stage, line: string): Edit {
  const start = stage.instructions.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  if (start) return linesAbove(start.span.source, start.span.start, line)
  const { source, end } = (stage.instructions.at(-1) ?? stage.from).span
  return { span: span(source, end, end), text: `\n${line}` }
}
