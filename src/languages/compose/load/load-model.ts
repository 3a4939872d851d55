import { posix } from 'node:path'
import { type MapNode, type Node, valueAt, withEntry } from '../../yaml/node.ts'
import { readSource } from '../problems.ts'
import { checkResources, withDefaults } from './defaults.ts'
import { emptyModel, loadFile, mapServices, type Scope } from './load-file.ts'
import { knownEntry } from './pass-through.ts'
import { resolvePaths } from './paths.ts'

/** The model that `paths`, merged in order, give; with defaults, checked, its paths seen from the scope's folder. */
export function loadModel(scope: Scope, paths: readonly string[]): MapNode {
  const empty: MapNode = emptyModel({ path: posix.normalize(paths[0] ?? '.'), text: '' })
  const merged = paths.reduce<MapNode>((model, path) => {
    const source = readSource(scope.gathered, path)
    return source === undefined ? model : loadFile(scope, source, model, false).model
  }, empty)
  const complete = withDefaults(merged)
  checkResources(scope.gathered, complete)
  return passThrough(scope, resolvePaths(complete, scope.workingDir))
}

/** Names without a value in lists of `environment` take their value here, from the environment of these files. */
function passThrough(scope: Scope, root: MapNode): MapNode {
  return mapServices(root, (service) => {
    const environment = valueAt(service, 'environment')
    if (environment?.kind !== 'list') return service
    const items = environment.items.map(
      (item): Node => (item.kind === 'scalar' ? knownEntry(item, scope.environment) : item),
    )
    return withEntry(service, 'environment', { ...environment, items })
  })
}
