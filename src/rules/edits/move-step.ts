import type { RunInstruction } from '../../languages/dockerfile/types.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Build } from '../../model/stages/built-stage.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { beforeStep, isAlone, runOf, withoutCommand } from './before-step.ts'
import { insertedAt, linesOf, nextLine, withCommentsAbove } from './lines.ts'

/**
 * Moves a later step before an earlier one. Where other instructions stand between them, which the later one may need,
 * it is the earlier one that moves. Undefined where that cannot be done without changing more.
 */
export function movedBefore(build: Build, earlier: Step, later: Step): readonly Edit[] | undefined {
  const [first, second] = [runOf(build, earlier), runOf(build, later)]
  if (first && second && first !== second) {
    if (isAlone(second, later) && second.index === first.index + 1 && isAlone(first, earlier))
      return moved(build, second, first.span.start)
    if (isAlone(first, earlier))
      return isUsedBetween(build, first, second) ? undefined : moved(build, first, undefined, second)
    if (second.index !== first.index + 1 || !isAlone(second, later)) return undefined
    const written = earlier.cwd === later.cwd && beforeStep(build, earlier, textOf(later.span))
    return written ? [written, { span: linesOf(second.span), text: '' }] : undefined
  }
  if (earlier.span.source !== later.span.source || (first && first !== second) || earlier.cwd !== later.cwd)
    return undefined
  const written = beforeStep(build, earlier, callOf(later))
  // A target of a Makefile keeps what it does.
  if (!first && /(^|\/)(GNU)?[mM]akefile$|\.mk$|[jJ]ustfile$/.test(earlier.span.source.path))
    return written && [written]
  const gone = withoutCommand(later.span)
  return written && gone && [written, gone]
}

const callOf = ({ span, command }: Step): string => {
  const words = textOf(span)
  return command.kind === 'mix' && !/^mix\b/.test(words) ? `mix ${words}` : words
}

/** Whether what stands between two instructions of a stage works with what the first one made. */
const isUsedBetween = ({ dockerfile }: Build, first: RunInstruction, second: RunInstruction): boolean =>
  first.stage !== second.stage ||
  dockerfile.instructions.some(
    ({ index, span, keyword }) =>
      index > first.index &&
      index < second.index &&
      (/^(FROM|WORKDIR|ENV|ARG|USER|SHELL)$/.test(keyword) || /\b(rel|releases|_build|bin)\b/.test(textOf(span))),
  )

/** Moves an instruction, with the comments above it, to the line of an offset or behind another instruction. */
function moved(build: Build, run: RunInstruction, to: number | undefined, behind?: RunInstruction): readonly Edit[] {
  const { source } = run.span
  const whole = withCommentsAbove(run.span, build.dockerfile.comments)
  const text = textOf(whole)
  const at =
    to === undefined
      ? nextLine(source, behind?.span.end ?? run.span.end)
      : withCommentsAbove({ ...run.span, start: to, end: to }, build.dockerfile.comments).start
  const isOpen = at === source.text.length && !source.text.endsWith('\n')
  return [insertedAt(source, at, isOpen ? `\n${text}` : `${text}\n`), { span: linesOf(whole), text: '' }]
}
