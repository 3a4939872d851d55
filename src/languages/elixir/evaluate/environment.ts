import { type Known, known, type TrailLabel, unknown } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { decidedBy, decidingBy } from '../values/decision.ts'
import { environmentIdentity, variableIdentity, whetherSet } from '../values/identity.ts'
import { mapOf } from '../values/map.ts'
import { oneOf } from '../values/one-of.ts'
import { noClause, raise } from '../values/types.ts'
import { atom, binary, boolean, charlist, isNil, nil, tuple, unknownValue, type Value } from '../values/value.ts'
import { settled } from './fork.ts'
import type { EnvironmentRead, Scope } from './machine.ts'

type ReadAs = Partial<Pick<EnvironmentRead, 'required' | 'default'>>

/** The variable as it stands: a binary, nil, or a `oneOf` of nil and an unknown text. The read is recorded. */
export function readVariable(name: string, scope: Scope, place: Span, options: ReadAs = {}): Value {
  const { machine } = scope
  const span = machine.site ?? place
  const value = machine.input.environment.get(name)
  const known = machine.reads.findIndex(
    (read) => read.name === name && read.span.start === span.start && read.span.source === span.source,
  )
  const required =
    (options.required === true && machine.tries === 0) ||
    machine.state.required.has(`${span.source.path}:${span.start}`)
  const read: EnvironmentRead = {
    name,
    span,
    required,
    guards: machine.state.guards,
    value,
    ...(options.default ? { default: options.default } : {}),
  }
  const earlier = machine.reads[known]
  if (earlier)
    machine.reads[known] = {
      ...earlier,
      required: earlier.required || required,
      guards: earlier.guards.length > read.guards.length ? read.guards : earlier.guards,
    }
  else machine.reads.push(read)
  return currentValue(name, scope, span)
}

/** The variable as it stands, without recording a read. */
export function currentValue(name: string, scope: Scope, span: Span): Value {
  const { machine } = scope
  const written = machine.state.environment.get(name)
  if (written) return written
  const value = machine.input.environment.get(name)
  const read: TrailLabel = { span: machine.site ?? span, text: `\`${name}\` is read here`, reads: name }
  const trail = [...value.trail, read]
  if (value.kind === 'known') return binary(value.value, trail)
  if (value.kind === 'unset') return { ...nil, trail }
  const { why, partial } = value
  const text = {
    ...unknownValue(why, 'binary', trail, variableIdentity(name)),
    ...(partial === undefined ? {} : { partial }),
  }
  return value.isSet ? text : oneOf(whetherSet(name), [{ ...nil, trail }, text], why)
}

/** `System.get_env/0`. */
function wholeMap(scope: Scope, span: Span): Value {
  const { machine } = scope
  const { all } = machine.input.environment
  if (!all) return unknownValue('not all environment variables are known', 'map', undefined, environmentIdentity)
  const names = new Set([...all.keys(), ...machine.state.environment.keys()])
  const pairs = [...names].map((name) => [binary(name), currentValue(name, scope, span)] as const)
  return mapOf(pairs.filter(([, value]) => !isNil(value)))
}

const setVariable = (scope: Scope, name: string, value: Value): void => {
  const { machine } = scope
  const given = decidedBy(value, machine.deciding)
  machine.state = { ...machine.state, environment: new Map([...machine.state.environment, [name, given]]) }
}

type EnvironmentFunction = (args: readonly Value[], scope: Scope, span: Span) => Value

/** The functions that touch the environment, by key. Arguments are as given: they may be unknown. */
export const environmentFunctions: Readonly<Record<string, EnvironmentFunction>> = {
  'System.get_env/0': (_, scope, span) => wholeMap(scope, span),
  'System.get_env/1': ([name], scope, span) => getEnv(name, nil, 'System.get_env/2', scope, span),
  'System.get_env/2': ([name, fallback = nil], scope, span) => getEnv(name, fallback, 'System.get_env/2', scope, span),
  'System.fetch_env/1': ([name], scope, span) => {
    const key = nameOf(name, 'System.fetch_env/1', scope)
    if (key.kind !== 'known') return unknownValue('the name of the variable is not known', 'term')
    const value = settled(scope.machine, readVariable(key.value, scope, span))
    return isNil(value) ? atom('error', value.trail) : tuple([atom('ok', value.trail), value])
  },
  'System.fetch_env!/1': ([name], scope, span) => {
    const key = nameOf(name, 'System.fetch_env!/1', scope)
    if (key.kind !== 'known') return unknownValue('the name of the variable is not known', 'binary')
    const value = settled(scope.machine, readVariable(key.value, scope, span, { required: true }))
    if (!isNil(value)) return value
    return raise('System.EnvError', `could not fetch environment variable "${key.value}" because it is not set`, {
      env: binary(key.value),
    })
  },
  'System.put_env/2': ([name, value = nil], scope) => {
    const key = nameOf(name, 'System.put_env/2', scope)
    const given = settled(scope.machine, value)
    if (given.kind !== 'binary' && given.kind !== 'unknown') noClause('System.put_env/2')
    if (key.kind !== 'known') return atom('ok')
    if (key.value.includes('='))
      raise('ArgumentError', `cannot execute System.put_env/2 for key with "=", got: ${JSON.stringify(key.value)}`)
    setVariable(scope, key.value, given)
    return atom('ok')
  },
  'System.put_env/1': ([variables = nil], scope) => {
    const given = settled(scope.machine, variables)
    const pairs =
      given.kind === 'map'
        ? given.entries
        : given.kind === 'list'
          ? given.items.map((item) => (item.kind === 'tuple' ? item.items : []))
          : []
    for (const [name, value] of pairs) {
      const key = name?.kind === 'atom' ? name.name : name?.kind === 'binary' ? name.text : undefined
      if (key !== undefined && value) setVariable(scope, key, value)
    }
    return atom('ok')
  },
  'System.delete_env/1': ([name], scope) => {
    const key = nameOf(name, 'String.to_charlist/1', scope)
    if (key.kind === 'known') setVariable(scope, key.value, nil)
    return atom('ok')
  },
  ':os.getenv/1': ([name], scope, span) => getErlangEnv(name, atom('false'), scope, span),
  ':os.getenv/2': ([name, fallback = nil], scope, span) => getErlangEnv(name, fallback, scope, span),
}

/** What functions of `Map` ask of the whole environment, where not all of it is known. */
const asMap: Readonly<Record<string, EnvironmentFunction>> = {
  'Map.get/2': ([, name], scope, span) => underName(name, nil, scope, span),
  'Map.get/3': ([, name, fallback = nil], scope, span) => underName(name, fallback, scope, span),
  'Map.fetch/2': ([, name], scope, span) => {
    const value = underName(name, nil, scope, span)
    return isNil(value) ? atom('error', value.trail) : tuple([atom('ok', value.trail), value])
  },
  'Map.fetch!/2': ([, name], scope, span) => {
    const value = underName(name, nil, scope, span, { required: true })
    if (!isNil(value) || name?.kind !== 'binary') return value
    return raise('KeyError', `key "${name.text}" not found in the environment`, { key: name })
  },
  'Map.has_key?/2': ([, name], scope, span) => {
    const value = underName(name, nil, scope, span)
    return decidedBy(boolean(!isNil(value)), decidingBy([value], !isNil(value)))
  },
}

/** What a call gives of the whole environment; undefined where it asks for no variable by its name. */
export function fromEnvironment(key: string, args: readonly Value[], scope: Scope, span: Span): Value | undefined {
  return isEnvironment(args[0]) && args[1]?.kind === 'binary' ? asMap[key]?.(args, scope, span) : undefined
}

/** Whether a value is that of `System.get_env/0`, of which not all is known. */
export const isEnvironment = (value: Value | undefined): boolean =>
  value?.kind === 'unknown' && value.id?.of === 'environment'

function underName(name: Value | undefined, fallback: Value, scope: Scope, span: Span, read: ReadAs = {}): Value {
  if (name?.kind !== 'binary') return nil
  const value = settled(
    scope.machine,
    readVariable(name.text, scope, span, isNil(fallback) ? read : { default: fallback }),
  )
  return isNil(value) && !isNil(fallback) ? decidedBy(fallback, decidingBy([value], false)) : value
}

/** The name as text. */
function nameOf(name: Value | undefined, key: string, scope: Scope): Known<string> {
  const given = settled(scope.machine, name ?? nil)
  if (given.kind === 'binary') return known(given.text)
  return given.kind === 'unknown' ? unknown('the name of the variable is not known') : noClause(key)
}

function getEnv(name: Value | undefined, fallback: Value, key: string, scope: Scope, span: Span): Value {
  const variable = nameOf(name, key, scope)
  if (fallback.kind !== 'binary' && fallback.kind !== 'unknown' && fallback.kind !== 'oneOf' && !isNil(fallback))
    noClause(key)
  if (variable.kind !== 'known') return unknownValue('the name of the variable is not known')
  const value = readVariable(variable.value, scope, span, isNil(fallback) ? {} : { default: fallback })
  if (isNil(fallback)) return value
  const read = settled(scope.machine, value)
  return isNil(read) ? decidedBy(fallback, decidingBy([read], false)) : read
}

function getErlangEnv(name: Value | undefined, fallback: Value, scope: Scope, span: Span): Value {
  const given = settled(scope.machine, name ?? nil)
  if (given.kind !== 'list') return unknownValue('the name of the variable is not known')
  const text = given.items
    .map((item) => (item.kind === 'integer' ? String.fromCodePoint(Number(item.value)) : ''))
    .join('')
  const value = settled(scope.machine, readVariable(text, scope, span))
  if (isNil(value)) return decidedBy(fallback, decidingBy([value], false))
  if (value.kind !== 'binary') return unknownValue(value.kind === 'unknown' ? value.why : 'it is no text', 'list')
  return { ...charlist(value.text), ...(value.trail ? { trail: value.trail } : {}) }
}
