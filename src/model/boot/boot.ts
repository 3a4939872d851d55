import { posix } from 'node:path'
import { configAt, mergeConfigs } from '../../languages/elixir/config-merge.ts'
import type { ConfigWrite, EnvironmentRead, ScriptCrash } from '../../languages/elixir/machine.ts'
import { type ConfigRun, evaluateConfig } from '../../languages/elixir/run.ts'
import { list, type Value } from '../../languages/elixir/value.ts'
import { type Known, known, unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { locate } from '../build/files.ts'
import type { World } from '../build/frame.ts'
import type { Lookup } from '../build/step.ts'
import type { Deployment } from '../deployment.ts'
import type { Code } from '../phoenix/code.ts'
import { type Endpoint, endpointsOf } from './endpoint.ts'
import { environmentAtBoot } from './environment.ts'

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
  readonly reads: readonly (EnvironmentRead & { readonly during: Phase })[]
  readonly writes: readonly (ConfigWrite & { readonly during: Phase })[]
  readonly endpoints: readonly Endpoint[]
  /** The environment that reaches runtime.exs. */
  readonly environment: (name: string) => Known<string>
  /** The boot as it would be with `name` set to `value`. */
  readonly given: (name: string, value: string) => Boot | undefined
  /** The boot as it would be if the build had `name` set to `value`. */
  readonly givenAtBuild: (name: string, value: string) => Boot | undefined
  /** Why the config may be other than this: a config provider of the app's own. */
  readonly doubt: string | undefined
}

export type Phase = 'build' | 'boot'

type Undecided = Omit<Deployment, 'boot'>

const empty = list([])

/** Evaluates the config of a deployment; undefined where none is in view. */
export function bootOf(
  deployment: Undecided,
  world: World,
  code: Code,
  given: ReadonlyMap<string, string> = new Map(),
  givenAtBuild: ReadonlyMap<string, string> = new Map(),
): Boot | undefined {
  const { app, release, build: image, runs, server } = deployment
  if (app === undefined) return undefined
  const mix = runs === 'mix'
  const project = release?.project ?? server?.cwd ?? '/app'
  const files = release?.files ?? deployment.ships?.files
  const fileAt = (path: string): Known<Source> => {
    const origin = files && image ? locate(files, path, release?.before).origin : undefined
    const inTree = posix.join(app.folder, posix.relative(project, path))
    if (origin?.kind === 'absent' || origin?.kind === 'removed') return unset()
    const source = world.sourceAt(origin?.kind === 'context' ? origin.path : inTree)
    return source ? known(source) : unset()
  }
  const environment = withGiven(environmentAtBoot(deployment, world), given)
  const elixirVersion = '1.18.4'
  const evaluate = (name: string, phase: Phase) => {
    const path = posix.join(project, 'config', name)
    const entry = fileAt(path)
    if (entry.kind !== 'known') return undefined
    const atStart = phase === 'boot' || mix
    const configEnv = release?.mixEnv ?? (server?.command.kind === 'mix' ? server.command.mixEnv : undefined) ?? 'prod'
    return evaluateConfig({
      entry: entry.value,
      directory: phase === 'boot' && !mix ? '/app/releases/0.1.0' : posix.dirname(path),
      workingDirectory: project,
      file: fileAt,
      kind: phase === 'build' ? 'build' : 'runtime',
      configEnv,
      environment: { get: atStart ? environment : withGiven(buildEnvironment(deployment), givenAtBuild) },
      mixAvailable: phase === 'build' || mix,
      otherModules: 'unknown',
      elixirVersion,
    })
  }
  const build = evaluate('config.exs', 'build')
  const runtime = evaluate('runtime.exs', 'boot') ?? evaluate('releases.exs', 'boot')
  if (build === undefined && runtime === undefined) return undefined
  const config = mergeConfigs(build?.config ?? empty, runtime?.config ?? empty)
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
    settled: [build, runtime].every((run) => run === undefined || run.outcome.kind === 'ok'),
    crashes: phased(crashesOf),
    reads: phased((run) => run.reads),
    writes: phased((run) => run.writes),
    endpoints: endpointsOf(code, app, at, config, mix),
    environment,
    given: (name, value) => bootOf(deployment, world, code, new Map([...given, [name, value]]), givenAtBuild),
    givenAtBuild: (name, value) => bootOf(deployment, world, code, given, new Map([...givenAtBuild, [name, value]])),
    doubt: app.ownProviders ? 'mix.exs names `config_providers`' : undefined,
  }
}

const crashesOf = ({ outcome, possibleCrashes }: ConfigRun): readonly ScriptCrash[] => [
  ...(outcome.kind === 'crash' ? [{ error: outcome.error, certainty: outcome.certainty, guards: outcome.guards }] : []),
  ...possibleCrashes,
]

const withGiven =
  (lookup: Lookup, given: ReadonlyMap<string, string>): Lookup =>
  (name) => {
    const value = given.get(name)
    return value === undefined ? lookup(name) : known(value)
  }

/** The environment of the step that assembles the release. What neither ENV nor ARG gives is not there. */
function buildEnvironment(deployment: Undecided): (name: string) => Known<string> {
  const { release, dockerfile } = deployment
  const declared = new Set(
    dockerfile?.instructions.flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG' ? instruction.pairs.map((pair) => pair.name) : [],
    ),
  )
  return (name) => {
    const value = release?.step.env(name)
    if (value === undefined) return unset()
    return value.kind === 'unknown' && !declared.has(name) ? unset(value.trail) : value
  }
}
