import { posix } from 'node:path'
import type { Label } from '../../../text/diagnostic.ts'
import { type Span, span as spanOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Step } from '../../stage-files/step.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { programThere } from '../../stages/program-there.ts'
import { isDoubtful, isMounted } from './brought.ts'

/**
 * The program that reads a script, such as `bash`, that starts another, such as `tini`, or that a step calls, such as `nc`,
 * which is not in the image.
 */
export interface LostInterpreter {
  readonly what: 'interpreter' | 'starter' | 'tool'
  readonly name: string
  /** The script whose first line asks for it; undefined where it is called by its name. */
  readonly script: string | undefined
  /** Whether a loop waits until it succeeds. */
  readonly isAwaited?: boolean
}

/** A call of such a program. */
export interface LostProgram {
  readonly lost: LostInterpreter
  readonly span: Span
  readonly via: readonly Label[]
  readonly during: 'build' | 'start'
}

/** Shells that a distribution may be without. */
const shells = /^(sh|bash|zsh|fish|ksh|mksh|tcsh|csh)$/

/** The shells of steps that their image does not have: each once. */
export function interpretersIn(
  steps: readonly Step[],
  stage: BuiltStage,
  { dockerfile, args }: Build,
): readonly LostProgram[] {
  const found = new Map<string, LostProgram>()
  for (const step of steps.filter(({ runs, mayFail }) => runs === 'always' && !mayFail)) {
    for (const [at, { shell, span: place, file }] of step.shells.entries()) {
      if (!shells.test(shell) || programThere(shell, dockerfile, stage, args) !== 'no') continue
      const script = file?.direct ? file : undefined
      const span = script ? script.head : place
      const via = step.via.slice(0, step.shells.slice(0, at).filter((one) => one.file).length)
      const called = script ? [...via, { span: place, text: 'it is run here' }] : via
      // Without the shell of all scripts the first is enough.
      if (shell === 'sh' && found.has(shell)) continue
      found.set(shell === 'sh' ? shell : `${span.source.path}:${span.start}`, {
        lost: { what: 'interpreter', name: shell, script: script?.name },
        span,
        via: called,
        during: 'start',
      })
    }
  }
  return [...found.values()]
}

/** Programs that start another and that no distribution has: each is in a package of its own name. */
const starters = /^(tini|dumb-init|catatonit|gosu|su-exec|sudo|dockerize|litefs)$/

/** The programs around the steps of a start that their image does not have: each once. */
export function startersIn(
  steps: readonly Step[],
  stage: BuiltStage,
  deployment: Deployment,
  { dockerfile, args }: Build,
): readonly LostProgram[] {
  const earlier = lineageOf(stage).flatMap((one) => one.steps)
  const found = new Map<string, LostProgram>()
  for (const { via, starters: around = [] } of steps.filter(({ runs }) => runs === 'always')) {
    for (const { text = '', span } of around) {
      const name = posix.basename(text)
      const isOpen = !starters.test(name) || programThere(name, dockerfile, stage, args) !== 'no'
      if (isOpen || isDoubtful(`/${name}`, earlier) || isMounted(text, deployment)) continue
      const lost = { what: 'starter', name, script: undefined } as const
      const here = via.findIndex((label) => label.span.source === span.source)
      const labels = here === -1 ? via : via.slice(0, here)
      found.set(`${span.source.path}:${span.start}`, {
        lost,
        span,
        via: labels,
        during: 'start',
      })
    }
  }
  return [...found.values()]
}

/** Programs that no small distribution has and that are in packages of known names; `nc` of BusyBox is on Alpine. */
const tools = /^(nc|ncat|pg_isready|psql|curl|wget|jq|envsubst|redis-cli|mysql|mysqladmin|locale-gen|make)$/

/** The programs that steps call and cannot do without, and that their image does not have then: each once. */
export function toolsIn(
  steps: readonly Step[],
  stage: BuiltStage,
  during: LostProgram['during'],
  deployment: Deployment,
  { dockerfile, args }: Build,
): readonly LostProgram[] {
  const found = new Map<string, LostProgram>()
  for (const step of steps) {
    const { command, runs, mayFail, span, via, shells: running } = step
    if (command.kind !== 'program' || runs !== 'always' || mayFail || running.at(-1)?.then === 'beside') continue
    const { name } = command
    if (!tools.test(name) || found.has(name) || command.argv[0]?.includes('/')) continue
    const before = during === 'build' ? step.id : undefined
    if (programThere(name, dockerfile, stage, args, before) !== 'no' || isMounted(`/usr/bin/${name}`, deployment))
      continue
    if (
      isNamedAt(
        name,
        lineageOf(stage).flatMap((one) => one.steps),
      )
    )
      continue
    const { source, start } = span
    const head = source.text.startsWith(name, start) ? spanOf(source, start, start + name.length) : span
    const isAwaited = /\b(until|while\s+!)\s+$/.test(source.text.slice(Math.max(0, start - 20), start))
    found.set(name, { lost: { what: 'tool', name, script: undefined, isAwaited }, span: head, via, during })
  }
  return [...found.values()]
}

/** Whether a step names a file that is called so: `curl -o /usr/local/bin/jq`. */
const isNamedAt = (name: string, steps: readonly Step[]): boolean =>
  steps.some(
    ({ command }) => command.kind === 'program' && command.argv.some((arg) => arg?.endsWith(`/${name}`) === true),
  )
