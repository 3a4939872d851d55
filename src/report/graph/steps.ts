import type { Instruction } from '../../languages/dockerfile/types.ts'
import type { Command, Step } from '../../model/stage-files/step.ts'
import type { Build, BuiltStage } from '../../model/stages/built-stage.ts'
import { type Source, type Span, textOf } from '../../text/source.ts'
import { effectsOf, type StepEffects } from './effects.ts'
import type { GraphStep, StepKind } from './graph.ts'
import type { Words } from './words.ts'

/** A step of a graph before the ways and findings are known, and what it stands for in the model. */
export interface DraftStep extends Omit<GraphStep, 'ways' | 'findings'> {
  readonly instructionSpan: Span
  /** The command that was followed; undefined for an instruction without one. */
  readonly step: Step | undefined
}

const kinds: Partial<Record<Instruction['keyword'], StepKind>> = {
  FROM: 'from',
  COPY: 'copy',
  ADD: 'add',
  RUN: 'run',
  ENV: 'env',
  ARG: 'arg',
  WORKDIR: 'workdir',
  USER: 'user',
  SHELL: 'shell',
  ENTRYPOINT: 'entrypoint',
  CMD: 'cmd',
  HEALTHCHECK: 'healthcheck',
  ONBUILD: 'onbuild',
}

/** The steps of a stage: its FROM, and for each instruction the commands that it executes, or the instruction itself. */
export function stepsOf(built: BuiltStage, build: Build, stage: number, first: number, words: Words): DraftStep[] {
  const { from, instructions } = built.stage
  const effects = effectsOf(built)
  const followed = byInstruction(built, build)
  const drafts: DraftStep[] = []
  for (const instruction of [from, ...instructions]) {
    const commands = followed.get(instruction) ?? []
    const head = first + drafts.length
    const shared = {
      stage,
      instruction: head,
      written: words.written(instruction.span),
      instructionSpan: instruction.span,
    }
    const own = words.place(instruction.span)
    const placeOf = (at: Span | undefined) => (at ? words.place(at) : own)
    if (commands.length === 0 || instruction === from) {
      drafts.push({
        ...shared,
        ...own,
        id: head,
        command: shared.written,
        kind: kinds[instruction.keyword] ?? 'other',
        effects: ownEffects(instruction, effects),
        runs: 'always',
        via: [],
        at: own,
        step: undefined,
      })
    }
    for (const [index, step] of commands.entries()) {
      const inside = index === 0 && instruction !== from ? ownEffects(instruction, effects) : []
      drafts.push({
        ...shared,
        ...placeOf(placeIn(step, build.dockerfile.source)),
        id: first + drafts.length,
        command: commandText(step, words),
        kind: commandKind(step.command),
        effects: [...inside, ...(effects.steps.get(step) ?? [])],
        runs: step.runs,
        via: step.via.map(({ text }) => words.said(text)),
        at: words.place(step.span),
        step,
      })
    }
  }
  return drafts
}

/** What an instruction itself changes; the folder that WORKDIR makes goes without saying. */
const ownEffects = ({ keyword, span }: Instruction, { spans }: StepEffects) =>
  keyword === 'WORKDIR' ? [] : (spans.get(`${span.start}:${span.end}`) ?? [])

/** The steps of a stage under the instruction that they come from; those of ONBUILD stand under the FROM. */
function byInstruction(built: BuiltStage, { dockerfile }: Build): ReadonlyMap<Instruction, readonly Step[]> {
  const { from, instructions } = built.stage
  const all = [from, ...instructions]
  const groups = new Map<Instruction, Step[]>()
  let at = 0
  for (const step of built.steps) {
    const start = placeIn(step, dockerfile.source)?.start ?? -1
    let next = at
    while (start >= 0 && next < all.length && !isInside(all[next], start)) next += 1
    if (next < all.length) at = next
    const instruction = all[at] ?? from
    const group = groups.get(instruction)
    if (group) group.push(step)
    else groups.set(instruction, [step])
  }
  return groups
}

const isInside = (instruction: Instruction | undefined, offset: number): boolean =>
  instruction !== undefined && instruction.span.start <= offset && offset < instruction.span.end

/** Where a step, or the way to it, stands in the Dockerfile: its own words may be in a script, and an alias in mix.exs. */
const placeIn = ({ via, span }: Step, source: Source): Span | undefined =>
  [...via.map((label) => label.span), span].find((one) => one.source === source)

/** What a command is, in the words of a graph. */
export const commandKind = ({ kind }: Command): StepKind => (kind === 'program' ? 'run' : kind)

/** A command as it is written; as it was understood where that says more: after aliases, variables of the shell, JSON. */
export function commandText({ command, span }: Step, words: Words): string {
  const written = textOf(span)
  switch (command.kind) {
    case 'mix':
      if (isWritten(written, command.task)) return (isWritten(written, 'mix') ? '' : 'mix ') + words.written(span)
      return words.said(['mix', command.task, ...command.args.map((arg) => arg || '…')].join(' '))
    case 'release':
      if (written.includes(command.command) && !isJson(written)) return words.written(span)
      return words.said([command.path, command.command, ...command.args].join(' '))
    case 'program':
      if (!isJson(written) && written.includes(command.name)) return words.written(span)
      return words.said(command.argv.map((word) => word ?? '…').join(' '))
    default:
      return words.written(span)
  }
}

/** Whether a text is an array of JSON or YAML, or begins inside of one. */
const isJson = (text: string): boolean => /^\[?\s*["']|^[^\s"']+["']\s*,/.test(text)

const isWritten = (text: string, word: string): boolean => text.split(/[\s,"'[\]]+/).includes(word)
