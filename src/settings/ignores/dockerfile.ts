import { parseDockerfile } from '../../languages/dockerfile/parse.ts'
import { scriptText } from '../../languages/dockerfile/script.ts'
import type { Instruction } from '../../languages/dockerfile/types.ts'
import { type Source, span } from '../../text/source.ts'
import { type Comment, type Commented, commentAt } from './comment.ts'
import { shellComments } from './shell-comments.ts'

/**
 * The comment lines of a Dockerfile, and the comments of the shell in RUN, CMD, ENTRYPOINT and HEALTHCHECK. Docker makes
 * one line of an instruction, so a shell comment at its end is about all of it; in a heredoc it is about its line.
 */
export function commentsOfDockerfile(source: Source): Commented {
  const { comments, instructions } = parseDockerfile(source)
  const all = [...comments.map(({ start }) => commentAt(source, start)), ...instructions.flatMap(commentsOfInstruction)]
  return {
    comments: all.toSorted((one, other) => one.span.start - other.span.start),
    ends: new Map(instructions.map(({ span: { start, end } }) => [start, end])),
  }
}

function commentsOfInstruction(instruction: Instruction): readonly Comment[] {
  if (!('command' in instruction) || instruction.command?.form !== 'shell') return []
  const { script } = instruction.command
  const text = scriptText(instruction.command)
  const isHeredoc = instruction.heredocs.length > 0
  return shellComments(text).map((offset) => {
    const comment = commentAt(script.source, script.start + offset)
    if (isHeredoc) return comment
    return { ...comment, behind: span(script.source, instruction.span.start, comment.span.start) }
  })
}
