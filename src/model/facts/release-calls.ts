import { posix } from 'node:path'
import type { Guard } from '../../languages/shell/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import { type Known, known, unknown, unset } from '../../text/known.ts'
import { oncePerPair } from '../../text/once.ts'
import { type Span, textOf } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { releaseCommands } from '../follow/script-file.ts'
import type { Project } from '../project/project.ts'
import { releasesIn } from '../stage-files/releases.ts'
import { type Step, writtenAt } from '../stage-files/step.ts'
import { commandsOf, hooksOf } from './migrations.ts'

/** A call of a file that should lie in the release. */
export interface ReleaseCall {
  /** Absolute in the image. */
  readonly path: string | undefined
  /** The command: `start`; unset where none is given. */
  readonly verb: Known<string>
  readonly args: readonly string[]
  readonly span: Span
  readonly via: readonly Label[]
  readonly certain: boolean
  /** Whether something in view runs it. */
  readonly isStarted: boolean
  /** Whether nobody knows in which folder it runs, as in a script that nothing puts into the image. */
  readonly isGuessed: boolean | undefined
}

/** What a container calls at its start and for its health, and what the overlays of its release call. */
export const releaseCallsOf = oncePerPair((project: Project, deployment: Deployment): readonly ReleaseCall[] => {
  const { start, health, release } = deployment
  const steps = [...start, ...health.flatMap((probe) => probe.steps)].flatMap(callOf)
  const seen = new Set(steps.map(({ span }) => placeOf(span)))
  const overlays = release ? hooksOf(project, release).flatMap((source) => callsIn(source, deployment)) : []
  return [...steps, ...overlays.filter(({ span }) => !seen.has(placeOf(span)))]
})

const placeOf = ({ source, start }: Span) => `${source.path}:${start}`

/**
 * Whether a condition asks if what `call` calls is there, or can be run: `[ -f ./before.sh ]`, `command -v migrate`, or
 * `[ -x "$HOOK" ]` before `"$HOOK"`.
 */
const asksForFile = (guards: readonly Guard[], path: string, call: Span): boolean =>
  guards.some(({ commands, negated }) =>
    commands.some(({ words }) => {
      const literals = words.map(({ literal, span }) => literal ?? textOf(span))
      const asks = literals.some((word) => /^(-[efrsxL]|-v|which|type|hash)$/.test(word))
      const isMeant = (word: string) =>
        posix.basename(word) === posix.basename(path) || (word.includes('$') && textOf(call).includes(word))
      return !negated && asks && !literals.includes('!') && literals.some(isMeant)
    }),
  )

const notWritten = unknown('the command is not written there')

const verbOf = (isGiven: boolean, text: string | undefined): Known<string> =>
  isGiven ? (text ? known(text) : notWritten) : unset()

function callOf(step: Step): readonly ReleaseCall[] {
  const { command, isPassedBy } = step
  if (isPassedBy || (command.kind !== 'release' && command.kind !== 'program')) return []
  const called = command.kind === 'release' ? command.path : command.argv[0]
  if (called !== undefined && asksForFile(step.guards, called, step.span)) return []
  const { span, via } = writtenAt(step)
  const certain = step.runs === 'always'
  const isGuessed = step.isAstray || (via.length > 0 && step.shells.every(({ file }) => file?.source !== span.source))
  if (command.kind === 'release') {
    // What is written, since the words of an overlay that is not in view are made up.
    const isWritten = textOf(span).includes(command.command) || !releaseCommands.test(command.command)
    const verb = command.isBare ? unset() : isWritten ? known(command.command) : notWritten
    return [{ path: command.path, verb, args: command.args, span, via, certain, isStarted: true, isGuessed }]
  }
  const path = command.argv[0]
  if (!path?.startsWith('/')) return []
  const [, verb, ...args] = command.argv
  return [
    {
      path,
      verb: verbOf(command.argv.length > 1, verb),
      args: args.map((arg) => arg ?? ''),
      span,
      via,
      certain,
      isStarted: true,
      isGuessed,
    },
  ]
}

/** The calls of `./my_app …` in an overlay, which lies in the folder that it has in `rel/overlays`; who runs it is not in view. */
function callsIn(source: Parameters<typeof commandsOf>[0], { release, ships }: Deployment): readonly ReleaseCall[] {
  const inside = /(?:^|\/)rel\/overlays\/(.*)$/.exec(source.path)?.[1]
  const placed = ships && releasesIn(ships.files).find((one) => one.release === release)
  if (inside === undefined || placed === undefined) return []
  return commandsOf(source).flatMap(({ words, span, certain, guards }): readonly ReleaseCall[] => {
    const [program, verb = '', ...args] = words
    if (asksForFile(guards, program ?? '', span)) return []
    if (!program || !releaseCommands.test(verb) || !/^\.\/[\w-]+$/.test(program)) return []
    const path = posix.resolve(placed.target, posix.dirname(inside), program)
    const given = { verb: known(verb), args: args.map((arg) => arg ?? '') }
    return [{ path, ...given, span, via: [], certain, isStarted: false, isGuessed: false }]
  })
}
