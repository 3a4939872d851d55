import type { Span } from '../../../text/source.ts'
import { capitalized } from '../syntax/module-name.ts'
import { decidedBy, decidingBy } from '../values/decision.ts'
import { callIdentity, type IdentityPart, longestKey } from '../values/identity.ts'
import { inspectValue } from '../values/inspect.ts'
import { isOpen } from '../values/map.ts'
import { findOpen, resolve, resolveAll, unknownFrom } from '../values/one-of.ts'
import { sizeOf } from '../values/size.ts'
import { typeTest } from '../values/type-tests.ts'
import { ElixirError, raise, type StdEntry, undefinedFunction, undefinedModule } from '../values/types.ts'
import { isAtom, isBoolean, unknownValue, type Value, withTrail } from '../values/value.ts'
import { appModule, inApp } from './app-modules.ts'
import { contextAt } from './context.ts'
import { asking } from './deciding.ts'
import { applyScript } from './define.ts'
import { environmentFunctions, fromEnvironment } from './environment.ts'
import { askException } from './exceptions.ts'
import { decide, settle, settled, Undecided } from './fork.ts'
import { freshChoice, note, type Scope, spend, weigh } from './machine.ts'
import { operate } from './operators.ts'
import { emptyStruct } from './structs.ts'

/** Calls a function value. */
export function callFunction(fun: Value, args: readonly Value[], scope: Scope, span: Span): Value {
  const { version } = scope.machine
  if (fun.kind === 'unknown') return unknownFrom([fun], 'any')
  if (fun.kind !== 'function')
    return raise('BadFunctionError', `expected a function, got: ${inspectValue(fun, version)}`)
  if (fun.arity !== args.length) {
    const given = args.map((arg) => inspectValue(arg, version)).join(', ')
    const count =
      args.length === 0 ? 'no arguments' : `${args.length} argument${args.length === 1 ? '' : 's'} (${given})`
    return raise('BadArityError', `${inspectValue(fun, version)} with arity ${fun.arity} called with ${count}`)
  }
  return weigh(scope.machine, span, fun.run(args, contextAt(scope, span)))
}

/** `Module.name(args)`; `module` in full without `Elixir.`, erlang's with its colon. */
export function callModule(module: string, name: string, args: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const key = `${module}.${name}/${args.length}`
  const defined = machine.state.modules.get(module)
  if (defined && name === '__struct__' && args.length <= 1) {
    const made = emptyStruct(module, scope)
    if (made) return made
  }
  if (defined) return applyScript(defined, name, args, scope, span, true)
  const own = appModule(machine, module)
  if (own) return inApp(machine, span, own, `${module}.${name}`, () => applyScript(own, name, args, scope, span, true))
  if (args.length === 1 && args[0] && (name === 'exception' || name === 'message')) {
    const answer = askException(module, name, args[0], scope, span)
    if (answer) return answer
  }
  if ((module === 'Mix' || module.startsWith('Mix.')) && !machine.input.mixAvailable)
    return missingModule(module, key, machine.version)
  const builtin = environmentFunctions[key] ?? machine.own.functions[key]
  if (builtin)
    return located(span, () =>
      settle(scope, span, () =>
        builtin(
          args.map((arg) => resolve(machine.state.decided, arg)),
          scope,
          span,
        ),
      ),
    )
  if ((module === 'Kernel' || module === 'Bitwise') && args.length <= 2 && /^[-+*/<>=!&|]/.test(name))
    return located(span, () => operate(name, args, scope, span))
  if (machine.library.hasModule(module)) return callStandard(key, args, scope, span)
  const { isNowhere, otherModules } = machine.input
  // `Shop.repo` calls a function of `Shop`, whatever was meant.
  const meant = args.length === 0 ? `${module}.${capitalized(name)}` : undefined
  if (otherModules === 'absent' || isNowhere?.(module, meant) || (meant !== undefined && isNowhere?.(meant)))
    return missingModule(module, key, machine.version)
  return unknownModule(module, name, args, scope, span)
}

function missingModule(module: string, key: string, version: string): never {
  const [major = 1, minor = 0] = version.split('.').map(Number)
  const hint =
    major > 1 || minor >= 15
      ? '. Make sure the module name is correct and has been specified in full (or that an alias has been defined)'
      : ''
  return undefinedModule(module, key, module.startsWith(':') ? '' : hint)
}

function unknownModule(module: string, name: string, args: readonly Value[], scope: Scope, span: Span): Value {
  const why = `\`${module}\` is not part of the script`
  // Every module tells its name.
  note(scope.machine, span, why, name === '__info__' ? 'unknown' : 'foreign-call')
  tryClosures(args, scope, span)
  return unknownValue(why, 'any', undefined, callIdentity(`${module}.${name}`, args.map(partOf)))
}

/** Calls a function of the standard library, once for every way in which open choices in its arguments may turn out. */
export function callStandard(key: string, args: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const entry = machine.library.find(key)
  if (entry) return located(span, () => settle(scope, span, () => runEntry(key, entry, args, scope, span)))
  if (machine.library.exports(key, machine.version) === 'no') {
    return located(span, () => undefinedFunction(key))
  }
  const why = `\`${key}\` is not modelled`
  note(machine, span, why)
  tryClosures(args, scope, span)
  return unknownValue(why, 'any', undefined, callIdentity(key, args.map(partOf)))
}

function runEntry(key: string, entry: StdEntry, given: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const args = given.map((arg, index) => {
    if (entry.opaque?.includes(index)) return resolve(machine.state.decided, arg)
    return entry.lazy ? settled(machine, arg) : resolveAll(machine.state.decided, arg)
  })
  const needed = args.filter((_, index) => !entry.opaque?.includes(index))
  const tested = typeTest(key, args)
  if (tested) return fromArguments(key, tested, args)
  const variable = fromEnvironment(key, args, scope, span)
  if (variable) return variable
  const open = needed.filter((arg) => (entry.lazy ? arg.kind === 'unknown' : isOpen(arg)))
  if (open.length > 0) {
    for (const arg of open) {
      const choice = findOpen(arg)
      if (choice?.kind === 'oneOf') throw new Undecided(choice.choice, choice.values.length, choice.why)
    }
    tryClosures(args, scope, span)
    return unknownFrom(open, entry.gives ?? 'any', callIdentity(key, args.map(partOf)))
  }
  spend(machine, 1 + (args.reduce((size, arg) => size + sizeOf(arg), 0) >> 5))
  const { answer, labels } = asking(machine, () => entry.run(args, contextAt(scope, span)))
  return decidedBy(fromArguments(key, answer, args), labels)
}

/**
 * What a function gave with the trail of what it was given. A value that it made comes from its arguments; one that it
 * only chose among them (`Map.get`) was decided by the others.
 */
function fromArguments(key: string, result: Value, args: readonly Value[]): Value {
  if (result.kind === 'function') return result
  const others = args.filter((arg) => arg !== result)
  if (args.some((arg) => isInside(result, arg))) return decidedBy(result, decidingBy(others, true))
  if (others.length < args.length) return decidedBy(result, decidingBy(others, false))
  const decides = isBoolean(result) ? decidingBy(args, isAtom(result, 'true') !== (key === 'Kernel.is_nil/1')) : []
  if (decides.length > 0) return decidedBy(result, decides)
  const trail = args.flatMap((arg) => arg.trail ?? []).filter((label) => !(result.trail ?? []).includes(label))
  return trail.length > 0 ? withTrail(result, trail.slice(0, 6)) : result
}

/** Whether a value stands in a list, a tuple or a map as it is. */
const isInside = (value: Value, container: Value): boolean =>
  container.kind === 'list' || container.kind === 'tuple'
    ? container.items.some((item) => item === value || (item.kind === 'tuple' && item.items.includes(value)))
    : container.kind === 'map' && container.entries.some(([, item]) => item === value)

/** A function that is given to what we cannot follow may run or not: it is tried once, for what it sets and where it may stop. */
function tryClosures(args: readonly Value[], scope: Scope, span: Span): void {
  for (const fun of args) {
    if (fun.kind !== 'function' || fun.external) continue
    const choice = freshChoice(scope.machine, span)
    const why = 'the function may be called or not'
    settle(scope, span, () => {
      const outcome = decide(scope.machine, choice, 2, why)
      const inputs: readonly Value[] = Array.from({ length: fun.arity }, () => ({ kind: 'unknown', why, type: 'any' }))
      return outcome === 0 ? fun : callFunction(fun, inputs, scope, span)
    })
  }
}

/** What is the same for equal values; undefined where that takes too long or cannot be said. */
export function partOf(value: Value): IdentityPart | undefined {
  if (value.kind === 'unknown') return value.id
  if (value.kind === 'function') return value.external ? { of: 'text', key: value.name } : undefined
  if (isOpen(value) || sizeOf(value) > longestKey) return undefined
  const key = inspectValue(value, '1.14.0')
  return key.length > 200 || key.includes('...') ? undefined : { of: 'text', key }
}

/** Runs `run`; an error that has no place yet gets this one. */
export function located(span: Span, run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    if (error instanceof ElixirError && !error.crash.span) throw new ElixirError({ ...error.crash, span })
    throw error
  }
}
