import type { RunInstruction } from '../../languages/dockerfile/types.ts'
import type { Step } from '../../model/stage-files/step.ts'
import type { Build } from '../../model/stages/built-stage.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { type Span, span, textOf } from '../../text/source.ts'
import { instructionAt } from './dockerfile.ts'
import { indentAt, insertedAt, lineStart, linesAbove } from './lines.ts'

/** The RUN of a build that a step stands in. */
export function runOf({ dockerfile }: Build, { span: at }: Step): RunInstruction | undefined {
  const instruction = instructionAt(dockerfile, at)
  return instruction?.keyword === 'RUN' ? instruction : undefined
}

/** Whether a RUN does nothing but this step. */
export function isAlone(run: RunInstruction, step: Step): boolean {
  if (run.command.form === 'exec') return true
  const words = textOf(run.command.span).trim()
  const own = textOf(step.span).trim()
  return run.heredocs.length === 0 && words.endsWith(own) && isAssignments(words.slice(0, -own.length))
}

/**
 * Writes the call of a program before a step: as an instruction of its own where the step has one for itself, else as
 * the command before it. The tasks of a `mix do` are tasks there.
 */
export function beforeStep(build: Build, step: Step, call: string): Edit | undefined {
  const run = runOf(build, step)
  if (run && isAlone(run, step)) {
    const { command, flags, span: at } = run
    const set = command.form === 'shell' ? textOf(command.span).trim().slice(0, -textOf(step.span).trim().length) : ''
    const given = flags.map((flag) => `${textOf(flag.span)} `).join('')
    return linesAbove(at.source, at.start, `RUN ${given}${/^mix\b/.test(call) ? set : ''}${call}`)
  }
  if (run === undefined && step.span.source === build.dockerfile.source) return undefined
  return beforeCommand(step.span, call)
}

const isAssignments = (text: string): boolean => text === '' || assignments.exec(text)?.[0] === text

const assignments = /(?:\w+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"';&|]*)[\t ]+)+$/
const chain = /(&&|\|\||[;{(]|\bthen|\bdo|\belse)[\t ]*$/

/** Writes a command before another one of a shell text, in the manner of its lines. */
function beforeCommand(at: Span, call: string): Edit | undefined {
  const { source } = at
  const line = lineStart(source, at.start)
  const written = source.text.slice(line, at.start)
  if (!/^mix\b/.test(textOf(at))) return beforeTask(at, call)
  const set = assignments.exec(written)?.[0] ?? ''
  const start = at.start - set.length
  const before = written.slice(0, written.length - set.length)
  const indent = indentAt(source, line)
  const continued = /\\[\t ]*\r?\n[\t ]*$/.test(source.text.slice(0, line))
  const first = `${set}${call}`
  if (before.trim() === '') {
    const endsChain = /&&[\t ]*\\[\t ]*\r?\n$/.test(source.text.slice(0, line))
    if (continued) return endsChain ? insertedAt(source, start, `${first} && \\\n${indent}`) : undefined
    return insertedAt(source, start, `${first}\n${indent}`)
  }
  if (/^[\t ]*&&[\t ]*$/.test(before) && continued) return insertedAt(source, start, `${first} \\\n${before}`)
  // The first command of a RUN, or one behind another.
  if (chain.test(before) || /^\s*RUN\b[^&|;]*$/i.test(before)) return insertedAt(source, start, `${first} && `)
  return undefined
}

/** Writes a task before another one of `mix do`. */
function beforeTask(at: Span, call: string): Edit | undefined {
  const { source } = at
  const task = /^mix ([\w.]+)$/.exec(call)?.[1]
  const words = source.text.slice(lineStart(source, at.start), at.start)
  const rest = source.text.slice(at.end).split('\n', 1)[0] ?? ''
  if (task === undefined || !/\bmix do\b/.test(words)) return undefined
  const plus = /\+[\t ]*$/.test(words) || /^[\t ]*\+/.test(rest)
  const comma = /,[\t ]*$/.test(words) || /^[\t ]*,/.test(rest)
  if (!plus && !comma) return undefined
  return insertedAt(source, at.start, plus ? `${task} + ` : `${task}, `)
}

/** Takes a command out of a chain, a list of tasks or a line of its own, with what joins it to the others. */
export function withoutCommand(at: Span): Edit | undefined {
  const { source } = at
  const before = source.text.slice(0, at.start)
  const after = source.text.slice(at.end)
  const join = /(?<![\t ])[\t ]*(?:\\[\t ]*\r?\n[\t ]*)?(?:&&|[,;+])[\t ]*(?:\\[\t ]*\r?\n[\t ]*)?$/.exec(before)
  if (join) return { span: span(source, at.start - join[0].length, at.end), text: '' }
  const next = /^[\t ]*(?:&&|,|\+|;)[\t ]*(?:\\[\t ]*\r?\n[\t ]*)?/.exec(after)
  if (next) return { span: span(source, at.start, at.end + next[0].length), text: '' }
  const line = lineStart(source, at.start)
  const isLine = before.slice(line).trim() === '' && /^[\t ]*(\r?\n|$)/.test(after)
  if (!isLine || /\\[\t ]*\r?\n$/.test(before.slice(0, line))) return undefined
  return { span: span(source, line, at.end + (/^[\t ]*\r?\n?/.exec(after)?.[0].length ?? 0)), text: '' }
}
