import { type Span, wholeOf } from '../../../text/source.ts'
import { appModule } from '../evaluate/app-modules.ts'
import { applyScript } from '../evaluate/define.ts'
import { settle, Undecided } from '../evaluate/fork.ts'
import type { ConfigInput } from '../evaluate/input.ts'
import {
  allSteps,
  type ConfigWrite,
  type EnvironmentRead,
  Exhausted,
  fewSteps,
  type Machine,
  type Note,
  note,
  type Scope,
  type ScriptCrash,
} from '../evaluate/machine.ts'
import { standardLibrary } from '../stdlib/index.ts'
import { inspectAtom, inspectValue } from '../values/inspect.ts'
import { isKeyword, pairKey } from '../values/map.ts'
import { mapAlternatives, resolveAll } from '../values/one-of.ts'
import { relativeTo } from '../values/paths.ts'
import { ElixirError, raise } from '../values/types.ts'
import { atom, list, unknownValue, type Value } from '../values/value.ts'
import { evaluateConfigCall } from './config-call.ts'
import { decidedForOneKey } from './for-one-key.ts'
import { runScript } from './load.ts'
import { moduleFunctions } from './own-functions.ts'

/** What a config script does. */
export interface ConfigRun {
  /** The keyword list of applications. Keys that may be absent are a `oneOf` with `absent`; see `configAt`. */
  readonly config: Value
  /** The absolute paths of imported files, the entry first. */
  readonly imported: readonly string[]
  readonly outcome: ConfigOutcome
  /** Where the script may stop under conditions that we do not know. */
  readonly possibleCrashes: readonly ScriptCrash[]
  readonly reads: readonly EnvironmentRead[]
  readonly writes: readonly ConfigWrite[]
  readonly notes: readonly Note[]
}

export type ConfigOutcome =
  | { readonly kind: 'ok' }
  | ({ readonly kind: 'crash' } & ScriptCrash)
  | { readonly kind: 'unknown'; readonly span: Span; readonly why: string }

/** Runs a config script as Elixir's `Config.Reader` does. Needs `loadElixir`. Never throws. */
export function evaluateConfig(input: ConfigInput): ConfigRun {
  const machine = newMachine(input)
  const path = `${input.directory}/${input.entry.path.split('/').at(-1) ?? ''}`
  machine.imported.push(path)
  const outcome = runAll(machine, path)
  return {
    config: decidedForOneKey(resolveAll(machine.state.decided, machine.state.config), machine.writes),
    imported: machine.imported,
    outcome,
    possibleCrashes: machine.crashes,
    reads: machine.reads,
    writes: machine.writes,
    notes: machine.notes,
  }
}

/** What `init/2` of a module of the app's code makes of its config. */
export interface InitRun {
  readonly config: Value
  readonly reads: readonly EnvironmentRead[]
}

/** Calls `init(:supervisor, config)` of a module, at `span`; undefined where it cannot be followed to its `{:ok, config}`. */
export function evaluateInit(input: ConfigInput, name: string, config: Value, span: Span): InitRun | undefined {
  const machine = newMachine(input)
  const module = appModule(machine, name)
  if (module === undefined) return undefined
  machine.site = span
  try {
    const scope: Scope = { ...module.scope, machine }
    const result = settle(scope, span, () =>
      applyScript(module, 'init', [atom('supervisor'), config], scope, span, true),
    )
    const made = mapAlternatives(result, initialised)
    return isKeyword(made) || made.kind === 'oneOf' ? { config: made, reads: machine.reads } : undefined
  } catch (error) {
    const isOurs = error instanceof ElixirError || error instanceof Exhausted || error instanceof Undecided
    if (!isOurs && !(error instanceof RangeError)) throw error
    return undefined
  }
}

/** What stands in `{:ok, config}`. */
function initialised(result: Value): Value {
  const [tag, config] = result.kind === 'tuple' && result.items.length === 2 ? result.items : []
  const isDone = tag?.kind === 'atom' && tag.name === 'ok' && config?.kind === 'list'
  return isDone ? config : unknownValue('`init/2` cannot be followed')
}

function newMachine(input: ConfigInput): Machine {
  return {
    input,
    version: input.elixirVersion ?? '1.14.0',
    library: standardLibrary,
    own: { functions: moduleFunctions, config: evaluateConfigCall },
    state: {
      config: list([]),
      environment: new Map(),
      decided: new Map(),
      counter: 0,
      modules: new Map(),
      required: new Set(),
      guards: [],
      applications: new Map(),
    },
    steps: 0,
    limit: input.exhausting?.has(input.entry) ? fewSteps : allSteps,
    site: undefined,
    depth: 0,
    tries: 0,
    deciding: [],
    asked: [],
    reads: [],
    writes: [],
    notes: [],
    crashes: [],
    imported: [],
    loading: [],
    atoms: new Set(),
  }
}

function runAll(machine: Machine, path: string): ConfigOutcome {
  const { entry } = machine.input
  try {
    acceptReturned(runScript(entry, path, machine), machine, path)
    return { kind: 'ok' }
  } catch (error) {
    if (error instanceof ElixirError) {
      const place = error.crash.span ?? wholeOf(entry)
      // Of a script that cannot be read nobody knows what it configures.
      if (error.crash.type === 'SyntaxError')
        machine.state = { ...machine.state, config: unknownValue(error.crash.message, 'list') }
      return { kind: 'crash', error: { ...error.crash, span: place }, certainty: 'certain', guards: [] }
    }
    const spent = error instanceof Exhausted || error instanceof Undecided
    if (!spent && !(error instanceof RangeError)) throw error
    const why = spent ? error.message : 'it is nested too deep'
    machine.input.exhausting?.add(entry)
    note(machine, wholeOf(entry), why, 'bound')
    machine.state = { ...machine.state, config: unknownValue(why, 'list') }
    return { kind: 'unknown', span: wholeOf(entry), why }
  }
}

/** A script that configures nothing may give its config as its last value, as in the days of sys.config. */
function acceptReturned(value: Value, machine: Machine, path: string): void {
  const { config } = machine.state
  if (config.kind !== 'list' || config.items.length > 0 || config.tail || value.kind !== 'list') return
  for (const item of value.items) {
    const app = pairKey(item)
    const settings = item.kind === 'tuple' ? item.items[1] : undefined
    if (app === undefined || !settings) continue
    if (!isKeyword(settings)) {
      const file = relativeTo(path, machine.input.workingDirectory)
      const shown = inspectValue(settings, machine.version)
      raise(
        'ArgumentError',
        `expected config for app ${inspectAtom(app)} in ${file} to return keyword list, got: ${shown}`,
      )
    }
  }
  machine.state = { ...machine.state, config: value }
}
