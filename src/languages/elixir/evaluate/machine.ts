import type { Known, TrailLabel } from '../../../text/known.ts'
import type { Source, Span } from '../../../text/source.ts'
import type { Aliases } from '../syntax/aliases.ts'
import type { CallNode } from '../syntax/ast.ts'
import type { FunctionDefinition } from '../syntax/modules.ts'
import { type Choice, choiceAt } from '../values/identity.ts'
import { isTooLarge, sizeOf } from '../values/size.ts'
import type { Crash, StandardLibrary } from '../values/types.ts'
import { boundValue, type UnknownType, type Value } from '../values/value.ts'
import type { ConfigInput } from './input.ts'

/** A condition that had to hold for something to happen. */
export interface ConfigGuard {
  readonly span: Span
  readonly why: string
}

/** One place that reads an environment variable. */
export interface EnvironmentRead {
  readonly name: string
  readonly span: Span
  /** The script stops where the variable is not set. */
  readonly required: boolean
  /** What is used instead of an unset variable, as far as the call says so. */
  readonly default?: Value
  /** The conditions, none of them known, under which it is read. */
  readonly guards: readonly ConfigGuard[]
  readonly value: Known<string>
}

/** One `config` call's part in a key: `path` is the app and the keys below, down to what is no keyword list. */
export interface ConfigWrite {
  readonly path: readonly string[]
  readonly value: Value
  /** Where the value or its key stands, the call where that is not in it. */
  readonly span: Span
  readonly call: Span
  readonly guards: readonly ConfigGuard[]
}

/** Something that could not be known, or a file that could not be read well. */
export interface Note {
  readonly span: Span
  readonly why: string
  /** `bound`: what is there is too much to be followed; `foreign-call`: code is called that is out of view, or cannot be followed. */
  readonly kind: 'unknown' | 'bound' | 'foreign-call'
}

/** A stop of the script, `certain` or under conditions that we do not know (`maybe`). */
export interface ScriptCrash {
  readonly error: Crash & { readonly span: Span }
  readonly certainty: 'certain' | 'maybe'
  readonly guards: readonly ConfigGuard[]
  /** The variable that is not set where the script stops here; it goes on where it is. */
  readonly missing?: string
}

/** A module that the script defines. */
export interface ScriptModule {
  readonly name: string
  readonly functions: readonly FunctionDefinition[]
  readonly scope: Scope
  /** Fields with defaults, for a struct or exception. */
  readonly fields?: readonly (readonly [string, Value])[]
  readonly isException: boolean
  /** It gets functions from elsewhere, by `use` or macros. */
  readonly open: boolean
  /** The attributes as they stood at each `def`. */
  readonly attributesAt: ReadonlyMap<Span, ReadonlyMap<string, Value>>
}

/** What changes while a script runs and is different on the branches of an unknown condition. Replaced, never changed. */
export interface State {
  readonly config: Value
  /** Variables that the script set (nil: deleted). */
  readonly environment: ReadonlyMap<string, Value>
  /** Outcomes of choices that this branch takes for given, by the keys of the choices. */
  readonly decided: ReadonlyMap<string, number>
  readonly counter: number
  readonly modules: ReadonlyMap<string, ScriptModule>
  readonly required: ReadonlySet<string>
  readonly guards: readonly ConfigGuard[]
  readonly applications: ReadonlyMap<string, Value>
}

/** A function that does more than give a value: it changes the config, loads a file, stops. */
export type OwnFunction = (args: readonly Value[], scope: Scope, span: Span) => Value

/** What scripts of config have besides the standard library. */
export interface OwnWords {
  /** By `Module.name/arity`. */
  readonly functions: Readonly<Record<string, OwnFunction>>
  /** `config :app, key: value` */
  readonly config: (node: CallNode, scope: Scope) => Value
}

/** One run of a script. */
export interface Machine {
  readonly input: ConfigInput
  readonly version: string
  readonly library: StandardLibrary
  readonly own: OwnWords
  state: State
  steps: number
  /** What `steps` may come to. */
  limit: number
  /** Where the script calls the app's code that runs. */
  site: Span | undefined
  /** Calls of functions around this one. */
  depth: number
  /** `try … rescue` around this one. */
  tries: number
  /** The places that decided that this code runs. */
  deciding: readonly TrailLabel[]
  /** The places that the script has asked about, to choose its way. */
  readonly asked: TrailLabel[]
  readonly reads: EnvironmentRead[]
  readonly writes: ConfigWrite[]
  readonly notes: Note[]
  readonly crashes: ScriptCrash[]
  readonly imported: string[]
  /** Files that are being loaded, the innermost last. */
  readonly loading: string[]
  /** Atoms that the scripts mention, which therefore exist. */
  readonly atoms: Set<string>
}

/** Where an expression is evaluated. A scope inside is a copy, so that what it binds does not leak. */
export interface Scope {
  readonly machine: Machine
  readonly source: Source
  /** The file's path as the script sees it. */
  readonly path: string
  variables: ReadonlyMap<string, Value>
  aliases: Aliases
  /** Full names of imported modules, the newest first. */
  imports: readonly string[]
  /** Modules whose macros can be called by their full names. */
  required: ReadonlySet<string>
  readonly module?: string
  attributes?: ReadonlyMap<string, Value>
}

/** The budget or the stack is spent: the rest of the script cannot be known. */
export class Exhausted extends Error {}

/** The budget of a script. */
export const allSteps = 200_000
/** The budget of a script that has spent all of one before. */
export const fewSteps = 2_000
const allDepth = 150

/** Spends steps of the budget. */
export function spend(machine: Machine, steps: number): void {
  machine.steps += steps
  if (machine.steps > machine.limit) throw new Exhausted('it takes too many steps')
}

/** Stands for a value that is too large to go through, and says so. */
export function tooLarge(machine: Machine, span: Span, type?: UnknownType): Value {
  const why = 'the value is too large to follow'
  note(machine, span, why, 'bound')
  return boundValue(why, type)
}

/** How many parts of a value cost one step when it is looked at, as a power of two. */
const partsOfStep = 7

/**
 * Takes a value that the script has worked out: its size is spent, since whatever is done to it goes through it. What is
 * too large to go through is not known from here on.
 */
export function weigh(machine: Machine, span: Span, value: Value): Value {
  if (isTooLarge(value)) return tooLarge(machine, span)
  if (value.kind === 'unknown' && value.bound) note(machine, span, value.why, 'bound')
  spend(machine, sizeOf(value) >> partsOfStep)
  return value
}

/** Runs `run` with at most `steps` of what is left of the budget. */
export function limited(machine: Machine, steps: number, run: () => Value): Value {
  const { limit } = machine
  machine.limit = Math.min(limit, machine.steps + steps)
  try {
    return run()
  } finally {
    machine.limit = limit
  }
}

/** Runs the body of a function; the depth of calls is limited. */
export function enter(machine: Machine, run: () => Value): Value {
  if (machine.depth >= allDepth) throw new Exhausted('its calls are nested too deep')
  machine.depth++
  try {
    return run()
  } finally {
    machine.depth--
  }
}

/** A scope inside of `scope`: what it binds does not leak. */
export const inner = (scope: Scope): Scope => ({ ...scope })

/** Adds variables to a scope. */
export function bind(scope: Scope, bindings: ReadonlyMap<string, Value>): void {
  if (bindings.size === 0) return
  spend(scope.machine, scope.variables.size >> 4)
  scope.variables = new Map([...scope.variables, ...bindings])
}

/** A choice that nothing else tells apart. The same again when a branch is run again. */
export function freshChoice(machine: Machine, span: Span): Choice {
  machine.state = { ...machine.state, counter: machine.state.counter + 1 }
  return choiceAt(span, machine.state.counter)
}

/** Says once that something is not known; of a limit of ours, at the first place where it was reached. */
export function note(machine: Machine, span: Span, why: string, kind: Note['kind'] = 'unknown'): void {
  if (
    machine.notes.some(
      (known) =>
        known.why === why &&
        (kind === 'bound' || (known.span.start === span.start && known.span.source === span.source)),
    )
  )
    return
  if (machine.notes.length < 200) machine.notes.push({ span, why, kind })
}
