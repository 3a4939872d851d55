import { parseShellText } from '../../languages/shell/parse.ts'
import { unreadFrom } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { type Arg, spanOver } from '../follow/arg.ts'
import { runCommandLine } from '../follow/command-line.ts'
import { follow } from '../follow/follow.ts'
import { type Frame, newBudget, newShell, step, type World } from '../follow/frame.ts'
import { runScript } from '../follow/run.ts'
import type { Service } from '../services/service.ts'
import type { Lookup, Step } from '../stage-files/step.ts'
import type { Context } from '../stage-files/types.ts'
import type { BuiltStage } from '../stages/built-stage.ts'

/** The image of a container; its stage where a Dockerfile makes it. */
export type StartedImage = Pick<BuiltStage, 'files' | 'cwd' | 'shell' | 'entrypoint' | 'cmd' | 'healthcheck'> &
  Partial<Pick<BuiltStage, 'stage'>>

/** What is needed to execute a command in a container. */
export interface Execution {
  readonly world: World
  readonly context: Context
  readonly ships: StartedImage
  readonly service: Service | undefined
  /** Why more may be said of how it starts. */
  readonly unread?: Problem | undefined
  readonly env: Lookup
}

/**
 * What a container executes at its start (Dockerfile reference, "ENTRYPOINT"; Compose specification, `entrypoint` and
 * `command`): a shell-form ENTRYPOINT ignores CMD, an `entrypoint` of the service clears the CMD of the image.
 */
export function startOf(execution: Execution): readonly Step[] {
  const { ships, service, unread } = execution
  return stepsIn(execution, (frame) => {
    const own = service?.entrypoint
    const cmd = service?.command ?? (own ? [] : undefined)
    const damage = unread ?? ships.stage?.unread
    if (damage && !own) return unknownFrom(damage, frame)
    if (own && own.length > 0) return run([...own, ...(cmd ?? [])], frame)
    const entrypoint = own ? undefined : ships.entrypoint
    if (entrypoint) return runCommandLine(entrypoint, ships.shell, frame, cmd ?? argsOf(ships))
    if (cmd) return run(cmd, frame)
    if (ships.cmd) runCommandLine(ships.cmd, ships.shell, frame)
  })
}

/** What is executed where that cannot be read. */
export function unknownFrom(damage: Problem, frame: Frame): void {
  step(frame, { kind: 'unknown', text: textOf(damage.span), why: unreadFrom(damage) }, damage.span)
}

/** The steps that `execute` makes in a container. */
export function stepsIn(execution: Execution, execute: (frame: Frame) => void): readonly Step[] {
  const { world, context, ships, service, env } = execution
  const steps: Step[] = []
  execute({
    world,
    context,
    stage: ships.stage?.index ?? 0,
    draft: { base: ships.files, writes: [] },
    shell: newShell({ path: service?.workingDir ?? ships.cwd.path }),
    env,
    via: [],
    runs: 'always',
    mayFail: false,
    depth: 0,
    budget: newBudget(),
    emit(made) {
      const step = { ...made, id: steps.length }
      steps.push(step)
      return step
    },
    follow,
  })
  return steps
}

/** Executes an argv in `frame`. */
export function run(argv: readonly Arg[], frame: Frame): void {
  const at = argv[0]?.span
  if (at) follow(argv, frame, spanOver(argv, at))
}

/** Executes the text of a shell form that is written in a compose file. */
export function runShellText(text: Arg, frame: Frame): void {
  if (text.text !== undefined) runScript(parseShellText(text.text, text.span), frame)
}

function argsOf({ cmd, shell = ['/bin/sh', '-c'] }: StartedImage): readonly Arg[] {
  if (cmd === undefined) return []
  if (cmd.form === 'exec') return cmd.argv.map((word): Arg => ({ text: word.text, span: word.span }))
  const text = cmd.span.source.text.slice(cmd.script.start, cmd.script.end)
  return [...shell, text].map((part): Arg => ({ text: part, span: cmd.span }))
}
