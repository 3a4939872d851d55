import type { Known, Maybe } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import type { FunctionValue, UnknownType, Value } from './value.ts'

/**
 * A function of the standard library. Unless it is `lazy`, its arguments hold no `unknown` and no `oneOf` at any depth
 * (function values apart). It never sees `absent`. It throws ElixirError, by `raise`, and nothing else.
 */
export type StdFunction = (args: readonly Value[], context: CallContext) => Value

export interface StdEntry {
  readonly run: StdFunction
  /**
   * The function copes with unknown and oneOf values *inside* its arguments, such as `Keyword.get`, `Map.put`,
   * `Enum.map`. Still no argument is `unknown` or `oneOf` at its top, except those whose index is in `opaque`.
   */
  readonly lazy?: true
  /** Indexes of arguments that may be `unknown` or `oneOf` at their top, because they are only handed on. */
  readonly opaque?: readonly number[]
  /** What the result surely is when an argument is unknown (`any` where absent). */
  readonly gives?: UnknownType
}

/** Functions by `Module.name/arity`, erlang's with a colon: `String.to_integer/1`, `Kernel.length/1`, `:inet.parse_address/1`. */
export type StdTable = Readonly<Record<string, StdFunction | StdEntry>>

/**
 * What `stdlib/index.ts` exports as `standardLibrary`. The evaluator itself owns: operators (also as `Kernel.+/2`),
 * special forms and macros (`if`, `case`, `raise`, `in`, `then/2`, `tap/2`, `match?/2`, `put_in/2`, sigils …),
 * `Config.*`, `Mix.*`, `Code.*` that load files, and the environment: `System.get_env`, `fetch_env`, `fetch_env!`, `put_env`,
 * `delete_env`, `:os.getenv` … Everything else is looked up here, `Kernel` functions too (`to_string/1`, `is_nil/1`, `get_in/2`, `put_in/3`, `inspect/1` …).
 */
export interface StandardLibrary {
  find(key: string): StdEntry | undefined
  /** Whether `module` (`String`, `:inet`) belongs to Elixir's or Erlang's own libraries that a release always has. */
  hasModule(module: string): boolean
  /** Whether the function or macro exists there. */
  exports(key: string, elixirVersion: string): Maybe
}

export interface CallContext {
  /** Where the function is called. */
  readonly span: Span
  /** Such as `1.14.0`. */
  readonly elixirVersion: string
  /** Calls a function value, or `[module, name]` by an MFA. Errors pass through. */
  call(fun: FunctionValue, args: readonly Value[]): Value
  /** `apply(module, name, args)`; module and name are atoms' names (`Elixir.String`, `trim`). */
  apply(module: string, name: string, args: readonly Value[]): Value
  /** The environment variable as it stands now. */
  env(name: string): Known<string>
  putEnv(name: string, value: string | undefined): void
  /** All variables; `unknown` where more may be set than we know of. */
  allEnv(): Known<ReadonlyMap<string, string>>
  /** A file by its path, relative to the working directory or absolute: its text, unset where it surely is not there. */
  readFile(path: string): Known<string>
  exists(path: string): Known<boolean>
  /** The directory that relative paths and `Path.expand/1` start from. */
  readonly workingDirectory: string
  /** Whether the scripts mention the atom, so that it surely exists. */
  knowsAtom(name: string): boolean
  /** The value as this branch has it, without an open choice at its top: a lazy function asks before it looks inside. */
  settled(value: Value): Exclude<Value, { kind: 'oneOf' }>
  /** Whether Elixir takes the value for true; forks the evaluation where that is not known. */
  isTrue(value: Value): boolean
  /** Spends `steps` of the budget. Call it with the size of what a loop goes over. */
  tick(steps: number): void
}

/** How a script stops: `kind` and `type` as Elixir names them, the message as `Exception.message/1` gives it. */
export interface Crash {
  readonly kind: 'error' | 'throw' | 'exit'
  /** `ArgumentError`, `System.EnvError` …; empty for a throw or an exit. */
  readonly type: string
  readonly message: string
  /** What is missing, where a crash comes of that. */
  readonly cause?: CrashCause
  /** Set by the evaluator where the function that raises does not. */
  readonly span?: Span
  /** The exception's own fields besides `message`, or under `value` what was thrown. */
  readonly fields: Readonly<Record<string, Value>>
}

/** What a script stops for that calls, imports or loads what is not there. */
export type CrashCause =
  /** A function of a module by its `Module.name/arity`; `hasModule`: the module is there. */
  | { readonly kind: 'no-function'; readonly key: string; readonly hasModule: boolean }
  /** A function that is called by its name alone, as `name/arity`. */
  | { readonly kind: 'no-import'; readonly key: string }
  | { readonly kind: 'no-module'; readonly module: string }
  /** A script that is loaded or imported, by its absolute path. */
  | { readonly kind: 'no-file'; readonly path: string }

/** A raised Elixir exception, throw or exit on its way through the evaluator. It is no Error, whose stack trace takes time. */
export class ElixirError {
  readonly crash: Crash
  constructor(crash: Crash) {
    this.crash = crash
  }
}

/** Raises the exception `type`. */
export function raise(type: string, message: string, fields: Crash['fields'] = {}): never {
  throw new ElixirError({ kind: 'error', type, message, fields })
}

/** That there is no function `Module.name/arity`; `more` is what Elixir adds. */
export const noFunction = (key: string, more: string, hasModule = true): Crash => ({
  kind: 'error',
  type: 'UndefinedFunctionError',
  message: `function ${key} is undefined${more}`,
  cause: { kind: 'no-function', key, hasModule },
  fields: {},
})

/** Raises UndefinedFunctionError for `Module.name/arity`. */
export function undefinedFunction(key: string, more = ' or private'): never {
  throw new ElixirError(noFunction(key, more))
}

/** Raises CompileError for a function `name/arity` that is called by its name alone; `place` is what Elixir puts before it. */
export function noImport(key: string, place = '', span?: Span): never {
  throw new ElixirError({
    kind: 'error',
    type: 'CompileError',
    message: `${place}undefined function ${key} (there is no such import)`,
    cause: { kind: 'no-import', key },
    fields: {},
    ...(span ? { span } : {}),
  })
}

/** Raises UndefinedFunctionError for a function of a module that is not there; `hint` is what Elixir adds. */
export function undefinedModule(module: string, key: string, hint = ''): never {
  throw new ElixirError(noFunction(key, ` (module ${module} is not available)${hint}`, false))
}

/** `errors were found at the given arguments` as Erlang's functions report it. `position` is one-based. */
export function badArgument(position: number, why: string): never {
  raise(
    'ArgumentError',
    `errors were found at the given arguments:\n\n  * ${ordinals[position - 1] ?? `${position}th`} argument: ${why}\n`,
  )
}

const ordinals = ['1st', '2nd', '3rd']

/** Raises FunctionClauseError for `Module.name/arity`. */
export function noClause(key: string): never {
  raise('FunctionClauseError', `no function clause matching in ${key}`)
}
