import { posix } from 'node:path'
import { type ScalarNode, valueAt, withEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { type LoadEnvironment, readSource } from '../problems.ts'
import { checkResources, withDefaults } from './defaults.ts'
import { emptyModel, type LoadScope, loadFile, mapServices } from './load-file.ts'
import { resolvePaths } from './paths.ts'
import { keyOf } from './sequence.ts'

/** The model that `paths`, merged in order, give; with defaults, checked, its paths seen from the scope's folder. */
export function loadModel(scope: LoadScope, paths: readonly string[]): YamlMap {
  const empty: YamlMap = emptyModel({ path: posix.normalize(paths[0] ?? '.'), text: '' })
  const merged = paths.reduce<YamlMap>((model, path) => {
    const source = readSource(scope.gathered, path)
    return source === undefined ? model : loadFile(scope, source, model, false).model
  }, empty)
  const complete = withDefaults(merged)
  checkResources(scope.gathered, complete)
  return passThrough(scope, resolvePaths(complete, scope.workingDir))
}

/** Names without a value in lists of `environment` take their value here, from the environment of these files. */
function passThrough(scope: LoadScope, root: YamlMap): YamlMap {
  return mapServices(root, (service) => {
    const environment = valueAt(service, 'environment')
    if (environment?.kind !== 'list') return service
    const items = environment.items.map(
      (item): YamlNode => (item.kind === 'scalar' ? knownEntry(item, scope.environment) : item),
    )
    return withEntry(service, 'environment', { ...environment, items })
  })
}

/** `KEY` of a list as `KEY=value` where the environment is known to set it; passed-through entries keep that they are. */
function knownEntry(item: ScalarNode, environment: LoadEnvironment): ScalarNode {
  if (item.text.includes('=') || item.unknown !== undefined) return item
  const name = keyOf(item)
  const value = environment(name)
  if (value.kind !== 'known') return item
  const place = item.pair ?? { keySpan: item.span, valueSpan: item.span, hasValue: false }
  return {
    ...item,
    text: `${name}=${value.value}`,
    trail: [...item.trail, ...value.trail],
    pair: { ...place, hasValue: false },
  }
}
