import type { Label } from '../../text/diagnostic.ts'
import { type Known, known, unknown, unset } from '../../text/known.ts'
import { oncePer } from '../../text/once.ts'
import type { Span } from '../../text/source.ts'
import { expandKnown, type KnownLookup } from './expand.ts'
import { type BuildArgs, globalVariables, noBuildArgs, valueOfArg } from './globals.ts'
import { baseOf } from './stages.ts'
import type { ArgInstruction, Dockerfile, Instruction, Pair, Stage } from './types.ts'

export type { BuildArgs } from './globals.ts'

/** A variable of an image's environment, and the ENV that sets it last. */
export interface ImageVariable {
  readonly value: Known<string>
  readonly span: Span
  readonly trail: readonly Label[]
}

/** `before`: what an instruction sees. `env-after`: what a container of the image as it is after the instruction sees. */
export type View = 'before' | 'env-after'

/** A value that holds from the instruction after `at` on. */
interface VariableChange {
  readonly at: number
  readonly value: Known<string>
  /** Of ENV; absent for ARG, which is not in the image. */
  readonly pair?: Pair
}

interface StageScope {
  /** What the stage starts from: another stage's scope, or what is known of an image. */
  readonly base: StageScope | KnownLookup
  /** Per name, in order of `at`. */
  readonly changes: ReadonlyMap<string, readonly VariableChange[]>
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * What is known of the variables at `instruction`. FROM and what stands before it see the global ARGs; in a stage those
 * only count where an `ARG` repeats their name. Stages inherit from the stage they start from. Of ARG and ENV with the
 * same name, the later counts while the image is built, as in BuildKit 0.34, and ENV in the image.
 * What neither sets is unknown, since the image may, and unset in `scratch`.
 */
export function variablesAt(
  dockerfile: Dockerfile,
  instruction: Instruction,
  buildArgs: BuildArgs = noBuildArgs,
  view: View = 'before',
): KnownLookup {
  const scope = instruction.stage === undefined ? undefined : scopesOf(dockerfile, buildArgs)[instruction.stage]
  if (!scope) return globalVariables(dockerfile, buildArgs)
  if (view === 'env-after') return (name) => inImage(scope, name, instruction.index + 1)
  return instruction.keyword === 'FROM'
    ? globalVariables(dockerfile, buildArgs)
    : (name) => inBuild(scope, name, instruction.index)
}

/** The environment of `stage` as ENV instructions leave it, its own and inherited ones, in the order of first setting. */
export function environmentOf(
  dockerfile: Dockerfile,
  stage: Stage,
  buildArgs: BuildArgs = noBuildArgs,
): ReadonlyMap<string, ImageVariable> {
  const variables = new Map<string, ImageVariable>()
  const scopes: StageScope[] = []
  let scope: StageScope | KnownLookup | undefined = scopesOf(dockerfile, buildArgs)[stage.index]
  for (; typeof scope === 'object'; scope = scope.base) scopes.push(scope)
  for (const { changes: ofStage } of scopes.reverse()) {
    const last = [...ofStage].flatMap(([name, changes]) => {
      const change = changes.findLast(({ pair }) => pair)
      const first = changes.find(({ pair }) => pair)
      return change?.pair && first?.pair ? [{ name, change, span: change.pair.span, order: first.pair.span.start }] : []
    })
    for (const { name, change, span } of last.sort((one, other) => one.order - other.order)) {
      variables.set(name, { value: change.value, span, trail: change.value.trail })
    }
  }
  return variables
}

function inBuild(scope: StageScope, name: string, before: number): Known<string> {
  const changed = lastBefore(scope.changes.get(name), before)
  if (changed) return changed.value
  for (let base = scope.base; ; base = base.base) {
    if (typeof base === 'function') return base(name)
    const changes = base.changes.get(name)
    const env = changes?.findLast(({ pair }) => pair)
    const change = env ?? changes?.at(-1)
    if (change) return change.value
  }
}

function inImage(scope: StageScope, name: string, before: number): Known<string> {
  for (let base: StageScope | KnownLookup = scope; ; base = base.base) {
    if (typeof base === 'function') return base(name)
    const change = base.changes.get(name)?.findLast(({ at, pair }) => pair && (base !== scope || at < before))
    if (change) return change.value
  }
}

function lastBefore(changes: readonly VariableChange[] | undefined, before: number): VariableChange | undefined {
  let low = 0
  let high = changes?.length ?? 0
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes?.[middle]?.at ?? 0) < before) low = middle + 1
    else high = middle
  }
  return changes?.[low - 1]
}

const caches = new WeakMap<Dockerfile, WeakMap<BuildArgs, readonly StageScope[]>>()

function scopesOf(dockerfile: Dockerfile, buildArgs: BuildArgs): readonly StageScope[] {
  const cache = caches.get(dockerfile) ?? new WeakMap<BuildArgs, readonly StageScope[]>()
  caches.set(dockerfile, cache)
  const found = cache.get(buildArgs)
  if (found) return found
  const scopes: StageScope[] = []
  for (const stage of dockerfile.stages) {
    const base = baseOf(dockerfile, stage, buildArgs)
    const parent = base.kind === 'stage' ? scopes[base.stage.index] : undefined
    scopes.push(
      scopeOf(
        dockerfile,
        stage,
        parent ?? imageVariables(stage, base.kind === 'image' ? base.image : unset()),
        buildArgs,
      ),
    )
  }
  cache.set(buildArgs, scopes)
  return scopes
}

function imageVariables(stage: Stage, image: Known<string>): KnownLookup {
  const trail = [{ span: stage.base.span, text: 'the image that it starts from' }]
  const name = image.kind === 'known' ? image.value : stage.base.text
  if (name === 'scratch') return (variable) => (variable === 'PATH' ? known(defaultPath, trail) : unset(trail))
  if (plainImage.test(name)) {
    return (variable) =>
      ownNames.test(variable) ? unknown(`the image \`${name}\` sets \`${variable}\``, trail) : unset(trail)
  }
  return (variable) => unknown(`the image \`${name}\` may set \`${variable}\``, trail)
}

/** Images of which it is known what they set: a path, a locale and versions. */
const plainImage =
  /^(?:docker\.io\/)?(?:(?:library\/)?(?:elixir|erlang|debian|ubuntu|alpine)|hexpm\/(?:elixir|erlang))(?:[:@]|$)/
const ownNames = /^(?:PATH|HOME|HOSTNAME|USER|PWD|LANG|LC_\w+|\w+_VERSION)$/

function scopeOf(dockerfile: Dockerfile, stage: Stage, base: StageScope['base'], buildArgs: BuildArgs): StageScope {
  const changes = new Map<string, VariableChange[]>()
  const scope = { base, changes }
  const globals = globalVariables(dockerfile, buildArgs)
  const now: KnownLookup = (name) => inBuild(scope, name, Number.POSITIVE_INFINITY)
  const set = (name: string, change: VariableChange) => {
    const before = changes.get(name)
    if (before) before.push(change)
    else changes.set(name, [change])
  }
  const apply = (instruction: Instruction, at: number) => {
    if (instruction.keyword === 'ENV') {
      const values = instruction.pairs.map((pair) => valuesOfEnv(dockerfile, pair, now))
      for (const { name, value, pair } of values) set(name, { at, value, pair })
    } else if (instruction.keyword === 'ARG') {
      for (const pair of instruction.pairs) {
        const value = valueOfArg(pair, buildArgs, now, dockerfile) ?? inherited(pair, globals, now)
        if (value) set(pair.name, { at, value })
      }
    }
  }
  for (const trigger of triggersOf(dockerfile, stage, buildArgs)) apply(trigger, stage.from.index)
  for (const instruction of stage.instructions) apply(instruction, instruction.index)
  return scope
}

function valuesOfEnv(
  dockerfile: Dockerfile,
  pair: Pair,
  lookup: KnownLookup,
): { readonly name: string; readonly value: Known<string>; readonly pair: Pair } {
  const name = expandKnown(pair.name, lookup, dockerfile.escape)
  const value = expandKnown(pair.value ?? '', lookup, dockerfile.escape)
  const text = name.kind === 'known' ? name.value : pair.name
  const label = { span: pair.span, text: `\`${text}\` is set here` }
  const isEmpty = value.kind === 'known' && value.value === ''
  const trail = isEmpty ? [label, ...unseenArgs(dockerfile, pair)] : [...value.trail, label]
  const isSet = value.kind === 'unknown' ? { isSet: true as const } : {}
  return { name: text, value: { ...value, ...isSet, trail }, pair }
}

/** The ARGs before the first FROM that a pair uses as if its stage had them. */
function unseenArgs({ globalArgs }: Dockerfile, { value = '' }: Pair): readonly Label[] {
  const used = new Set([...value.matchAll(/\$\{?(\w+)/g)].flatMap(([, name]) => name ?? []))
  return [...used]
    .flatMap((name) => byName(globalArgs).get(name) ?? [])
    .map(({ name, span }) => ({ span, text: `this \`ARG ${name}\` is no part of a stage that does not repeat it` }))
}

const byName = oncePer(
  (args: readonly ArgInstruction[]): ReadonlyMap<string, Pair> =>
    new Map(args.flatMap(({ pairs }) => pairs.map((pair) => [pair.name, pair]))),
)

/** The value of a bare `ARG name`: that of the global ARG. Where there is none, what the name had before stays. */
function inherited(pair: Pair, globals: KnownLookup, now: KnownLookup): Known<string> | undefined {
  const value = globals(pair.name)
  const label = { span: pair.span, text: `\`${pair.name}\` is taken into the stage here` }
  if (value.kind !== 'unset') return { ...value, trail: [...value.trail, label] }
  const before = now(pair.name)
  if (before.kind === 'known') return undefined
  const bare = { span: pair.span, text: `\`${pair.name}\` is declared here without a value` }
  return unset([...value.trail, bare])
}

/** The instructions that the stage's base has it run first. */
function triggersOf(dockerfile: Dockerfile, stage: Stage, buildArgs: BuildArgs): readonly Instruction[] {
  const base = baseOf(dockerfile, stage, buildArgs)
  if (base.kind === 'image') return []
  return base.stage.instructions.flatMap((instruction) =>
    instruction.keyword === 'ONBUILD' ? [instruction.trigger] : [],
  )
}
