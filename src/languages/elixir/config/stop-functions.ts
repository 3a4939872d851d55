import type { Span } from '../../../text/source.ts'
import { callFunction, callModule } from '../evaluate/apply.ts'
import { exceptionOf } from '../evaluate/exceptions.ts'
import { settled } from '../evaluate/fork.ts'
import type { OwnFunction, Scope } from '../evaluate/machine.ts'
import { calledName } from '../syntax/module-name.ts'
import { inspectValue } from '../values/inspect.ts'
import { structName } from '../values/map.ts'
import { unknownFrom } from '../values/one-of.ts'
import { badArgument, type Crash, ElixirError, raise, undefinedFunction } from '../values/types.ts'
import { nil, type Value } from '../values/value.ts'

/** Functions that stop the script, and `apply`. */
export const stopFunctions: Readonly<Record<string, OwnFunction>> = {
  'Kernel.apply/2': ([fun = nil, args = nil], scope, span) => {
    const given = settled(scope.machine, args)
    if (given.kind !== 'list')
      return given.kind === 'unknown' ? unknownFrom([given], 'any') : raise('ArgumentError', 'argument error')
    return callFunction(settled(scope.machine, fun), given.items, scope, span)
  },
  'Kernel.apply/3': ([module = nil, name = nil, args = nil], scope, span) => {
    const [target, called, given] = [module, name, args].map((value) => settled(scope.machine, value))
    if (target?.kind !== 'atom' && target?.kind !== 'unknown') badArgument(1, 'not an atom')
    if (target?.kind !== 'atom' || called?.kind !== 'atom' || given?.kind !== 'list')
      return unknownFrom([module, name, args], 'any')
    if (target.name === 'nil') return undefinedFunction(`nil.${called.name}/${given.items.length}`, '')
    return callModule(calledName(target.name), called.name, given.items, scope, span)
  },
  ':erlang.error/1': ([reason = nil], scope, span) => stop(erlangError(settled(scope.machine, reason), scope, span)),
  ':erlang.error/2': ([reason = nil], scope, span) => stop(erlangError(settled(scope.machine, reason), scope, span)),
  ':erlang.raise/3': ([kind = nil, reason = nil], scope, span) => {
    const [type, value] = [settled(scope.machine, kind), settled(scope.machine, reason)]
    if (type.kind === 'atom' && (type.name === 'exit' || type.name === 'throw'))
      return stop(stopped(type.name, value, scope))
    return stop(erlangError(value, scope, span))
  },
  ':erlang.throw/1': ([value = nil], scope) => stop(stopped('throw', value, scope)),
  ':erlang.exit/1': ([value = nil], scope) => stop(stopped('exit', value, scope)),
  'System.halt/0': (_, scope) => stop(stopped('exit', nil, scope)),
  'System.halt/1': ([value = nil], scope) => stop(stopped('exit', value, scope)),
  ':erlang.halt/1': ([value = nil], scope) => stop(stopped('exit', value, scope)),
  ':init.stop/1': ([value = nil], scope) => stop(stopped('exit', value, scope)),
}

function stop(crash: Crash): never {
  throw new ElixirError(crash)
}

const stopped = (kind: 'throw' | 'exit', value: Value, scope: Scope): Crash => ({
  kind,
  type: '',
  message: inspectValue(value, scope.machine.version),
  fields: { value },
})

/** Erlang's reasons that Elixir has exceptions for. */
function erlangError(reason: Value, scope: Scope, span: Span): Crash {
  if (structName(reason) !== undefined) return exceptionOf(reason, undefined, scope, span)
  const error = (type: string, message: string): Crash => ({ kind: 'error', type, message, fields: {} })
  if (reason.kind === 'atom' && reason.name === 'badarg') return error('ArgumentError', 'argument error')
  if (reason.kind === 'atom' && reason.name === 'badarith')
    return error('ArithmeticError', 'bad argument in arithmetic expression')
  if (reason.kind === 'atom' && reason.name === 'system_limit')
    return error('SystemLimitError', 'a system limit has been reached')
  return error('ErlangError', `Erlang error: ${inspectValue(reason, scope.machine.version)}`)
}
