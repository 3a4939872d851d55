import { posix } from 'node:path'
import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import type { ConfigRun } from '../../languages/elixir/config/run.ts'
import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { field, isKeyword, pairKey } from '../../languages/elixir/values/map.ts'
import { list, type Value } from '../../languages/elixir/values/value.ts'
import { parseTerms } from '../../languages/erlang/terms.ts'
import type { SyntaxProblem } from '../../text/diagnostic.ts'
import { type Source, type Span, wholeOf } from '../../text/source.ts'
import { resolvePath, sourceOf, textOfEntry } from './place.ts'

/** A release of Elixir in the file system of an image (mix help release, "Release directory"). */
export interface ImageRelease {
  /** The folder, absolute: `bin`, `lib` and `releases` are in it. */
  readonly root: string
  /** Of its script: `bin/NAME`. */
  readonly name: string
  readonly version: string
  /** The version of the Erlang run-time system, such as `13.1.5`. */
  readonly erts: string
  /** The .rel file: what is in the release. */
  readonly rel: FileEntry | undefined
  /** The applications and their versions, by that. */
  readonly apps: ReadonlyMap<string, string>
  /** `releases/start_erl.data`. */
  readonly start: FileEntry
  readonly sysConfig: FileEntry | undefined
  readonly runtime: FileEntry | undefined
  /** What sys.config says; undefined where there is none. */
  readonly config: ConfigRun | undefined
  readonly problems: readonly SyntaxProblem[]
  /** What reads the config at the start, by sys.config. */
  readonly providers: Providers
}

/** The config providers of a release (Config.Provider). */
export interface Providers {
  /** Whether runtime.exs is among them. */
  readonly runtime: boolean
  /** `config_env()` in runtime.exs. */
  readonly configEnv: string | undefined
  /** A provider of the app's own. */
  readonly own: Span | undefined
}

/**
 * The releases of an image, by their `releases/start_erl.data`; those in a `_build` folder come last. An installed Erlang
 * has such a file as well, and an `OTP_VERSION` beside it.
 */
export function releasesOfImage(image: SavedImage): readonly ImageRelease[] {
  const starts = [...image.files.values()].filter(({ path }) => /\/releases\/start_erl\.data$/.test(path))
  const isBuild = ({ path }: FileEntry) => (path.includes('/_build/') ? 1 : 0)
  return starts
    .toSorted((one, other) => isBuild(one) - isBuild(other))
    .flatMap((start) => releaseOf(start, image) ?? [])
}

function releaseOf(start: FileEntry, image: SavedImage): ImageRelease | undefined {
  const [erts = '', version = ''] = (textOfEntry(start) ?? '').trim().split(/\s+/)
  if (version === '' || version.includes('/')) return undefined
  const root = posix.dirname(posix.dirname(start.path))
  const folder = posix.join(root, 'releases', version)
  if (image.files.has(`${folder}/OTP_VERSION`)) return undefined
  const rel = [...image.files.values()].find(
    ({ path }) => posix.dirname(path) === folder && /^(?!start|start_clean).*\.rel$/.test(posix.basename(path)),
  )
  const read = rel && parseTerms(sourceOf(image, rel)).terms[0]
  const sysConfig = resolvePath(image, `${folder}/sys.config`)
  const runtime = resolvePath(image, `${folder}/runtime.exs`)
  const terms = sysConfig?.content && parseTerms(sourceOf(image, sysConfig))
  const source = sysConfig && sourceOf(image, sysConfig)
  const value = applicationsIn(terms?.terms[0])
  return {
    root,
    name: rel ? posix.basename(rel.path, '.rel') : nameByScript(root, image),
    version,
    erts,
    rel,
    apps: appsOf(read),
    start,
    sysConfig,
    runtime,
    config: source && terms && configRun(value, source, terms.problems),
    problems: terms?.problems ?? [],
    providers: providersOf(value),
  }
}

/** sys.config without the names of files that it includes. */
function applicationsIn(term: Value | undefined): Value {
  if (term?.kind !== 'list') return list([])
  const items = term.items.filter((item) => pairKey(item) !== undefined)
  return term.tail ? { kind: 'list', items, tail: term.tail } : list(items)
}

/** The one script in `bin` that has a `.bat` beside it, as Mix writes both; else the name of the folder. */
function nameByScript(root: string, { files }: SavedImage): string {
  const found = [...files.keys()].find((path) => posix.dirname(path) === `${root}/bin` && files.has(`${path}.bat`))
  return posix.basename(found ?? root)
}

/** `{release,{"shop","0.1.0"},{erts,"13.1.5"},[{kernel,"8.5.3",permanent},…]}`. */
function appsOf(term: Value | undefined): ReadonlyMap<string, string> {
  const apps = term?.kind === 'tuple' ? term.items[3] : undefined
  const pairs = (apps?.kind === 'list' ? apps.items : []).flatMap((app): readonly (readonly [string, string])[] => {
    const [name, version] = app.kind === 'tuple' ? app.items : []
    return name?.kind === 'atom' && version ? [[name.name, stringOf(version)]] : []
  })
  return new Map(pairs)
}

const stringOf = (value: Value): string =>
  value.kind === 'list'
    ? value.items.map((item) => (item.kind === 'integer' ? String.fromCodePoint(Number(item.value)) : '')).join('')
    : ''

function configRun(value: Value, source: Source, problems: readonly SyntaxProblem[]): ConfigRun {
  const [problem] = problems
  return {
    config: value,
    imported: [],
    outcome: problem ? { kind: 'unknown', span: problem.span, why: problem.message } : { kind: 'ok' },
    possibleCrashes: [],
    reads: [],
    writes: writesIn(value, [], source),
    notes: [],
  }
}

/** Every value of a config as if `config` had set it. */
function writesIn(value: Value, path: readonly string[], source: Source): ConfigRun['writes'] {
  if (
    path.length < mostKeys &&
    value.kind === 'list' &&
    isKeyword(value) &&
    (value.items.length > 0 || path.length < 2)
  ) {
    return value.items.flatMap((pair) => {
      const inside = pair.items[1]
      return inside ? writesIn(inside, [...path, pairKey(pair) ?? ''], source) : []
    })
  }
  const span = value.trail?.[0]?.span ?? wholeOf(source)
  return [{ path, value, span, call: span, guards: [] }]
}

const mostKeys = 8

/** What `config_provider_init` of `:elixir` says, which `mix release` leaves in sys.config. */
function providersOf(config: Value): Providers {
  const init = configAt(config, ['elixir', 'config_provider_init'])
  const list = init?.kind === 'map' ? field(init, 'providers') : undefined
  let [runtime, configEnv, own]: [boolean, string | undefined, Span | undefined] = [false, undefined, undefined]
  for (const provider of list?.kind === 'list' ? list.items : []) {
    const [module, argument] = provider.kind === 'tuple' ? provider.items : []
    if (module?.kind !== 'atom' || !isRuntime(module.name, argument)) {
      own ??= module?.trail?.[0]?.span
      continue
    }
    runtime = true
    const env = argument?.kind === 'tuple' && argument.items[1] ? configAt(argument.items[1], ['env']) : undefined
    if (env?.kind === 'atom') configEnv = env.name
  }
  return { runtime, configEnv, own }
}

/** `{Config.Reader, {{:system, "RELEASE_ROOT", "/releases/0.1.0/runtime.exs"}, env: :prod, …}}`. */
function isRuntime(module: string, argument: Value | undefined): boolean {
  if (module !== 'Elixir.Config.Reader') return false
  const place = argument?.kind === 'tuple' && argument.items[0]?.kind === 'tuple' ? argument.items[0] : argument
  const path = place?.kind === 'tuple' ? place.items.at(-1) : place
  return path?.kind === 'binary' && /\/releases\/[^/]+\/(runtime|releases)\.exs$/.test(path.text)
}
