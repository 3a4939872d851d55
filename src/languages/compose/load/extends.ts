import {
  isNull,
  isString,
  type ScalarNode,
  valueAt,
  withEntry,
  withoutEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from '../../yaml/node.ts'
import type { Path } from '../../yaml/tags.ts'
import { complain, giveUp, isElsewhere, isFolder, leaveOut, readSource } from '../problems.ts'
import { emptyModel, type LoadScope, loadFile } from './load-file.ts'
import { merge } from './merge.ts'
import { folderOf, hostPath, join, relative, resolvePaths } from './paths.ts'
import { applyResets } from './resets.ts'

interface Extending {
  readonly scope: LoadScope
  readonly kind: 'services' | 'jobs'
  /** The file that was given to Compose; messages of cycles name services in it. */
  readonly file: string
  readonly files: Map<string, ExtendedFile | undefined>
}

interface ExtendedFile {
  readonly services: ReadonlyMap<string, YamlEntry>
  readonly resets: readonly Path[]
}

interface Level {
  readonly services: Map<string, YamlEntry>
  readonly resets: readonly Path[]
  readonly seen: readonly string[]
}

const longest = 1000

/** `root` with every `extends` of its services and jobs resolved. */
export function applyExtends(scope: LoadScope, file: string, root: YamlMap, resets: readonly Path[]): YamlMap {
  return (['services', 'jobs'] as const).reduce((model, kind) => {
    const written = valueAt(model, kind)
    if (written === undefined) return model
    if (written.kind !== 'map') {
      complain(scope.gathered, written.span, `\`${kind}\` must be a mapping`)
      return withoutEntry(model, kind)
    }
    const level: Level = { services: new Map(written.entries), resets, seen: [] }
    const extending: Extending = { scope, kind, file, files: new Map() }
    for (const name of written.entries.keys()) extend(extending, level, name)
    return withEntry(model, kind, { ...written, entries: level.services })
  }, root)
}

/** The service `name` with what it extends; undefined where it is empty or cannot be resolved. */
function extend(extending: Extending, level: Level, name: string): YamlMap | undefined {
  const entry = level.services.get(name)
  if (entry === undefined || entry.value.kind !== 'map') return undefined
  const service = entry.value
  const reference = referenceOf(extending, service, entry)
  if (reference === undefined) return service
  const { ref, path, at } = reference
  const { gathered } = extending.scope
  const next = path === undefined ? level : baseLevel(extending, level, path, at)
  if (next === undefined) return service
  if (!next.services.has(ref)) {
    complain(gathered, at.span, `\`${name}\` extends \`${ref}\`, which is not there`)
    return service
  }
  const own = `${path?.kind === 'scalar' ? path.text : extending.file}\0${name}`
  if (level.seen.includes(own) || level.seen.length > longest) {
    if (level.seen.length > longest) giveUp(gathered, at.span, `\`${name}\` extends too many others in a row`)
    else complain(gathered, at.span, `\`${name}\` extends itself in a circle`)
    return service
  }
  const base = extend(extending, { ...next, seen: [...level.seen, own] }, ref)
  if (base === undefined) return service
  const kept = applyResets(
    base,
    level.resets.flatMap((reset) => below(reset, [extending.kind, name])),
  )
  const merged = merge(gathered, kept, service, ['services', 'x'])
  if (merged.kind !== 'map') return service
  const done = withoutEntry({ ...merged, span: service.span }, 'extends')
  level.services.set(name, { ...entry, value: done })
  return done
}

const below = (reset: Path, prefix: readonly string[]): readonly Path[] => {
  const matches =
    reset.length > prefix.length && prefix.every((key, index) => reset[index] === key || reset[index] === '*')
  return matches ? [reset.slice(prefix.length)] : []
}

function referenceOf(
  extending: Extending,
  service: YamlMap,
  entry: YamlEntry,
): { readonly ref: string; readonly path: YamlNode | undefined; readonly at: YamlNode } | undefined {
  const written = valueAt(service, 'extends')
  if (written === undefined) return undefined
  if (isString(written)) return { ref: written.text, path: undefined, at: written }
  const ref = written.kind === 'map' ? valueAt(written, 'service') : undefined
  if (written.kind !== 'map' || !isString(ref)) {
    complain(extending.scope.gathered, written.span, `\`extends\` of \`${entry.key}\` names no service`)
    return undefined
  }
  const path = valueAt(written, 'file')
  return { ref: ref.text, path: path && isNull(path) ? undefined : path, at: ref }
}

function baseLevel(extending: Extending, level: Level, path: YamlNode, at: YamlNode): Level | undefined {
  const { scope } = extending
  if (!isString(path)) return complain(scope.gathered, path.span, '`file` must be a text')
  if (path.unknown !== undefined) return undefined
  const local = hostPath(join(scope.loaderDir, path.text))
  if (!extending.files.has(local)) extending.files.set(local, loadBase(extending, local, path, at))
  const base = extending.files.get(local)
  return base && { services: new Map(base.services), resets: base.resets, seen: level.seen }
}

function loadBase({ scope, kind }: Extending, local: string, path: ScalarNode, at: YamlNode): ExtendedFile | undefined {
  const { gathered } = scope
  const source = readSource(gathered, local)
  scope.budget.left -= 1
  if (isElsewhere(gathered, local))
    return leaveOut(gathered, 'services', path.span, `the file \`${path.text}\`, which is extended,`)
  if (source === undefined || isFolder(gathered.input, local))
    return complain(gathered, path.span, `the file \`${local}\`, which is extended, is not there`)
  if (scope.budget.left < 0) return giveUp(gathered, path.span, 'too many files are extended')
  const { model, resets } = loadFile({ ...scope, loaderDir: folderOf(local) }, source, emptyModel(source), true)
  const resolved = resolvePaths(model, relative(scope.loaderDir, folderOf(local)))
  const services = valueAt(resolved, kind === 'jobs' ? 'services' : kind)
  if (services?.kind !== 'map') return complain(gathered, at.span, `the file \`${local}\` has no services`)
  return { services: services.entries, resets }
}
