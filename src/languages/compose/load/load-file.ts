import { inLanguage } from '../../../text/diagnostic.ts'
import { type Source, wholeOf } from '../../../text/source.ts'
import { loadYaml } from '../../yaml/load.ts'
import { isNull, isString, valueAt, withEntry, withoutEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import type { Path } from '../../yaml/tags.ts'
import { complain, type Gathered, type LoadEnvironment } from '../problems.ts'
import { validate } from '../schema/validate.ts'
import { canonical } from './canonical.ts'
import { applyExtends } from './extends.ts'
import { applyInclude } from './include.ts'
import { interpolate } from './interpolate.ts'
import { merge } from './merge.ts'
import { applyResets } from './resets.ts'
import { enforceUnicity } from './unique.ts'

/** Where and with what the files of one model are read. */
export interface LoadScope {
  readonly gathered: Gathered
  readonly environment: LoadEnvironment
  /** The folder against which paths are resolved, as compose-go passes it on: seen from the including project. */
  readonly workingDir: string
  /** The folder from the host's root in which files are looked up. */
  readonly loaderDir: string
  /** The files on the way here. */
  readonly included: readonly string[]
  /** How often files have been read, over all scopes. */
  readonly budget: { left: number }
}

/** What a file gives: the model with it merged in, and what its last document resets. */
export interface LoadedFile {
  readonly model: YamlMap
  readonly resets: readonly Path[]
}

/** Reads `source` over `model`. As a `base` of `extends`, includes and extensions are left alone and nothing is validated. */
export function loadFile(scope: LoadScope, source: Source, model: YamlMap, base: boolean): LoadedFile {
  const { gathered } = scope
  const { documents, problems } = loadYaml(source)
  const known = gathered.problems.length
  gathered.problems.push(...inLanguage('compose', problems))
  let merged = model
  let resets: readonly Path[] = []
  for (const document of documents) {
    resets = document.resets
    if (document.root.kind === 'map') merged = addDocument(scope, source, merged, document.root, resets, base)
    else complain(gathered, document.root.span, 'a compose file must be a mapping at the top')
  }
  gathered.damages.push(...gathered.problems.slice(known))
  return { model: merged, resets }
}

function addDocument(
  scope: LoadScope,
  source: Source,
  model: YamlMap,
  root: YamlMap,
  resets: readonly Path[],
  base: boolean,
): YamlMap {
  const { gathered } = scope
  let added = asMap(interpolate(gathered, root, scope.environment), root)
  added = promote(gathered, added)
  const inner = { ...scope, included: [...scope.included, source.path] }
  if (!base) added = applyInclude(inner, added, resets)
  const kept = applyResets(model, resets)
  if (!base) added = applyExtends(inner, source.path, added, resets)
  let merged = asMap(enforceUnicity(gathered, merge(gathered, kept, added)), kept)
  if (!base) {
    merged = validate(gathered, merged)
    const version = merged.entries.get('version')
    if (version) gathered.warnings.push({ span: version.keySpan, message: '`version` is obsolete: Compose ignores it' })
    merged = withoutEntry(merged, 'version')
  }
  merged = asMap(canonical(gathered, merged), merged)
  return asMap(enforceUnicity(gathered, omitEmpty(merged)), merged)
}

/** `node` where it is a mapping, else `otherwise`. */
export const asMap = (node: YamlNode, otherwise: YamlMap): YamlMap => (node.kind === 'map' ? node : otherwise)

/** The mapping of a file that holds nothing. */
export const emptyModel = (source: Source): YamlMap => ({
  kind: 'map',
  entries: new Map(),
  span: { ...wholeOf(source), end: 0 },
})

/** `x-develop` is the old name of `develop`. */
function promote(gathered: Gathered, root: YamlMap): YamlMap {
  return mapServices(root, (service) => {
    const old = valueAt(service, 'x-develop')
    if (old === undefined) return service
    const now = valueAt(service, 'develop')
    const value = now === undefined || isNull(now) ? old : merge(gathered, old, now, ['services', '*', 'develop'])
    return withEntry(withoutEntry(service, 'x-develop'), 'develop', value)
  })
}

function omitEmpty(root: YamlMap): YamlMap {
  return mapServices(root, (service) => {
    const dns = valueAt(service, 'dns')
    if (dns?.kind !== 'list') return service
    return withEntry(service, 'dns', {
      ...dns,
      items: dns.items.filter((item) => !(isNull(item) || (isString(item) && item.text === ''))),
    })
  })
}

/** `root` with each service that is a mapping replaced. */
export function mapServices(root: YamlMap, change: (service: YamlMap, name: string) => YamlMap): YamlMap {
  const services = valueAt(root, 'services')
  if (services?.kind !== 'map') return root
  const entries = new Map(services.entries)
  for (const [name, entry] of services.entries) {
    if (entry.value.kind === 'map') entries.set(name, { ...entry, value: change(entry.value, name) })
  }
  return withEntry(root, 'services', { ...services, entries })
}
