import { posix } from 'node:path'
import { valueAt, withEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { readSource } from '../problems.ts'
import { checkResources, withDefaults } from './defaults.ts'
import { emptyModel, type LoadScope, loadFile, mapServices } from './load-file.ts'
import { knownEntry } from './pass-through.ts'
import { resolvePaths } from './paths.ts'

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
