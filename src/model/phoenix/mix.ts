import { posix } from 'node:path'
import type { ElixirFile, ListNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { type ModuleDefinition, modules } from '../../languages/elixir/syntax/modules.ts'
import { atomName, bodyOf, keywordGet, pairsOf, stringText } from '../../languages/elixir/syntax/query.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Span, textOf } from '../../text/source.ts'
import { type Dependency, dependenciesOf } from './mix/dependencies.ts'
import { isProject, type Nameless, namelessIn } from './mix/nameless.ts'
import type { Versions } from './versions.ts'

/** A Mix project, as its mix.exs describes it. */
export interface MixApp {
  /** mix.exs; undefined where only a release is in view that was made of it. */
  readonly file: ElixirFile | undefined
  /** The folder of mix.exs, relative to the root of the tree. */
  readonly folder: string
  /** As mix.exs writes it; what `mix new` writes where that cannot be seen. */
  readonly version: string
  /** The versions that are in its release, where only that is in view. */
  readonly versions: Versions | undefined
  /** `app:`; an umbrella has none. */
  readonly name: string | undefined
  /** Why Mix stops at every task: what mix.exs lacks, where it should stand or what may be meant for it. */
  readonly nameless: Nameless | undefined
  readonly umbrella: boolean
  /** The apps of an umbrella. */
  readonly children: readonly MixApp[]
  /** Of a release of an umbrella, the apps that it does not start. */
  readonly notStarted?: readonly MixApp[]
  readonly aliases: ReadonlyMap<string, readonly AliasEntry[]>
  readonly deps: readonly Dependency[]
  readonly releases: readonly DefinedRelease[]
  /** What `mix release` builds without a name. */
  readonly defaultRelease: string | undefined
  /** `build_path:`, `_build` where mix.exs says nothing; undefined where it is put together. */
  readonly buildPath: string | undefined
  /** MIX_ENV of tasks where it is not set: `preferred_envs` of `cli/0`, or `preferred_cli_env` of the project. */
  readonly preferredEnvs: ReadonlyMap<string, string>
  readonly defaultEnv: string | undefined
  /** The callback module of the application. */
  readonly applicationModule: string | undefined
  /** Where that is named, or should be. */
  readonly applicationSpan: Span | undefined
  /** Whether `application/0` names a callback module at all. */
  readonly callback: 'named' | 'none' | 'unknown'
  /** `config_providers`, or a `release` step of the project's own, that may change what the release reads at boot. */
  readonly ownProviders: Span | undefined
  /** Why more may be in it than is here: the file cannot be read. */
  readonly unread: Problem | undefined
}

/** One task of an alias; `words` is undefined where it is a function. */
export interface AliasEntry {
  readonly words: readonly string[] | undefined
  readonly text: string
  readonly span: Span
}

export interface DefinedRelease {
  readonly name: string
  readonly span: Span
  /** `applications:` as it is written. */
  readonly applications: Node | undefined
  /** `path:`, where it is written out. */
  readonly path?: string | undefined
  /** Whether `steps:` packs it: `[:assemble, :tar]`. */
  readonly isPacked: boolean
  /** A step that `mix release` does not know. */
  readonly strangeStep?: Node | undefined
  /** Steps that do not make the release. */
  readonly unassembled?: Span | undefined
  /** Where `include_executables_for:` leaves out the scripts of Unix. */
  readonly withoutScripts?: Span | undefined
}

/** A Mix project of which nothing is known. */
export const unseenApp: MixApp = {
  file: undefined,
  folder: '',
  version: '0.1.0',
  versions: undefined,
  name: undefined,
  nameless: undefined,
  umbrella: false,
  children: [],
  aliases: new Map(),
  deps: [],
  releases: [],
  defaultRelease: undefined,
  buildPath: '_build',
  preferredEnvs: new Map(),
  defaultEnv: undefined,
  applicationModule: undefined,
  applicationSpan: undefined,
  callback: 'unknown',
  ownProviders: undefined,
  unread: undefined,
}

/** The text of a mix.exs; empty where it is not in view. */
export const mixText = (app: MixApp | undefined): string => app?.file?.source.text ?? ''

/** Whether releases are assembled with steps of the project's own, which may write anything into them. */
export const hasOwnReleaseSteps = (app: MixApp | undefined): boolean =>
  /\bsteps:(?!\s*\[\s*:assemble\s*(,\s*:tar\s*)?\](?!\s*\+\+))/.test(mixText(app))

/** The Mix projects of the files named mix.exs, each umbrella with its apps. */
export function mixApps(files: readonly ElixirFile[]): readonly MixApp[] {
  const single = files.map((file) => appOf(file, []))
  return single.map((app) => {
    const appsPath = app.umbrella ? posix.join(app.folder, 'apps') : undefined
    if (appsPath === undefined) return app
    const children = single.filter((child) => posix.dirname(child.folder) === appsPath)
    return { ...app, children }
  })
}

function appOf(file: ElixirFile, children: readonly MixApp[]): MixApp {
  const all = modules(file)
  const module = all.find(isProject) ?? all[0]
  const project = module && resultOf(module, 'project')
  const application = module && resultOf(module, 'application')
  const cli = module && resultOf(module, 'cli')
  const releases = follow(keywordGet(project, 'releases'), module)
  const defined = releases?.kind === 'list' ? pairsOf(releases).map(([name, node]) => definedRelease(name, node)) : []
  const callback = keywordGet(application, 'mod')
  const callbackModule = callback?.kind === 'tuple' ? callback.items[0] : undefined
  const folder = posix.dirname(file.source.path)
  const [unread] = file.problems
  const { text } = file.source
  return {
    file,
    folder: folder === '.' ? '' : folder,
    version: (/\bversion:\s*"([^"]+)"/.exec(text) ?? /@version\s+"([^"]+)"/.exec(text))?.[1] ?? '0.1.0',
    versions: undefined,
    name: nameOf(keywordGet(project, 'app')),
    nameless: unread ? undefined : namelessIn(file, project, module),
    umbrella: keywordGet(project, 'apps_path') !== undefined || (unread !== undefined && /\bapps_path:/.test(text)),
    children,
    aliases: aliasesOf(listsIn(keywordGet(project, 'aliases'), module)),
    deps: dependenciesOf(listsIn(keywordGet(project, 'deps'), module)),
    releases: defined,
    defaultRelease:
      nameOf(keywordGet(project, 'default_release')) ?? (defined.length === 1 ? defined[0]?.name : undefined),
    buildPath: keywordGet(project, 'build_path') ? stringText(keywordGet(project, 'build_path')) : '_build',
    preferredEnvs: namesIn(keywordGet(cli, 'preferred_envs') ?? keywordGet(project, 'preferred_cli_env')),
    defaultEnv: nameOf(keywordGet(cli, 'default_env')),
    applicationModule: callbackModule?.kind === 'alias' ? callbackModule.segments.join('.') : undefined,
    applicationSpan: callbackModule?.span ?? application?.span,
    callback: callback ? 'named' : application?.kind === 'list' ? 'none' : 'unknown',
    ownProviders: (releases && keywordIn(releases, 'config_providers')) ?? unread?.span,
    unread,
  }

  function nameOf(node: Node | undefined): string | undefined {
    if (node?.kind === 'attribute') {
      const value = module?.attributes.findLast((attribute) => attribute.name === node.name)?.value
      return atomName(value)
    }
    return atomName(node)
  }
}

const definedRelease = (name: string, node: Node): DefinedRelease => {
  const applications = keywordGet(node, 'applications')
  const steps = keywordGet(node, 'steps')
  const isPacked = steps?.kind === 'list' && steps.items.some((step) => atomName(step) === 'tar')
  const listed = steps?.kind === 'list' ? steps.items : []
  const systems = keywordGet(node, 'include_executables_for')
  const isForUnix = systems?.kind !== 'list' || systems.items.some((one) => atomName(one) !== 'windows')
  return {
    name,
    span: node.span,
    applications,
    path: stringText(keywordGet(node, 'path')),
    isPacked,
    strangeStep: listed.find((step) => step.kind === 'atom' && !/^(assemble|tar)$/.test(step.name)),
    unassembled: steps?.kind === 'list' && !steps.tail && listed.every(isStep) ? steps.span : undefined,
    withoutScripts: isForUnix ? undefined : systems.span,
  }
}

/** Whether a step of a release is written out and is not that which makes it. */
const isStep = (node: Node): boolean =>
  node.kind === 'capture' || node.kind === 'fn' || (node.kind === 'atom' && node.name !== 'assemble')

/** The last expression of a function without arguments. */
function resultOf(module: ModuleDefinition, name: string): Node | undefined {
  const clause = module.functions.find((one) => one.name === name)?.clauses[0]
  return bodyOf(clause?.body).at(-1)
}

/** A list as written, or the list that a local function without arguments gives. */
function follow(node: Node | undefined, module: ModuleDefinition | undefined): Node | undefined {
  const name = node?.kind === 'call' && !node.target ? node.name : node?.kind === 'variable' ? node.name : undefined
  return name !== undefined && module ? resultOf(module, name) : node
}

function keywordIn(node: Node, key: string): Span | undefined {
  if (node.kind !== 'list') return undefined
  const found = pairsOf(node).map(([, value]) => keywordGet(value, key))
  return found.find((value) => value !== undefined)?.span
}

function aliasesOf(lists: readonly ListNode[]): ReadonlyMap<string, readonly AliasEntry[]> {
  const aliases = new Map<string, readonly AliasEntry[]>()
  for (const list of lists) {
    for (const [name, value] of pairsOf(list)) {
      aliases.set(name, (value.kind === 'list' ? value.items : [value]).map(entryOf))
    }
  }
  return aliases
}

function namesIn(node: Node | undefined): ReadonlyMap<string, string> {
  const pairs = node?.kind === 'list' ? pairsOf(node) : []
  return new Map(
    pairs.flatMap(([task, value]) => [[task, atomName(value) ?? ''] as const].filter(([, env]) => env !== '')),
  )
}

/** The lists of `[…] ++ more()` and `Keyword.merge(…)`. */
function listsIn(node: Node | undefined, module: ModuleDefinition | undefined, depth = 0): readonly ListNode[] {
  const found = depth > deepestLists ? undefined : follow(node, module)
  const inner = (part: Node | undefined) => listsIn(part, module, depth + 1)
  if (found?.kind === 'list') return [found]
  if (found?.kind === 'binary' && found.operator === '++') return [...inner(found.left), ...inner(found.right)]
  const merges = found?.kind === 'call' && /^(merge|concat)$/.test(found.name)
  return merges ? found.args.flatMap(inner) : []
}

const deepestLists = 8

function entryOf(node: Node): AliasEntry {
  const text = stringText(node) ?? atomName(node)
  if (text === undefined) return { words: undefined, text: textOf(node.span), span: node.span }
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3] ?? '')
  return { words, text, span: node.span }
}

/** Whether mix.exs names the dependency at all, or may: where it cannot be read. */
export const dependsOn = (app: MixApp, name: string): boolean =>
  [app, ...app.children].some(
    (one) => one.unread !== undefined || one.deps.some((dependency) => dependency.name === name),
  )
