import { posix } from 'node:path'
import { isString, valueAt, withEntry, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { matchAt, type PatternNode, patternTree, stepInto } from './pattern.ts'

/** `path` as it is seen from `base`; `.` is the base of all. Absolute paths and those of a home folder stay. */
export const join = (base: string, path: string): string =>
  isAbsolute(path) ? path : trim(posix.join(base === '' ? '.' : base, path))

const trim = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path)

/** Whether Compose takes the path as it is and not relative to a folder. */
export const isAbsolute = (path: string): boolean => path.startsWith('/') || path.startsWith('~')

/** `path` from the folder `base`, both from the host's root. */
export const relative = (base: string, path: string): string =>
  isAbsolute(path) ? path : posix.relative(`/${base}`, `/${path}`) || '.'

/** The folder that holds `path`; `''` is the host's root. */
export const folderOf = (path: string): string => {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

/** A path as `read` of the input takes it: without a leading `./`. */
export const hostPath = (path: string): string => (path === '.' ? '' : path)

type Resolver = (base: string, node: YamlNode) => YamlNode

const file: Resolver = (base, node) =>
  isString(node) && node.text !== '' ? { ...node, text: join(base, node.text) } : node

const mountedFile: Resolver = (base, node) =>
  isString(node) && !/^[a-zA-Z]:[\\/]|^\\\\/.test(node.text) ? { ...node, text: join(base, node.text) } : node

const remote = /:\/\/|^service:|^github\.com\/|^git@/

const context: Resolver = (base, node) => (isString(node) && remote.test(node.text) ? node : file(base, node))

const volume: Resolver = (base, node) => {
  if (node.kind !== 'map') return node
  const [type, source] = [valueAt(node, 'type'), valueAt(node, 'source')]
  return isString(type) && type.text === 'bind' && source ? withEntry(node, 'source', mountedFile(base, source)) : node
}

const perContainer: readonly (readonly [string, Resolver])[] = [
  ['build.context', context],
  ['build.additional_contexts.*', context],
  ['env_file.*.path', file],
  ['label_file.*', file],
  ['extends.file', file],
  ['volumes.*', volume],
]

const tree = patternTree<Resolver>([
  ...['services', 'jobs'].flatMap((kind) =>
    perContainer.map(([key, resolver]) => [`${kind}.*.${key}`, resolver] as const),
  ),
  ['services.*.develop.watch.*.path', file],
  ['services.*.pre_start.*.env_file.*.path', file],
  ['services.*.pre_start.*.label_file.*', file],
  ['services.*.pre_start.*.volumes.*', volume],
  ['configs.*.file', mountedFile],
  ['secrets.*.file', mountedFile],
])

/** `root` with the paths of its keys seen from `base`. */
export function resolvePaths(root: YamlMap, base: string): YamlMap {
  const resolved = walk(root, base, [tree])
  return resolved.kind === 'map' ? resolved : root
}

function walk(node: YamlNode, base: string, places: readonly PatternNode<Resolver>[]): YamlNode {
  const resolver = matchAt(places)
  if (resolver) return resolver(base, node)
  if (places.length === 0 || node.kind === 'scalar') return node
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => walk(item, base, stepInto(places, '[]'))) }
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: walk(entry.value, base, stepInto(places, key)) })
  return { ...node, entries }
}
