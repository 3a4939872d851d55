import { during } from '../../text/clock.ts'
import { breakIn } from '../../text/damage.ts'
import { inLanguage, type Problem } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, span } from '../../text/source.ts'
import { parseShell } from '../shell/parse.ts'
import { interpreterOf, isShell } from '../shell/shebang.ts'
import { parseDockerfile } from './parse.ts'
import { scriptText } from './script.ts'
import type { CommandLine, Dockerfile, FromInstruction, Instruction, Stage } from './types.ts'

/**
 * A Dockerfile up to the place at which it can no longer be read: the stage in which that is, and a last one after it,
 * say that nothing is known from there on. The mistake is its only problem.
 */
export const readDockerfile = oncePer(
  (source: Source): Dockerfile => during('parsing Dockerfile', () => untilDamage(parseDockerfile(source))),
)

/** `dockerfile` up to its damage; as it is where there is none. */
export function untilDamage(dockerfile: Dockerfile): Dockerfile {
  const conflict = breakIn(dockerfile.source)
  const found = conflict ?? firstOf([dockerfile.damage, shellProblem(dockerfile)])
  const [damage] = inLanguage('dockerfile', found ? [found] : [])
  if (damage === undefined) return dockerfile
  const kept = before(dockerfile, damage, conflict !== undefined)
  const stages = dockerfile.stages.flatMap((stage): readonly Stage[] => {
    if (stage.from.index >= kept.length) return []
    const instructions = stage.instructions.filter(({ index }) => index < kept.length)
    if (instructions.length === stage.instructions.length && dockerfile.stages[stage.index + 1]) return [stage]
    const end = Math.min(instructions.at(-1)?.span.end ?? stage.from.span.end, stage.span.end)
    return [{ ...stage, span: span(stage.span.source, stage.span.start, end), instructions, unread: damage }]
  })
  return {
    ...dockerfile,
    globalArgs: dockerfile.globalArgs.filter(({ index }) => index < kept.length),
    instructions: kept,
    stages: [...stages, unreadStage(damage, kept.length, stages.length)],
    damage,
    whole: dockerfile,
    problems: [damage],
  }
}

/** The instructions that stand before a mistake. One that Docker does not know may be a part of the one before it. */
function before({ instructions }: Dockerfile, { span: at }: Problem, surely: boolean): readonly Instruction[] {
  const index = instructions.findIndex((one) => one.span.end > at.start || one.span.end >= at.end)
  if (index === -1) return instructions
  const previous = instructions[index - 1]
  const mayGoOn = !surely && instructions[index]?.keyword === 'UNKNOWN' && previous && previous.keyword !== 'FROM'
  return instructions.slice(0, mayGoOn ? index - 1 : index)
}

/** What may follow the mistake: any number of stages, of which the last ships. */
function unreadStage(damage: Problem, index: number, stage: number): Stage {
  const at = damage.span
  const base = { text: '', span: at }
  const from: FromInstruction = {
    keyword: 'FROM',
    index,
    stage,
    span: at,
    keywordSpan: at,
    flags: [],
    heredocs: [],
    base,
  }
  return { index: stage, base, span: at, from, instructions: [], unread: damage }
}

/** The first text for a shell that no shell can read. */
function shellProblem({ instructions }: Dockerfile): Problem | undefined {
  let shell: readonly string[] = ['sh']
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') shell = ['sh']
    if (instruction.keyword === 'SHELL') shell = instruction.argv.map(({ text }) => text)
    const problem = 'command' in instruction && instruction.command && unreadable(instruction.command, shell)
    if (problem) return problem
  }
  return undefined
}

function unreadable(command: CommandLine, shell: readonly string[]): Problem | undefined {
  if (command.form === 'exec') return undefined
  const [interpreter = ''] = command.interpreter ? interpreterOf(command.interpreter.text) : shell
  if (!isShell(interpreter)) return undefined
  const { problems, limits } = parseShell(command.script.source, command.script.start, scriptText(command))
  return problems.find((problem) => !limits.includes(problem))
}

const firstOf = (problems: readonly (Problem | undefined)[]): Problem | undefined =>
  problems.flatMap((problem) => problem ?? []).toSorted((one, other) => one.span.start - other.span.start)[0]
