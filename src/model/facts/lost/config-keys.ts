import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import { isAlias, moduleName } from '../../../languages/elixir/syntax/module-name.ts'
import type { FunctionDefinition, ModuleDefinition, ModuleUse } from '../../../languages/elixir/syntax/modules.ts'
import { fullName, walk } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { oncePer } from '../../../text/once.ts'
import type { Span } from '../../../text/source.ts'
import type { Boot } from '../../boot/boot.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Code } from '../../phoenix/code.ts'
import { configuredUse, optionMeant } from '../../phoenix/library-options.ts'
import { mixText } from '../../phoenix/mix.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import type { Project } from '../../project/project.ts'
import { atomOf } from './apps.ts'
import { reachedFrom } from './reached.ts'

/** A key of the project's own config that code asks for, and that no config of production sets. */
export interface LostKey {
  readonly app: string
  /** As it is written: `:currency`, `Shop.Mailer`. */
  readonly key: string
  readonly span: Span
  /** `Application.fetch_env!` */
  readonly by: string
  /** A key that is set and that was most likely meant. */
  readonly near: string | undefined
  /** What surely stops for it; undefined where a condition may stand before, or nobody in view comes there. */
  readonly stops: 'build' | 'start' | 'command' | undefined
}

const asking = /^Application\.(fetch_env!|compile_env!)$/
const words = /\bApplication\s*\.\s*(fetch|compile)_env!/

/** What may make that a call is never come to. */
const conditions = /^(if|unless|case|cond|with|try|receive|for)$/

/** The keys that the code of a deployment cannot do without and that its config, which is all in view, does not have. */
export function lostKeysOf(project: Project, deployment: Deployment, boot: Boot): readonly LostKey[] {
  const { code, app, world } = deployment
  if (app === undefined || world.apps.some((one) => one.unread || /\benv:/.test(mixText(one)))) return []
  const own = new Set(world.apps.flatMap(({ name }) => name ?? []))
  const reached = reachedFrom(project, deployment)
  const setting = settingIn(code)
  const lost = (module: ModuleDefinition, call: CallNode, stops: LostKey['stops']): readonly LostKey[] => {
    const name = atomOf(call.args[0], module)?.name
    const [, key] = call.args
    const asked = atomOf(key, module)?.name ?? named(key, module)
    // Of repos that nothing lists the migrations tell.
    if (
      !name ||
      !own.has(name) ||
      !key ||
      !asked ||
      asked === 'ecto_repos' ||
      !isOpenTo(boot, name) ||
      boot.at(name, asked)
    )
      return []
    const short = asked.replace(/^Elixir\./, '')
    const written = new RegExp(`\\b${short.split('.').at(-1)?.replace(/\W/g, '')}\\b`)
    if (setting.texts.some((text) => written.test(text))) return []
    const near = isAlias(asked) ? undefined : nearest(asked, keysIn(boot, name), asked.length < 8 ? 1 : 2)
    return [
      {
        app: name,
        key: isAlias(asked) ? short : `:${asked}`,
        span: key.span,
        by: fullName(call) ?? '',
        near,
        stops: setting.isOpen ? undefined : stops,
      },
    ]
  }
  return code
    .mentioning(words)
    .filter((module) => !module.name.startsWith('Mix.'))
    .flatMap((module) => [
      ...module.attributes
        .flatMap(({ value }) => (value ? callsIn([value]) : []))
        .flatMap(({ call, isSure }) => lost(module, call, isSure ? 'build' : undefined)),
      ...module.functions.flatMap((definition) =>
        callsIn(bodiesOf(definition)).flatMap(({ call, isSure }) =>
          lost(
            module,
            call,
            isSure ? stopsFor(call, definition, reached, module.name === app.applicationModule) : undefined,
          ),
        ),
      ),
    ])
}

/** A key of what the config sets under a module that the library behind it does not take, and that is nearly one that it takes. */
export interface MisspeltKey {
  readonly module: string
  readonly key: string
  readonly near: string
  readonly span: Span
}

/** The keys that are misspelt under endpoints, repos and mailers, and in the `url:` of endpoints, where the right one is not set beside them. */
export function misspeltKeysOf({ code }: Deployment, boot: Boot): readonly MisspeltKey[] {
  return boot.writes.flatMap((write): readonly MisspeltKey[] => {
    const [app = '', owner = '', key, ...more] = write.path
    const module = isAlias(owner) && key !== undefined ? code.module(moduleName(owner)) : undefined
    const use = module && configuredUse(module)
    if (!module || !use || key === undefined) return []
    const { span } = write
    const found = more.length > 0 ? slipInUrl(write, use, boot) : { key, near: optionMeant(use, key) }
    if (found?.near === undefined || (more.length === 0 && boot.at(app, owner, found.near))) return []
    return code.files.some(({ source }) => source.text.includes(`:${found.key}`))
      ? []
      : [{ module: module.name, key: found.key, near: found.near, span }]
  })
}

/** What the `url` of an endpoint takes (Phoenix.Endpoint, `:url`). */
const ofUrl = ['host', 'path', 'port', 'scheme']

/** A key of the `url` of an endpoint that it does not take, where the one that was meant does not stand beside it. */
function slipInUrl({ path, call }: Boot['writes'][number], { module }: ModuleUse, { writes }: Boot) {
  const [, , option, key = '', ...more] = path
  if (module !== 'Phoenix.Endpoint' || option !== 'url' || more.length > 0 || ofUrl.includes(key)) return undefined
  const near = nearest(key, ofUrl, 2)
  const isBeside = writes.some((one) => one.call === call && one.path[2] === option && one.path[3] === near)
  return isBeside ? undefined : { key, near }
}

/** The texts of code that may set keys, without what asks for them: all where some is set under a name that is given. */
const settingIn = oncePer(({ files }: Code): { readonly isOpen: boolean; readonly texts: readonly string[] } => {
  const setters = files.filter(({ source }) => /\b(put|set)_(all_)?env\b/.test(source.text))
  const isOpen = setters.some(({ source }) => /\b(put|set)_env\(\s*[^,()]+,\s*[a-z@_]/.test(source.text))
  const asks = /\b(fetch|compile|get)_env!?\([^)]*\)/g
  return { isOpen, texts: (isOpen ? files : setters).map(({ source }) => source.text.replace(asks, '')) }
})

function stopsFor(
  { name }: CallNode,
  definition: FunctionDefinition,
  reached: ReadonlySet<FunctionDefinition>,
  isApplication: boolean,
): LostKey['stops'] {
  if (name === 'compile_env!') return 'build'
  if (isApplication && definition.name === 'start') return 'start'
  return reached.has(definition) ? 'command' : undefined
}

const named = (node: Node | undefined, module: ModuleDefinition): string | undefined => {
  const name = node?.kind === 'alias' ? aliasName(node, module.aliases, module.name) : undefined
  return name && `Elixir.${name}`
}

/** Whether all keys that the config has of an application are known. */
function isOpenTo(boot: Boot, app: string): boolean {
  const all = boot.at(app)
  return (
    all === undefined ||
    (all.kind === 'list' && all.items.every((one) => one.kind === 'tuple' && one.items[0]?.kind === 'atom'))
  )
}

function keysIn(boot: Boot, app: string): readonly string[] {
  const all = boot.at(app)
  const items = all?.kind === 'list' ? all.items : []
  return items.flatMap((one) => (one.kind === 'tuple' && one.items[0]?.kind === 'atom' ? [one.items[0].name] : []))
}

/** The calls that ask, and whether they are surely come to where their function is. */
function callsIn(roots: readonly Node[]): readonly { readonly call: CallNode; readonly isSure: boolean }[] {
  const all: CallNode[] = []
  const maybe = new Set<Node>()
  walk(roots, (node) => {
    if (node.kind === 'call' && asking.test(fullName(node) ?? '') && node.args.length > 1) all.push(node)
    const isCondition =
      node.kind === 'fn' ||
      (node.kind === 'call' && !node.target && conditions.test(node.name)) ||
      (node.kind === 'binary' && /^(&&|\|\||and|or)$/.test(node.operator))
    if (isCondition) walk(node, (inner) => maybe.add(inner))
  })
  return all.map((call) => ({ call, isSure: !maybe.has(call) }))
}
