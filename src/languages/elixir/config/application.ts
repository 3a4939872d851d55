import { configAt } from '../evaluate/config-merge.ts'
import { settled } from '../evaluate/fork.ts'
import type { OwnFunction, Scope } from '../evaluate/machine.ts'
import { inspectAtom } from '../values/inspect.ts'
import { unknownFrom } from '../values/one-of.ts'
import { raise } from '../values/types.ts'
import { atom, list, nil, tuple, unknownValue, type Value } from '../values/value.ts'

/** Applications that have settings before any config is read. */
const systemApps = new Set([
  'kernel',
  'stdlib',
  'elixir',
  'logger',
  'mix',
  'iex',
  'hex',
  'ssl',
  'crypto',
  'sasl',
  'compiler',
  'ex_unit',
])

/** `Application`'s environment: what the script put there, then what was compiled in. */
export const applicationFunctions: Readonly<Record<string, OwnFunction>> = {
  'Application.get_env/2': ([app = nil, key = nil], scope) => lookUp(app, key, scope) ?? nil,
  'Application.get_env/3': ([app = nil, key = nil, fallback = nil], scope) => lookUp(app, key, scope) ?? fallback,
  'Application.fetch_env/2': ([app = nil, key = nil], scope) => {
    const found = lookUp(app, key, scope)
    return found ? tuple([atom('ok'), found]) : atom('error')
  },
  'Application.fetch_env!/2': ([app = nil, key = nil], scope) => {
    const found = lookUp(app, key, scope)
    if (found) return found
    const names = [key, app].map((value) => (value.kind === 'atom' ? inspectAtom(value.name) : ''))
    return raise(
      'ArgumentError',
      `could not fetch application environment ${names[0]} for application ${names[1]} because the application was not loaded nor configured`,
    )
  },
  'Application.get_all_env/1': ([app = nil], scope) => {
    const name = settled(scope.machine, app)
    if (name.kind !== 'atom' || systemApps.has(name.name)) return unknownFrom([name], 'list')
    const { compiled } = scope.machine.input
    return (compiled && configAt(compiled, [name.name])) ?? list([])
  },
  'Application.put_env/3': ([app = nil, key = nil, value = nil], scope) => put(app, key, value, scope),
  'Application.put_env/4': ([app = nil, key = nil, value = nil], scope) => put(app, key, value, scope),
}

function lookUp(appValue: Value, keyValue: Value, scope: Scope): Value | undefined {
  const { machine } = scope
  const [app, key] = [settled(machine, appValue), settled(machine, keyValue)]
  if (app.kind !== 'atom' || key.kind !== 'atom') return unknownFrom([app, key], 'any')
  const written = machine.state.applications.get(`${app.name} ${key.name}`)
  if (written) return settled(machine, written)
  const { compiled } = machine.input
  const found = compiled ? configAt(compiled, [app.name, key.name]) : undefined
  if (found?.kind === 'oneOf' || found?.kind === 'absent')
    return unknownValue(`it is not known whether ${inspectAtom(key.name)} is set`)
  return (
    found ??
    (systemApps.has(app.name) ? unknownValue(`the settings of ${inspectAtom(app.name)} are not known`) : undefined)
  )
}

function put(appValue: Value, keyValue: Value, value: Value, scope: Scope): Value {
  const { machine } = scope
  const [app, key] = [settled(machine, appValue), settled(machine, keyValue)]
  if (app.kind === 'atom' && key.kind === 'atom') {
    machine.state = {
      ...machine.state,
      applications: new Map([...machine.state.applications, [`${app.name} ${key.name}`, value]]),
    }
  }
  return atom('ok')
}
