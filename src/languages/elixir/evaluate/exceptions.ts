import type { Span } from '../../../text/source.ts'
import { isAlias, moduleName } from '../syntax/module-name.ts'
import { inspectAtom, inspectValue } from '../values/inspect.ts'
import { field, isKeyword, keywordGetValue, mapPut, struct, structName } from '../values/map.ts'
import { unknownFrom } from '../values/one-of.ts'
import { type Crash, noClause, noFunction, raise } from '../values/types.ts'
import { atom, binary, boolean, type Value } from '../values/value.ts'
import { applyScript, isDefined } from './define.ts'
import { settled } from './fork.ts'
import type { Scope } from './machine.ts'
import { emptyStruct } from './structs.ts'

/** The exception as `rescue` sees it. */
export function exceptionValue(crash: Crash): Value {
  return struct(`Elixir.${crash.type}`, {
    __exception__: boolean(true),
    ...crash.fields,
    message: binary(crash.message),
  })
}

/** What `raise what, options` raises. */
export function exceptionOf(what: Value, options: Value | undefined, scope: Scope, span: Span): Crash {
  if (what.kind === 'binary') return error('RuntimeError', what.text)
  if (what.kind === 'unknown') return error('RuntimeError', 'a message that is not known')
  if (what.kind === 'atom') return exceptionOfModule(what.name, options, scope, span)
  const name = structName(what)
  if (name !== undefined && what.kind === 'map' && field(what, '__exception__'))
    return exceptionOfStruct(moduleName(name), what, scope, span)
  const shown = inspectValue(what, scope.machine.version)
  return raise(
    'ArgumentError',
    `raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: ${shown}`,
  )
}

/** `Module.exception(options)` and `Module.message(exception)` of exceptions that we know; undefined for other modules. */
export function askException(
  module: string,
  name: 'exception' | 'message',
  arg: Value,
  scope: Scope,
  span: Span,
): Value | undefined {
  if (!(module in defaults)) return undefined
  const given = settled(scope.machine, arg)
  if (given.kind === 'unknown') return unknownFrom([given], name === 'message' ? 'binary' : 'map')
  if (name === 'message') return binary(exceptionOf(given, undefined, scope, span).message)
  return exceptionValue(exceptionOf(atom(`Elixir.${module}`), given, scope, span))
}

const error = (type: string, message: string, fields: Crash['fields'] = {}): Crash => ({
  kind: 'error',
  type,
  message,
  fields,
})

function exceptionOfStruct(type: string, value: Value & { kind: 'map' }, scope: Scope, span: Span): Crash {
  const fields = Object.fromEntries(
    value.entries.flatMap(([key, item]) =>
      key.kind === 'atom' && !key.name.startsWith('__') ? [[key.name, item]] : [],
    ),
  )
  const module = scope.machine.state.modules.get(type)
  if (module && isDefined(module, 'message', 1)) {
    const text = applyScript(module, 'message', [value], scope, span, true)
    return error(type, text.kind === 'binary' ? text.text : 'a message that is not known', fields)
  }
  return error(
    type,
    messageOf(type, (key) => fields[key], scope),
    fields,
  )
}

function exceptionOfModule(atomName: string, options: Value | undefined, scope: Scope, span: Span): Crash {
  const type = moduleName(atomName)
  const { modules } = scope.machine.state
  const module = modules.get(type)
  if (module && isDefined(module, 'exception', 1)) {
    const made = applyScript(module, 'exception', [options ?? { kind: 'list', items: [] }], scope, span, true)
    return exceptionOf(made, undefined, scope, span)
  }
  if (module?.isException) {
    let value = emptyStruct(type, scope)
    if (!value) return error(type, '')
    if (options?.kind === 'binary') value = mapPut(value, atom('message'), options)
    if (options?.kind === 'list') {
      for (const pair of options.items) {
        const [key, item] = pair.kind === 'tuple' ? pair.items : []
        if (key && item) value = mapPut(value, key, item)
      }
    }
    return exceptionOfStruct(type, value, scope, span)
  }
  if (atomName === 'nil') return noFunction('nil.exception/1', '')
  const known = isAlias(atomName) && (type in defaults || scope.machine.library.hasModule(type))
  if (!known && scope.machine.input.otherModules === 'absent') {
    const shown = inspectAtom(atomName)
    return noFunction(`${shown}.exception/1`, ` (module ${shown} is not available)`, false)
  }
  if (options === undefined || (options.kind === 'list' && isKeyword(options))) {
    const get = (key: string): Value | undefined => (options ? keywordGetValue(options, key) : undefined)
    return error(type, messageOf(type, get, scope))
  }
  if (options.kind === 'binary') return error(type, options.text)
  return type in defaults ? noClause(`${type}.exception/1`) : error(type, 'a message that is not known')
}

const defaults: Readonly<Record<string, string>> = {
  RuntimeError: 'runtime error',
  ArgumentError: 'argument error',
  ArithmeticError: 'bad argument in arithmetic expression',
  SystemLimitError: 'a system limit has been reached',
  KeyError: '',
  MatchError: '',
  CaseClauseError: '',
  'System.EnvError': '',
}

const fileReasons: Readonly<Record<string, string>> = {
  enoent: 'no such file or directory',
  eacces: 'permission denied',
  eisdir: 'illegal operation on a directory',
  enotdir: 'not a directory',
}

/** The message that the exception's own module makes of its fields. */
function messageOf(type: string, get: (key: string) => Value | undefined, scope: Scope): string {
  const show = (key: string): string => inspectValue(get(key) ?? atom('nil'), scope.machine.version)
  const message = get('message')
  if (message?.kind === 'binary') return message.text
  if (type === 'KeyError') return `key ${show('key')} not found${get('term') ? ` in: ${show('term')}` : ''}`
  if (type === 'MatchError') return `no match of right hand side value: ${show('term')}`
  if (type === 'CaseClauseError') return `no case clause matching: ${show('term')}`
  if (type === 'System.EnvError') return `could not fetch environment variable ${show('env')} because it is not set`
  if (type === 'File.Error') {
    const [action, reason] = [get('action'), get('reason')]
    const why = reason?.kind === 'atom' ? fileReasons[reason.name] : undefined
    if (action?.kind === 'binary' && why !== undefined) return `could not ${action.text} ${show('path')}: ${why}`
  }
  return defaults[type] ?? 'a message that is not known'
}
