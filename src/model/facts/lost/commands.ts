import { posix } from 'node:path'
import type { Label } from '../../../text/diagnostic.ts'
import type { Span } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { locate } from '../../stage-files/locate.ts'
import { below } from '../../stage-files/paths.ts'
import { releasesIn } from '../../stage-files/releases.ts'
import type { Lost, Step } from '../../stage-files/step.ts'
import type { Release } from '../../stage-files/types.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf, mixInImage } from '../../stages/mix-there.ts'
import { stagesBehind } from '../assets.ts'
import { isDoubtful, isMounted, isOnAnotherMachine, mayBeMadeElsewhere } from './brought.ts'
import { isKnownImage } from './known-image.ts'
import { interpretersIn, type LostInterpreter, startersIn, toolsIn } from './programs.ts'

/** A command that calls what is not there. */
export interface LostCommand {
  readonly lost: Lost | LostInterpreter
  readonly span: Span
  readonly via: readonly Label[]
  readonly during: 'build' | 'start' | 'check'
  readonly deployment: Deployment
  /** Whether nothing out of view can have brought it. */
  readonly sure: boolean
  /** Whether the script goes on without it: in a substitution, a pipe or the background. */
  readonly isPassedOver?: boolean
  /** A file of that name in the build context. */
  readonly inContext: string | undefined
}

/** The commands of a deployment's build and start that call what nothing in view has brought. */
export function lostCommandsOf(deployment: Deployment): readonly LostCommand[] {
  const { build, ships, hooks, start, health } = deployment
  if (build === undefined || ships === undefined) return []
  // Without what the image was most likely meant to have.
  const asBuilt = build.stages.find(({ stage }) => stage === ships.stage) ?? ships
  const built = [...stagesBehind(ships)].flatMap((stage) =>
    stage.steps.flatMap((step) => lostIn(step, stage, 'build', deployment, build)),
  )
  return [
    ...built.filter(
      ({ lost }, at) => lost.what !== 'file' || built.findIndex((one) => one.lost.name === lost.name) === at,
    ),
    ...[...deployment.lost, ...hooks].flatMap((step) => lostIn(step, asBuilt, 'start', deployment, build)),
    ...deployment.health
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.lost?.what === 'program' ? lostIn(step, asBuilt, 'check', deployment, build) : [])),
    ...[
      ...[...stagesBehind(ships)].flatMap((stage) => toolsIn(stage.steps, stage, 'build', deployment, build)),
      ...interpretersIn([...start, ...hooks, ...health.flatMap(({ steps }) => steps)], asBuilt, build),
      ...startersIn([...start, ...hooks], asBuilt, deployment, build),
      ...toolsIn([...start, ...hooks], asBuilt, 'start', deployment, build),
    ].map((one) => ({ ...one, deployment, sure: true, inContext: undefined })),
  ]
}

function lostIn(
  step: Step,
  stage: BuiltStage,
  during: LostCommand['during'],
  deployment: Deployment,
  build: Build,
): readonly LostCommand[] {
  const lost = step.lost ?? releaseLost(step, stage)
  const isPassedOver = step.mayFail && lost?.what === 'program' && step.shells.at(-1)?.then === 'beside'
  if (lost === undefined || step.runs !== 'always' || (step.mayFail && !isPassedOver)) return []
  const word = /^(app|task)$/.test(lost.what) ? undefined : step.word
  const span = word ?? step.span
  const via = word ? [...step.via, { span: step.span, text: 'it is called here' }] : step.via
  const found = { lost, span, via, during, deployment }
  if (isPassedOver) return [{ ...found, sure: saysWhere(span), isPassedOver, inContext: undefined }]
  if (lost.what !== 'file') return [{ ...found, sure: true, inContext: undefined }]
  if (during === 'start' && isMounted(lost.name, deployment)) return []
  // What a release should hold is another matter, and where it lies.
  if (releasesIn(stage.files).some(({ target, release }) => isOfRelease(lost.name, target, release))) return []
  const earlier = lineageOf(stage)
    .flatMap(({ steps }) => steps)
    .filter(({ id, stage: of }) => during === 'start' || of !== step.stage || id < step.id)
  if (isDoubtful(lost.name, earlier) || isOnAnotherMachine(lost.name, stage)) return []
  if (mayBeMadeElsewhere(lost.name, stage, build)) return []
  const name = posix.basename(lost.name)
  const isProject = step.command.kind === 'mix'
  if (isProject && mayBeCopied(lost.name, stage)) return []
  const inContext = isProject
    ? undefined
    : build.context.filesUnder(build.context.root).find((path) => posix.basename(path) === name)
  const sure =
    isKnownImage(stage, build) &&
    (inContext !== undefined ||
      isProject ||
      step.command.kind === 'release' ||
      !isOfSystem(lost.name) ||
      isOfNobody(lost.name, stage, build))
  return sure || inContext !== undefined ? [{ ...found, sure, inContext }] : []
}

/** Whether what stands at `at` says to which folder a script goes, which then is the wrong one: `cd "$(dirname "$0")"`. */
const saysWhere = ({ source, start }: Span): boolean =>
  /(^|[\s;&|(])cd\s[^\n;|&]*(\$\(|`)\s*$/.test(source.text.slice(Math.max(0, start - 80), start))

/** Whether a COPY, of which not all is known, may have been meant to bring a file to a folder that is not of the context. */
const mayBeCopied = (path: string, stage: BuiltStage): boolean =>
  locate(stage.files, posix.dirname(path)).origin.kind !== 'context' &&
  lineageOf(stage).some((one) => one.stage.instructions.some(({ keyword }) => /^(COPY|ADD)$/.test(keyword)))

/** A call of a release's script where no release was put anywhere. */
function releaseLost({ command }: Step, { files }: BuiltStage): Lost | undefined {
  if (command.kind !== 'release' || !command.path.startsWith('/') || releasesIn(files).length > 0) return undefined
  return /^(absent|removed)$/.test(locate(files, command.path).origin.kind)
    ? { what: 'file', name: command.path }
    : undefined
}

const isOfRelease = (path: string, target: string, { name }: Release): boolean =>
  !path.includes('$') &&
  (below(target, path) !== undefined || ['server', 'migrate', name].some((one) => path.endsWith(`/bin/${one}`)))

/** Folders into which packages put their programs. */
const isOfSystem = (path: string): boolean =>
  /^\/(usr\/)?(s?bin|lib\w*|libexec|share)\/|^\/(etc|opt|nix|snap)\//.test(path) || !/\.\w+$|^\/app\//.test(path)

/** Whether no package puts its programs into a folder, which the images of distributions have empty (FHS 3.0, 4.9). */
const isOfNobody = (path: string, stage: BuiltStage, { dockerfile, args }: Build): boolean =>
  path.startsWith('/usr/local/') && mixInImage(dockerfile, lineageOf(stage).at(-1) ?? stage, args) === 'no'
