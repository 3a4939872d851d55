import { posix } from 'node:path'
import { expandKnown, type KnownLookup } from '../../languages/dockerfile/expand.ts'
import { variablesAt } from '../../languages/dockerfile/scope.ts'
import { scriptText } from '../../languages/dockerfile/script.ts'
import { baseStageOf, stageNamed } from '../../languages/dockerfile/stages.ts'
import type {
  CommandLine,
  Dockerfile,
  HealthcheckInstruction,
  Instruction,
  RunInstruction,
  Stage,
  Word,
} from '../../languages/dockerfile/types.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import type { Known } from '../../text/known.ts'
import type { Context } from './context.ts'
import { type CopyScope, writesOfCopy, writesOfMount } from './copy.ts'
import { isFolderIn, type StageFiles } from './files.ts'
import { follow } from './follow.ts'
import { type Arg, type Draft, type Frame, step, type World } from './frame.ts'
import { runScript } from './run.ts'
import type { Lookup, Step } from './step.ts'

/** A stage after all its instructions were followed: what it holds and how a container of it starts. */
export interface BuiltStage {
  readonly stage: Stage
  /** The stage that it starts from; undefined where that is an image from elsewhere. */
  readonly base: BuiltStage | undefined
  readonly files: StageFiles
  /** The steps of its own instructions. */
  readonly steps: readonly Step[]
  readonly cwd: string
  readonly user: Word | undefined
  readonly entrypoint: CommandLine | undefined
  readonly cmd: CommandLine | undefined
  /** Its own or inherited; an instruction without a command is `HEALTHCHECK NONE`. */
  readonly healthcheck: HealthcheckInstruction | undefined
  /** The environment of a container, without what it is given at run time. */
  readonly env: Lookup
  /** The stages whose files are copied or mounted into it. */
  readonly sources: readonly BuiltStage[]
}

/** A build of a Dockerfile, every stage of it. */
export interface Build {
  readonly dockerfile: Dockerfile
  readonly context: Context
  readonly stages: readonly BuiltStage[]
  readonly steps: readonly Step[]
}

export type BuildArgs = ReadonlyMap<string, Known<string>>

/** Follows every instruction of `dockerfile` in its order, without executing anything. */
export function buildOf(dockerfile: Dockerfile, context: Context, args: BuildArgs, world: World): Build {
  const stages: BuiltStage[] = []
  const steps: Step[] = []
  for (const stage of dockerfile.stages)
    stages.push(builtStage(stage, { dockerfile, context, args, world, stages, steps }))
  return { dockerfile, context, stages, steps }
}

interface Making {
  readonly dockerfile: Dockerfile
  readonly context: Context
  readonly args: BuildArgs
  readonly world: World
  readonly stages: readonly BuiltStage[]
  readonly steps: Step[]
}

function builtStage(stage: Stage, making: Making): BuiltStage {
  const { dockerfile, context, world } = making
  const parent = baseStageOf(dockerfile, stage, making.args)
  const base = parent && making.stages[parent.index]
  const draft: Draft = { base: base?.files, writes: [] }
  const steps: Step[] = []
  const sources: BuiltStage[] = []
  let { cwd, user, entrypoint, cmd, healthcheck } = base ?? startOfImage

  const filesFrom = (reference: string) => {
    const named = stageNamed(dockerfile, reference, stage)
    const built = named && making.stages[named.index]
    if (built && !sources.includes(built)) sources.push(built)
    return built?.files
  }
  const lookupAt = (instruction: Instruction) => asLookup(variablesAt(dockerfile, instruction, making.args))
  const scopeAt = (instruction: Instruction): CopyScope => ({
    cwd,
    escape: dockerfile.escape,
    context,
    lookup: lookupAt(instruction),
    isFolder: (path) => isFolderIn(draft, path),
    filesFrom,
  })
  const frameAt = (instruction: Instruction): Frame => ({
    world,
    context,
    stage: stage.index,
    draft,
    shell: { cwd, cwdKnown: true, variables: new Map(), args: [] },
    env: lookupAt(instruction),
    via: [],
    runs: 'always',
    mayFail: false,
    depth: 0,
    emit(made) {
      const step = { ...made, id: making.steps.length }
      making.steps.push(step)
      steps.push(step)
      return step
    },
    follow,
  })

  const apply = (instruction: Instruction) => {
    switch (instruction.keyword) {
      case 'WORKDIR': {
        const path = expandKnown(instruction.word.text, lookupAt(instruction), dockerfile.escape)
        if (path.kind === 'known') cwd = posix.resolve(cwd, path.value)
        break
      }
      case 'USER':
        user = instruction.word
        break
      case 'COPY':
      case 'ADD':
        draft.writes.push(...writesOfCopy(instruction, scopeAt(instruction)))
        break
      case 'RUN':
        runInstruction(instruction, dockerfile, frameAt(instruction), scopeAt(instruction))
        break
      case 'ENTRYPOINT':
        entrypoint = instruction.command
        if (base && cmd === base.cmd) cmd = undefined
        break
      case 'CMD':
        cmd = instruction.command
        break
      case 'HEALTHCHECK':
        healthcheck = instruction
        break
    }
  }
  for (const inherited of base?.stage.instructions ?? []) if (inherited.keyword === 'ONBUILD') apply(inherited.trigger)
  for (const instruction of stage.instructions) apply(instruction)

  const last = stage.instructions.at(-1) ?? stage.from
  const env = asLookup(variablesAt(dockerfile, last, making.args, 'env-after'))
  return { stage, base, files: draft, steps, cwd, user, entrypoint, cmd, healthcheck, env, sources }
}

const startOfImage = { cwd: '/', user: undefined, entrypoint: undefined, cmd: undefined, healthcheck: undefined }

const asLookup = (lookup: KnownLookup): Lookup => lookup

function runInstruction(instruction: RunInstruction, dockerfile: Dockerfile, frame: Frame, scope: CopyScope): void {
  const cause = { span: instruction.span, runs: 'always' } as const
  const mounted = instruction.mounts.flatMap((mount) => writesOfMount(mount, cause, scope))
  const first = frame.draft.writes.length
  frame.draft.writes.push(...mounted)
  runCommandLine(instruction.command, dockerfile, frame)
  const until = frame.draft.writes.length
  mounted.forEach((write, index) => {
    frame.draft.writes[first + index] = { ...write, until }
  })
}

/** Executes the command line of RUN, CMD, ENTRYPOINT or HEALTHCHECK in `frame`; `more` follows an exec form. */
export function runCommandLine(
  command: CommandLine,
  dockerfile: Dockerfile,
  frame: Frame,
  more: readonly Arg[] = [],
): void {
  if (command.form === 'exec') {
    const argv = command.argv.map((word): Arg => ({ text: word.text, span: word.span }))
    follow([...argv, ...more], frame, command.span)
  } else if (command.interpreter && !/\b(sh|bash|ash|dash)$/.test(command.interpreter.text)) {
    const text = command.interpreter.text
    step(frame, { kind: 'unknown', text, why: 'it is no shell script' }, command.span)
  } else {
    runScript(parseShell(dockerfile.source, command.script.start, scriptText(command)), frame)
  }
}
