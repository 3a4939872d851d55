import type { Span } from '../../../text/source.ts'
import {
  entryOf,
  isString,
  mapNode,
  type ScalarNode,
  sameValue,
  valueAt,
  withEntry,
  withoutEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts'
import type { Path } from '../../yaml/tags.ts'
import { complain, giveUp, isElsewhere, isFolder, isThere, leaveOut } from '../problems.ts'
import { layered, readEnvFiles } from './env-files.ts'
import { asMap, type LoadScope } from './load-file.ts'
import { loadModel } from './load-model.ts'
import { merge } from './merge.ts'
import { folderOf, hostPath, isAbsolute, join, relative } from './paths.ts'
import { applyResets } from './resets.ts'

interface Include {
  readonly paths: readonly ScalarNode[]
  readonly envFiles: readonly ScalarNode[]
  readonly projectDirectory: string
  readonly span: Span
}

const sections = ['services', 'jobs', 'volumes', 'networks', 'secrets', 'configs', 'models']

/** `root` with the files of its `include` taken in. */
export function applyInclude(scope: LoadScope, root: YamlMap, resets: readonly Path[]): YamlMap {
  const written = valueAt(root, 'include')
  if (written === undefined) return root
  const rest = withoutEntry(root, 'include')
  if (written.kind === 'scalar' && written.type === 'null') return rest
  if (written.kind !== 'list') {
    complain(scope.gathered, written.span, '`include` must be a list')
    return rest
  }
  return written.items.reduce<YamlMap>((model, item) => {
    const include = read(scope, item)
    const imported = include && load(scope, include)
    return imported === undefined ? model : importAll(scope, imported, model, resets)
  }, rest)
}

const strings = (node: YamlNode | undefined): readonly ScalarNode[] => {
  if (isString(node)) return [node]
  return node?.kind === 'list' ? node.items.filter(isString) : []
}

function read(scope: LoadScope, item: YamlNode): Include | undefined {
  if (isString(item)) return { paths: [item], envFiles: [], projectDirectory: '', span: item.span }
  if (item.kind !== 'map') return complain(scope.gathered, item.span, 'an entry of `include` is a path or a mapping')
  const folder = valueAt(item, 'project_directory')
  return {
    paths: strings(valueAt(item, 'path')),
    envFiles: strings(valueAt(item, 'env_file')),
    projectDirectory: isString(folder) ? folder.text : '',
    span: item.span,
  }
}

function load(scope: LoadScope, include: Include): YamlMap | undefined {
  const { gathered } = scope
  const [main] = include.paths
  scope.budget.left -= 1
  if (main === undefined) {
    envFilesOf(scope, include, scope.workingDir)
    return undefined
  }
  if (include.paths.some((path) => path.unknown !== undefined)) return undefined
  if (scope.budget.left < 0) return giveUp(gathered, include.span, 'too many files are included')
  const paths = include.paths.map((path) => hostPath(join(scope.loaderDir, path.text)))
  const mainPath = paths[0] ?? ''
  if (scope.included.includes(mainPath))
    return complain(gathered, main.span, `\`${mainPath}\` includes itself in a circle`)
  const outside = include.paths.find((_, index) => isElsewhere(gathered, paths[index] ?? ''))
  if (outside) return leaveOut(gathered, 'services', outside.span, `the file \`${outside.text}\`, which is included,`)
  const absent = include.paths.find((_, index) => gathered.input.read(paths[index] ?? '') === undefined)
  if (absent) return complain(gathered, absent.span, `the file \`${absent.text}\`, which is included, is not there`)
  const folder = include.projectDirectory
  const own = folder === '' ? folderOf(mainPath) : hostPath(join(scope.workingDir, folder))
  const workingDir =
    folder === ''
      ? relative(scope.loaderDir, own)
      : isAbsolute(folder)
        ? folder
        : relative(scope.loaderDir, hostPath(join(scope.loaderDir, folder)))
  const envFiles = envFilesOf(scope, include, own)
  if (envFiles === undefined) return undefined
  const values = readEnvFiles(gathered, scope.environment, envFiles, () => include.span)
  const environment = layered(scope.environment, values)
  return loadModel({ ...scope, environment, workingDir, loaderDir: own }, paths)
}

function envFilesOf(scope: LoadScope, include: Include, folder: string): readonly string[] | undefined {
  const { gathered } = scope
  if (include.envFiles.length === 0) {
    const path = hostPath(join(folder, '.env'))
    return gathered.input.read(path) === undefined && !isElsewhere(gathered, path) ? [] : [path]
  }
  const files: string[] = []
  for (const file of include.envFiles) {
    if (file.text === '/dev/null' || file.unknown !== undefined) continue
    const path = hostPath(join(scope.workingDir, file.text))
    if (isFolder(gathered.input, path)) return complain(gathered, file.span, `\`${file.text}\` is a folder`)
    if (!isThere(gathered, path) && !isElsewhere(gathered, path) && !isAbsolute(path) && !gathered.input.shell.open)
      return complain(gathered, file.span, `the env file \`${file.text}\` is not there`)
    files.push(path)
  }
  return files
}

function importAll(scope: LoadScope, imported: YamlMap, model: YamlMap, resets: readonly Path[]): YamlMap {
  return sections.reduce((result, section) => {
    const from = valueAt(imported, section)
    if (from?.kind !== 'map') return result
    const there = valueAt(result, section)
    if (there !== undefined && there.kind !== 'map') {
      complain(scope.gathered, there.span, `\`${section}\` must be a mapping`)
      return result
    }
    const entries = new Map<string, YamlEntry>(there?.entries ?? [])
    for (const [name, entry] of from.entries)
      entries.set(name, conflict(scope, section, entry, entries.get(name), resets))
    return withEntry(result, section, { ...(there ?? from), entries })
  }, model)
}

function conflict(
  scope: LoadScope,
  section: string,
  imported: YamlEntry,
  own: YamlEntry | undefined,
  resets: readonly Path[],
): YamlEntry {
  if (own === undefined || sameValue(imported.value, own.value)) return own ?? imported
  const wrapped = mapNode([entryOf(section, mapNode([imported], imported.value.span))], imported.value.span)
  const kept = asMap(
    valueAt(asMap(valueAt(applyResets(wrapped, resets), section) ?? wrapped, wrapped), imported.key) ?? imported.value,
    wrapped,
  )
  const base: YamlNode = imported.value.kind === 'map' ? kept : imported.value
  const first = { span: imported.keySpan, text: `\`${imported.key}\` is first written here`, overridden: true } as const
  const earlier = [...imported.earlier, first]
  return {
    ...own,
    value: merge(scope.gathered, base, own.value, [section, imported.key]),
    earlier: [...earlier, ...own.earlier],
  }
}
