import { posix } from 'node:path'
import { isUnder } from '../../files/folders.ts'
import { evaluatedOnce } from '../../languages/elixir/config/evaluate-once.ts'
import type { ConfigRun } from '../../languages/elixir/config/run.ts'
import { configAt, mergeConfigs } from '../../languages/elixir/evaluate/config-merge.ts'
import type { ConfigInput } from '../../languages/elixir/evaluate/input.ts'
import type { ConfigWrite, EnvironmentRead, Note, ScriptCrash } from '../../languages/elixir/evaluate/machine.ts'
import { list, type Value } from '../../languages/elixir/values/value.ts'
import { type Known, known } from '../../text/known.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, sameSpan } from '../../text/source.ts'
import type { Container } from '../container/container.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import { dependsOn } from '../phoenix/mix.ts'
import type { Versions } from '../phoenix/versions.ts'
import { nowhereIn } from './absent-module.ts'
import { type Endpoint, endpointsOf } from './endpoint.ts'
import { environmentAtBoot } from './environment.ts'
import { initsOf } from './inits.ts'
import { isBare, isUnread, type LostConfig, mendedRun, runAsFarAsSeen } from './lost-config.ts'
import { otherReleaseTool, type ReleaseTool, startScripts } from './release-tool.ts'
import { scriptFiles } from './script-files.ts'
import { buildEnvironment, knownIn, undecided, withGiven } from './variables.ts'
import { versionsOf } from './versions.ts'

/** The config of a deployment as the applications see it when they start, and how it came about. */
export interface Boot {
  /** config.exs and what it imports, as `mix release` (or Mix at the start) evaluates it. */
  readonly build: ConfigRun | undefined
  /** runtime.exs, as the release evaluates it at its start. */
  readonly runtime: ConfigRun | undefined
  /** Both merged, as `Config.Reader.merge` does. */
  readonly config: Value
  /** The place of the config's value at `path`, such as `['my_app', 'Elixir.MyAppWeb.Endpoint', 'server']`. */
  readonly at: (...path: readonly string[]) => Value | undefined
  /** Whether every script ran to its end, so that `config` is what the applications see. */
  readonly settled: boolean
  /** What certainly or possibly stops the build or the boot. */
  readonly crashes: readonly (ScriptCrash & { readonly during: Phase })[]
  /** The config scripts that are not there; all else is as if they were. */
  readonly lost: readonly LostConfig[]
  readonly reads: readonly BootRead[]
  readonly writes: readonly (ConfigWrite & { readonly during: Phase })[]
  readonly endpoints: readonly Endpoint[]
  /** The environment that reaches runtime.exs. */
  readonly environment: (name: string) => Known<string>
  /** The boot as it would be with `name` set to `value`, or not set. */
  readonly given: (name: string, value: string | undefined) => Boot | undefined
  /** The boot as it would be if the build had these variables as well. */
  readonly givenAtBuild: (variables: ReadonlyMap<string, string>) => Boot | undefined
  /**
   * The boot as it would be if anything that is not set might be: a script that stops at the first missing variable does
   * not show what it would have read after it.
   */
  readonly opened: () => Boot | undefined
  /**
   * The boot as it would go on behind whatever surely stops its scripts, where what stops them gives a value that is not
   * known; undefined where it cannot go on.
   */
  readonly past: () => Boot | undefined
  /** Whether what archives hold that is not in the tree is taken for nothing, so that more may be configured. */
  readonly isGuessed: boolean
  /** Why the config may be other than this: a config provider of the app's own. */
  readonly doubt: string | undefined
  readonly versions: Versions
  /** What assembles the release, if that is not Mix. */
  readonly tool: ReleaseTool | undefined
}

export type Phase = 'build' | 'boot'

/** A read of an environment variable, and when it happens. */
export type BootRead = EnvironmentRead & { readonly during: Phase }

/** How a boot differs from the one that the files describe: an experiment with the environment. */
export interface Variation {
  /** Variables at the start by name; undefined for one that is not set. */
  readonly atStart?: ReadonlyMap<string, string | undefined>
  /** Variables that the build has as well. */
  readonly atBuild?: ReadonlyMap<string, string>
  /** Whether anything that is not set might be. */
  readonly open?: boolean
  /** Where the scripts are known to stop, and go on nevertheless. */
  readonly past?: readonly Span[]
}

const empty = list([])

/** How many stops of a script are passed by. */
const mostStops = 12

/** Evaluates the config of a container; undefined where none is in view. */
export function bootOf(container: Container, variation: Variation = {}): Boot | undefined {
  const { app, release, runs, server, world, code, given: caller } = container
  const { atStart: changed = new Map(), atBuild: added = new Map(), open = false, past } = variation
  const but = (other: Variation) =>
    bootOf(container, { atStart: changed, atBuild: added, ...(past ? { past } : {}), ...other })
  if (app === undefined) return undefined
  const mix = runs === 'mix'
  const project = release?.project ?? server?.cwd ?? '/app'
  const files = scriptFiles(container, app, project)
  const atStart = withGiven(environmentAtBoot(container, caller?.only), changed)
  const environment = open ? undecided(atStart) : atStart
  const all = caller?.only && !open ? knownIn(new Map([...caller.atStart(container.service?.name)])) : undefined
  const versions = versionsOf(app, world, container.dockerfile)
  const atBuild = withGiven(buildEnvironment(container), added)
  const target = (mix ? environment : atBuild)('MIX_TARGET')
  const configEnv =
    caller?.mixEnv ??
    release?.mixEnv ??
    (server?.command.kind === 'mix' && server.command.mixEnv.kind === 'known' ? server.command.mixEnv.value : 'prod')
  const inputOf = (entry: Source, path: string, phase: Phase, compiled?: Value, atBuilding = files.atBuild) => {
    const isStart = phase === 'boot' || mix
    const inRelease = phase === 'boot' && !mix
    const fixed = isStart ? all : caller?.only ? knownIn(caller.atBuild) : undefined
    const input: ConfigInput = {
      entry,
      directory: inRelease ? files.versionFolder : posix.dirname(path),
      workingDirectory: inRelease ? (server?.cwd ?? files.release) : project,
      file: inRelease ? files.atStart : atBuilding,
      glob: files.glob,
      kind: phase === 'build' ? 'build' : 'runtime',
      configEnv,
      ...(target.kind === 'known' ? { configTarget: target.value } : {}),
      environment: { get: isStart ? environment : atBuild, ...(fixed ? { all: fixed } : {}) },
      mixAvailable: phase === 'build' || mix,
      otherModules: hasModules(world) ? 'unknown' : 'absent',
      isNowhere: nowhereIn(world)(code),
      ...(phase === 'boot' ? { module: moduleIn(code) } : {}),
      elixirVersion: versions.elixir,
      ...(compiled ? { compiled } : {}),
      exhausting: world.exhausting,
      ...(past ? { past } : {}),
    }
    return input
  }
  const evaluate = (name: string, phase: Phase, compiled?: Value, atBuilding = files.atBuild) => {
    const path = posix.join(project, 'config', name)
    const entry = phase === 'boot' && !mix && files.replaced ? known(files.replaced) : atBuilding(path)
    if (entry.kind !== 'known') return undefined
    return evaluatedOnce(inputOf(entry.value, path, phase, compiled, atBuilding), world.runs)
  }
  const readWith = (atBuild: typeof files.atBuild) =>
    mendedRun(container, app, project, atBuild, (file) => evaluate('config.exs', 'build', undefined, file), configEnv)
  const read = release?.config ? { run: release.config, lost: [] } : runAsFarAsSeen(files.atBuild, readWith)
  const { run: build } = read
  // What the build lacks for another environment it does not ask for.
  const lost = release?.isOfOtherEnv ? [] : read.lost
  const isGuessed =
    read.isGuessed === true || (container.build !== undefined && !isUnder(app.folder, container.build.context.root))
  const compiled = build && (build.outcome.kind === 'ok' || isUnread(build)) ? build.config : empty
  const isDescribed = world.sourceAt(posix.join(app.folder, 'rel/config.exs')) !== undefined
  const tool = mix ? undefined : otherReleaseTool(release, app, versions, isDescribed)
  const runtime = startScripts(mix, tool, versions)
    .map((name) => evaluate(name, 'boot', compiled))
    .find((run) => run !== undefined)
  if (
    build === undefined &&
    runtime === undefined &&
    !isBare(container, files.atBuild(posix.join(project, 'config/config.exs')))
  )
    return undefined
  const scripted = mergeConfigs(build?.config ?? empty, runtime?.config ?? empty)
  const inits = initsOf(code, app, scripted, ({ source }) => inputOf(source, project, 'boot', scripted))
  const config = inits.reduce((merged, { config: own }) => mergeConfigs(merged, own), scripted)
  const phased = <T extends object>(part: (run: ConfigRun) => readonly T[]) => [
    ...(build ? part(build).map((one) => ({ ...one, during: 'build' as const })) : []),
    ...(runtime ? part(runtime).map((one) => ({ ...one, during: 'boot' as const })) : []),
  ]
  const at = (...path: readonly string[]) => configAt(config, path)
  return {
    build,
    runtime,
    config,
    at,
    isGuessed,
    settled: [build, runtime].every((run) => run === undefined || run.outcome.kind === 'ok'),
    crashes: [
      ...lost.flatMap(({ crash }) => (crash ? [{ ...crash, during: 'build' as const }] : [])),
      ...phased(crashesOf),
    ],
    lost,
    reads: [
      ...phased((run) => run.reads),
      ...inits.flatMap(({ reads }) => reads.map((one) => ({ ...one, during: 'boot' as const }))),
    ],
    writes: phased((run) => run.writes),
    endpoints: endpointsOf(code, app, at, config, mix, inits),
    environment,
    given: (name, value) => but({ atStart: new Map([...changed, [name, value]]) }),
    givenAtBuild: (variables) => but({ atBuild: new Map([...added, ...variables]) }),
    opened: () => but({ open: true }),
    past: () => {
      const stops = [build, runtime].flatMap((run) => (run?.outcome.kind === 'crash' ? [run.outcome.error.span] : []))
      const isNew = stops.some((stop) => !past?.some((one) => sameSpan(one, stop)))
      if (!isNew || (past?.length ?? 0) > mostStops) return undefined
      const other = but({ past: [...(past ?? []), ...stops] })
      return other?.settled ? other : other?.past()
    },
    versions,
    tool,
    doubt: tool
      ? `${tool} makes the release, and may configure it when it starts`
      : dependsOn(app, 'conform') && app.unread === undefined
        ? 'Conform configures the release when it starts'
        : app.ownProviders
          ? 'mix.exs names `config_providers`'
          : runtime?.notes.some(mayConfigure)
            ? 'code elsewhere may set more'
            : isGuessed || [build, runtime].some((run) => run && isUnread(run))
              ? 'a script cannot be read'
              : undefined,
  }
}

/** Whether the config of a boot is what the applications see: its scripts come to their end, and nothing may change it then. */
export const isFollowed = (boot: Boot | undefined): boot is Boot => boot?.settled === true && boot.doubt === undefined

/** Whether a script calls code that cannot be followed for no value, and that sets config, by its name. */
function mayConfigure({ span: { source, start, end }, kind }: Note): boolean {
  if (kind !== 'foreign-call') return false
  const before = source.text.slice(0, start)
  const isAlone = /(^|\n)[ \t]*$/.test(before) && /^[ \t]*(\r?\n|$)/.test(source.text.slice(end))
  return isAlone && !/([=,([{|]|->|\|>|do:)\s*$/.test(before) && /config/i.test(source.text.slice(start, end))
}

const crashesOf = ({ outcome, possibleCrashes }: ConfigRun): readonly ScriptCrash[] => [
  ...(outcome.kind === 'crash' ? [{ error: outcome.error, certainty: outcome.certainty, guards: outcome.guards }] : []),
  ...possibleCrashes,
]

/** A module of the code that one file alone defines. */
const moduleIn = oncePer((code: Code) => {
  const seen = new Set<string>()
  const repeated = new Set(code.modules.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : [])))
  return (name: string) => (repeated.has(name) ? undefined : code.module(name))
})

/** Whether there are modules that a script could call: a folder with nothing but `config/` has none. */
const hasModules = ({ tree }: World): boolean =>
  tree.entries.some(({ path }) => /(^|\/)mix\.exs$|\.exs?$/.test(path) && !/(^|\/)config\//.test(path))
