import type { Span } from '../../../text/source.ts'
import { configAt, mergeConfigs } from '../evaluate/config-merge.ts'
import { exceptionOf } from '../evaluate/exceptions.ts'
import { settled, Undecided } from '../evaluate/fork.ts'
import { type ConfigWrite, Exhausted, note, type OwnFunction, type Scope, spend } from '../evaluate/machine.ts'
import { decidedBy } from '../values/decision.ts'
import { inspectValue } from '../values/inspect.ts'
import { isKeyword, pairKey, structName } from '../values/map.ts'
import { resolveAll, unknownFrom } from '../values/one-of.ts'
import { directoryOf, expandPath, relativeTo } from '../values/paths.ts'
import { isTooLarge, sizeOf } from '../values/size.ts'
import { noClause, raise } from '../values/types.ts'
import { atom, binary, keyword, list, nil, unknownValue, type Value } from '../values/value.ts'
import { applicationFunctions } from './application.ts'
import { fileFunctions } from './file-functions.ts'
import { loadScript, noScript } from './load.ts'
import { stopFunctions } from './stop-functions.ts'

/** The functions that read or change the run itself: configuration, Mix, and files that are loaded. */
export const moduleFunctions: Readonly<Record<string, OwnFunction>> = {
  'Config.config/2': ([app = nil, options = nil], scope, span) =>
    addConfig(app, undefined, options, scope, span, 'Config.config/2'),
  'Config.config/3': ([app = nil, key = nil, value = nil], scope, span) =>
    addConfig(app, key, value, scope, span, 'Config.config/3'),
  'Mix.Config.config/2': ([app = nil, options = nil], scope, span) =>
    addConfig(app, undefined, options, scope, span, 'Mix.Config.config/2'),
  'Mix.Config.config/3': ([app = nil, key = nil, value = nil], scope, span) =>
    addConfig(app, key, value, scope, span, 'Mix.Config.config/3'),
  'Config.config_env/0': (_, scope) => environmentName(scope),
  'Config.config_target/0': (_, scope) => targetName(scope),
  'Config.read_config/1': ([app = nil], scope) => readConfig(app, scope),
  'Config.import_config/1': ([path = nil], scope, span) => importConfig(path, scope, span, false),
  'Mix.Config.import_config/1': ([path = nil], scope, span) => importConfig(path, scope, span, true),
  'Mix.env/0': (_, scope) => environmentName(scope),
  'Mix.target/0': (_, scope) => targetName(scope),
  'Path.wildcard/1': ([pattern = nil], scope) => wildcard(pattern, scope),
  'Path.wildcard/2': ([pattern = nil], scope) => wildcard(pattern, scope),
  'Exception.message/1': ([exception = nil], scope, span) => {
    const given = settled(scope.machine, exception)
    if (given.kind === 'unknown') return unknownFrom([given], 'binary')
    if (structName(given) === undefined) return noClause('Exception.message/1')
    return binary(exceptionOf(given, undefined, scope, span).message)
  },
  ...applicationFunctions,
  ...fileFunctions,
  ...stopFunctions,
}

/** The scripts that a pattern finds where the project lies; what a release has, and what else lies there, is out of view. */
function wildcard(given: Value, { machine }: Scope): Value {
  const { input } = machine
  const pattern = settled(machine, given)
  if (pattern.kind !== 'binary' && pattern.kind !== 'unknown') return noClause('Path.wildcard/2')
  const paths =
    pattern.kind === 'binary' && input.mixAvailable && /\.exs$/.test(pattern.text)
      ? input.glob?.(expandPath(pattern.text, input.workingDirectory))
      : undefined
  if (paths?.kind !== 'known' || pattern.kind !== 'binary')
    return unknownValue('the files that match are not known', 'list')
  const isAbsolute = pattern.text.startsWith('/')
  return list(paths.value.map((path) => binary(isAbsolute ? path : relativeTo(path, input.workingDirectory))))
}

const environmentName = (scope: Scope): Value => atom(scope.machine.input.configEnv)

const targetName = (scope: Scope): Value => atom(scope.machine.input.configTarget ?? 'host')

/** `config app, options` and `config app, key, value`: merges into what is set. Gives what was set before. */
export function addConfig(
  appValue: Value,
  keyValue: Value | undefined,
  given: Value,
  scope: Scope,
  span: Span,
  name: string,
  spanOf?: (path: readonly string[]) => Span | undefined,
): Value {
  const { machine } = scope
  const app = settled(machine, appValue)
  const key = keyValue && settled(machine, keyValue)
  const value = withSettledKeys(resolveAll(machine.state.decided, given))
  if (app.kind === 'unknown' || key?.kind === 'unknown') {
    note(machine, span, 'what is configured here is not known')
    const open = unknownFrom([app, ...(key ? [key] : [])], 'list')
    const added = app.kind === 'atom' ? keyword([[app.name, open]]) : open
    machine.state = { ...machine.state, config: mergeConfigs(machine.state.config, added) }
    return atom('ok')
  }
  if (app.kind !== 'atom' || (key && key.kind !== 'atom')) return noClause(name)
  const settings = key === undefined ? settled(machine, value) : keyword([[key.kind === 'atom' ? key.name : '', value]])
  const options = decidedBy(settings, machine.deciding)
  if (options.kind !== 'list' && options.kind !== 'unknown') return noClause(name)
  if (options.kind === 'list' && !isKeyword(options) && options.tail?.kind !== 'unknown') {
    return raise('ArgumentError', `config/2 expected a keyword list, got: ${inspectValue(options, machine.version)}`)
  }
  const earlier = machine.state.config
  const config = mergeConfigs(earlier, keyword([[app.name, options]]))
  if (isTooLarge(config)) throw new Exhausted('the config is too large to follow')
  spend(machine, (sizeOf(options) >> 2) + (sizeOf(config) >> 7))
  machine.state = { ...machine.state, config }
  for (const write of writesOf([app.name], options, scope, span, spanOf)) machine.writes.push(write)
  return earlier
}

/** A keyword list whose keys are all decided; one with a key that is not known is unknown as a whole. */
function withSettledKeys(value: Value, depth = 0): Value {
  if (value.kind !== 'list' || depth > 6) return value
  const keys = value.items.map((item) => (item.kind === 'tuple' && item.items.length === 2 ? item.items[0] : undefined))
  if (!keys.every((key) => key?.kind === 'atom' || key?.kind === 'oneOf' || key?.kind === 'unknown')) return value
  for (const key of keys) {
    if (key?.kind === 'oneOf') throw new Undecided(key.choice, key.values.length, key.why)
    if (key?.kind === 'unknown') return unknownFrom([key], 'list')
  }
  for (const item of value.items) {
    const inside = item.kind === 'tuple' ? item.items[1] : undefined
    if (inside && withSettledKeys(inside, depth + 1) !== inside) return unknownFrom([inside], 'list')
  }
  return value
}

/** Every key that `value` sets, down to what is no keyword list. */
function writesOf(
  path: readonly string[],
  value: Value,
  scope: Scope,
  call: Span,
  spanOf?: (path: readonly string[]) => Span | undefined,
): readonly ConfigWrite[] {
  if (value.kind === 'list' && value.items.length > 0 && isKeyword(value)) {
    return value.items.flatMap((pair) =>
      writesOf([...path, pairKey(pair) ?? ''], pair.items[1] ?? nil, scope, call, spanOf),
    )
  }
  return [{ path, value, span: spanOf?.(path) ?? call, call, guards: scope.machine.state.guards }]
}

function readConfig(appValue: Value, scope: Scope): Value {
  const app = settled(scope.machine, appValue)
  if (app.kind !== 'atom') return app.kind === 'unknown' ? unknownFrom([app], 'list') : noClause('Config.read_config/1')
  return configAt(scope.machine.state.config, [app.name]) ?? list([])
}

function importConfig(given: Value, scope: Scope, span: Span, wildcards: boolean): Value {
  const { machine } = scope
  const path = settled(machine, given)
  if (path.kind === 'unknown') {
    note(machine, span, 'it is not known which file is imported')
    machine.state = { ...machine.state, config: mergeConfigs(machine.state.config, unknownFrom([path], 'list')) }
    return atom('ok')
  }
  if (path.kind !== 'binary') return noClause('IO.chardata_to_string/1')
  const full = expandPath(path.text, directoryOf(scope.path))
  if (wildcards && /[*?[{]/.test(full)) {
    const paths = machine.input.glob?.(full)
    if (paths?.kind === 'known') for (const one of paths.value) importFile(one, scope, span)
    else if (paths?.kind !== 'unset') note(machine, span, 'it is not known which files are imported')
    return atom('ok')
  }
  const file = machine.input.file(full)
  if (file.kind === 'unknown') {
    note(machine, span, file.why)
    machine.state = { ...machine.state, config: mergeConfigs(machine.state.config, unknownValue(file.why, 'list')) }
    return atom('ok')
  }
  if (file.kind === 'unset') throw noScript(full)
  if (machine.input.kind === 'runtime') {
    return raise(
      'RuntimeError',
      'import_config/1 is not enabled for this configuration file. Some configuration files do not allow importing other files as they are often copied to external systems',
    )
  }
  return importFile(full, scope, span)
}

function importFile(path: string, scope: Scope, span: Span): Value {
  const { imported, loading } = scope.machine
  if (loading.includes(path)) return raise('ArgumentError', `attempting to load configuration ${path} recursively`)
  if (!imported.includes(path)) imported.push(path)
  loadScript(path, scope, span)
  return atom('ok')
}
