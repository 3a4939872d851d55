import { expandKnown } from '../../languages/dockerfile/expand.ts'
import { type BuildArgs, globalVariables } from '../../languages/dockerfile/globals.ts'
import { variablesAt } from '../../languages/dockerfile/scope.ts'
import { baseOf, baseStageOf } from '../../languages/dockerfile/stages.ts'
import type {
  CopyInstruction,
  Dockerfile,
  Instruction,
  RunInstruction,
  Stage,
} from '../../languages/dockerfile/types.ts'
import { hidden, unreadFrom } from '../../text/damage.ts'
import { type Span, textOf } from '../../text/source.ts'
import { runCommandLine } from '../follow/command-line.ts'
import { follow } from '../follow/follow.ts'
import { type Frame, newBudget, newShell, type StageDraft, step, type World } from '../follow/frame.ts'
import { type CopyScope, folderAt, writesOfCopy } from '../stage-files/copy.ts'
import { realPath } from '../stage-files/locate.ts'
import { moved } from '../stage-files/paths.ts'
import type { Lookup, Step } from '../stage-files/step.ts'
import type { Context, Dangling, Effort, StageFiles, Write } from '../stage-files/types.ts'
import { finish, newEffort } from '../stage-files/write-index.ts'
import { withAssumedRelease } from './assumed-release.ts'
import type { Build, BuiltStage, NamedContexts } from './built-stage.ts'
import { distributionsOf } from './distribution.ts'
import { type Caches, mounted, secretVariables, unmount } from './mount.ts'
import { stageForgotten, stageMeant } from './stage-meant.ts'

/** Follows every instruction of `dockerfile` in its order, without executing anything. */
export function buildOf(
  dockerfile: Dockerfile,
  context: Context,
  args: BuildArgs,
  world: World,
  contexts: NamedContexts = new Map(),
): Build {
  const stages: BuiltStage[] = []
  const steps: Step[] = []
  const budget = newBudget(dockerfile.instructions.length)
  const caches: Caches = new Map()
  const effort = newEffort(dockerfile.instructions.length)
  const making = { dockerfile, context, args, world, contexts, stages, steps, budget, effort, caches }
  for (const stage of dockerfile.stages) stages.push(builtStage(stage, making))
  return { dockerfile, args, context, stages, steps }
}

interface StageMaking {
  readonly dockerfile: Dockerfile
  readonly context: Context
  readonly args: BuildArgs
  readonly world: World
  readonly stages: readonly BuiltStage[]
  readonly steps: Step[]
  readonly budget: Frame['budget']
  readonly effort: Effort
  readonly contexts: NamedContexts
  readonly caches: Caches
}

/** Which program `sh` is, by the image at the root of a stage: what the images of Debian, Ubuntu and Alpine have. */
function shOf(stage: Stage, making: StageMaking): Frame['sh'] {
  const { dockerfile, args } = making
  const parent = baseStageOf(dockerfile, stage, args)
  if (parent) return shOf(parent, making)
  const image = expandKnown(stage.base.text, globalVariables(dockerfile, args), dockerfile.escape)
  const families = image.kind === 'known' ? distributionsOf(image.value).map(({ family }) => family) : []
  if (families.length === 0) return undefined
  if (families.every((family) => family === 'debian' || family === 'ubuntu')) return 'dash'
  return families.every((family) => family === 'alpine') ? 'busybox' : undefined
}

function builtStage(stage: Stage, making: StageMaking): BuiltStage {
  const { dockerfile, context, world } = making
  const parent = baseStageOf(dockerfile, stage, making.args)
  const base = parent && making.stages[parent.index]
  const draft: StageDraft = { base: base?.files ?? filesOfImage(stage, making), writes: [], effort: making.effort }
  const steps: Step[] = []
  const sources: BuiltStage[] = []
  let { cwd, user, shell, entrypoint, cmd, healthcheck } = base ?? startOfImage

  const dangling: Dangling[] = []
  const dangles = (one: Dangling) => dangling.push(one)
  const stageAt = (name: string, span: Span, path?: string): Stage | undefined => {
    if (making.contexts.has(name)) return undefined
    const { stage: meant, dangles: isLost } = stageMeant(dockerfile, name, stage, making.stages, path)
    if (isLost) dangles({ kind: 'stage', span, name, near: meant?.name ?? meant?.index.toString() })
    return meant
  }
  const image = expandKnown(stage.base.text, globalVariables(dockerfile, making.args), dockerfile.escape)
  const isPartial = [...stage.base.text.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => !hasValue(name, making))
  if (image.kind === 'known' && image.value !== '' && !isPartial) stageAt(image.value, stage.base.span)
  const filesFrom = (reference: string, path: string, at: Span) => {
    if (making.contexts.has(reference)) return making.contexts.get(reference)
    // Docker refuses it, of which the reader of the Dockerfile tells; most likely a FROM is gone between them.
    if (stage.name === reference.toLowerCase()) return { ...draft, writes: [...draft.writes] }
    const named = stageAt(reference, at, path)
    const built = named && making.stages[named.index]
    if (built && !sources.includes(built)) sources.push(built)
    return built && withAssumedRelease(built, path, { id: making.steps.length, span: at }, world)
  }
  const lookupAt = (instruction: Instruction): Lookup => variablesAt(dockerfile, instruction, making.args)
  const scopeAt = (instruction: Instruction): CopyScope => ({
    cwd,
    escape: dockerfile.escape,
    context,
    lookup: lookupAt(instruction),
    files: draft,
    filesFrom,
    dangles,
  })
  const sh = shOf(stage, making)
  const frameAt = (instruction: Instruction): Frame => ({
    world,
    context,
    stage: stage.index,
    draft,
    shell: newShell(cwd),
    sh,
    env: lookupAt(instruction),
    via: [],
    runs: 'always',
    mayFail: false,
    depth: 0,
    budget: making.budget,
    emit(made) {
      const step = { ...made, id: making.steps.length }
      making.steps.push(step)
      steps.push(step)
      return step
    },
    follow,
  })

  const withStage = (copy: CopyInstruction): CopyInstruction => {
    const forgotten = stageForgotten(copy, scopeAt(copy), world.tree, making.stages)
    if (!forgotten) return copy
    dangles({ kind: 'stage', span: forgotten.span, name: '', near: forgotten.stage, path: forgotten.path })
    return { ...copy, from: { text: forgotten.stage, span: forgotten.span } }
  }
  const apply = (instruction: Instruction) => {
    switch (instruction.keyword) {
      case 'WORKDIR': {
        const path = expandKnown(instruction.word.text, lookupAt(instruction), dockerfile.escape)
        cwd = moved(cwd, path)
        if (!cwd.doubt) draft.writes.push(folderAt(realPath(draft, cwd.path), instruction.span))
        break
      }
      case 'USER':
        user = instruction.word
        break
      case 'SHELL':
        shell = instruction.argv.map((word) => word.text)
        break
      case 'COPY':
      case 'ADD':
        draft.writes.push(...writesOfCopy(withStage(instruction), scopeAt(instruction)))
        break
      case 'RUN':
        runInstruction(instruction, shell, frameAt(instruction), scopeAt(instruction), making.caches)
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
  for (const inherited of base?.stage.instructions ?? []) {
    if (inherited.keyword !== 'ONBUILD') continue
    if (making.budget.left-- > 0) apply(inherited.trigger)
    else draft.writes.push(notFollowed(stage.from))
  }
  for (const instruction of stage.instructions) apply(instruction)

  const last = stage.instructions.at(-1) ?? stage.from
  if (stage.unread) {
    const { unread } = stage
    const why = unreadFrom(unread)
    step(frameAt(last), { kind: 'unknown', text: textOf(unread.span), why }, unread.span)
    draft.writes.push({ kind: 'unknown', target: '/', cause: { span: unread.span, runs: 'always' }, why })
    const nothing = { user: undefined, shell: undefined, entrypoint: undefined, cmd: undefined, healthcheck: undefined }
    const unknown = hidden(unread)
    const somewhere = { path: cwd.path, doubt: unknown }
    finish(draft)
    return { ...nothing, stage, base, files: draft, steps, cwd: somewhere, env: () => unknown, sources, dangling }
  }
  const env: Lookup = variablesAt(dockerfile, last, making.args, 'env-after')
  const start = { user, shell, entrypoint, cmd, healthcheck, env }
  finish(draft)
  return { stage, base, files: draft, steps, cwd, ...start, sources, dangling }
}

/** Whether a variable of a FROM has a value that is in view. */
function hasValue(name: string, { dockerfile, args }: StageMaking): boolean {
  const value = globalVariables(dockerfile, args)(name)
  return value.kind === 'known' && value.value !== ''
}

const notFollowed = ({ span }: Instruction): Write => ({
  kind: 'unknown',
  target: '/',
  cause: { span, runs: 'always' },
  why: 'there are too many ONBUILD instructions to follow',
})

/** What is known of the files of the image that a stage starts from: those of a named context, and that ONBUILD copies. */
function filesOfImage(stage: Stage, { dockerfile, args, contexts }: StageMaking): StageFiles | undefined {
  const base = baseOf(dockerfile, stage, args)
  const image = base.kind === 'image' && base.image.kind === 'known' ? base.image.value : undefined
  const named = image === undefined ? undefined : contexts.get(image)
  if (named || image === 'scratch') return named
  const cause = { span: stage.base.span, runs: 'always' } as const
  const why = `ONBUILD of \`${image}\` brings what is not here`
  const brings = image !== undefined && /onbuild/.test(image)
  return { base: undefined, writes: brings ? [{ kind: 'unknown', target: '/', cause, why }] : [], isImage: true }
}

const startOfImage: Pick<BuiltStage, 'cwd' | 'user' | 'shell' | 'entrypoint' | 'cmd' | 'healthcheck'> = {
  cwd: { path: '/' },
  user: undefined,
  shell: undefined,
  entrypoint: undefined,
  cmd: undefined,
  healthcheck: undefined,
}

function runInstruction(
  instruction: RunInstruction,
  shell: BuiltStage['shell'],
  frame: Frame,
  scope: CopyScope,
  caches: Caches,
): void {
  const cause = { span: instruction.span, runs: 'always' } as const
  const first = frame.draft.writes.length
  const mounts = instruction.mounts.map((mount) => {
    const made = mounted(mount, cause, scope, caches)
    frame.draft.writes.push(...made.writes)
    return made
  })
  const secrets = secretVariables(instruction.mounts)
  const env: Lookup = (name) => secrets.get(name) ?? frame.env(name)
  runCommandLine(instruction.command, shell, secrets.size > 0 ? { ...frame, env } : frame)
  unmount(mounts, frame.draft, first)
}
