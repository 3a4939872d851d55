import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { isAlias, moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { FunctionDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, keywordGet, walk } from '../../languages/elixir/syntax/query.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { truthOf } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../boot/boot.ts'
import type { Code } from '../phoenix/code.ts'
import { configuredUse, ofUrl, takesOption } from '../phoenix/library-options.ts'
import { dependsOn, type MixApp } from '../phoenix/mix.ts'
import { bodiesOf } from '../phoenix/run-time.ts'
import { isWrittenIn } from '../phoenix/words.ts'
import type { Project } from '../project/project.ts'
import { askingNodes, outcomeOf, readersOf, worst } from './config-readers.ts'

/**
 * What comes of a key that the build has frozen: what runs has that value, and then whether the compiler has read it; or
 * it may have it, unless what is named in `by` asks the environment itself; or it does not use it.
 */
export type ConfigUse =
  | { readonly kind: 'frozen'; readonly compiled: boolean }
  | { readonly kind: 'maybe'; readonly by: string }
  | { readonly kind: 'unused' }

const frozen: ConfigUse = { kind: 'frozen', compiled: false }
const unused: ConfigUse = { kind: 'unused' }
const maybe = (by: string): ConfigUse => ({ kind: 'maybe', by: `\`${by}\`` })

/** Applications that are known to take what their config says, and to ask nobody else. */
const takesConfig = /^(logger|kernel|sasl|elixir|phoenix|ecto|ecto_sql|swoosh)$/

/** Applications that are in no mix.lock, since Elixir and Erlang bring them. */
const isBrought = /^(ssl|inets|mnesia|os_mon|crypto|public_key|ssh|runtime_tools|mix|eex)$/

const isCode = (path: string): boolean => /(^|\/)lib\//.test(path)

/** Whether what runs uses the config at `path`, which the build has frozen, and does not ask for `variable` again. */
export function configUse(
  project: Project,
  app: MixApp,
  boot: Boot,
  path: readonly string[],
  variable: string,
): ConfigUse {
  const use = useOf(project, app, boot, path, variable)
  const unread = [...project.elixir.values()].find(({ source, problems }) => problems.length > 0 && isCode(source.path))
  return use.kind === 'frozen' && unread ? maybe(unread.source.path) : use
}

function useOf(project: Project, app: MixApp, boot: Boot, path: readonly string[], variable: string): ConfigUse {
  const { code, apps } = project
  const [owner = '', key, option] = path
  const isOwn = apps.some(({ name }) => name === owner) || isSaidToBeOwn(code, owner)
  const ofOthers = () =>
    isOwn ? ofLibrary(project, app, boot, path, variable) : ofDependency(project, app, boot, owner)
  if (code.modules.length === 0) return isOwn ? frozen : ofOthers()
  const own = ofOwnCode(project, boot, path, variable)
  if (own !== undefined && (isOwn || own.kind === 'frozen')) return own
  const others = ofOthers()
  const { open } = readersOf(code, owner, key, option)
  // What reads keys that are not in view reads those of the app, and not what a library has under a module.
  return others.kind === 'unused' && open[0] && !isAlias(key ?? '') ? maybe(open[0].from?.module.name ?? owner) : others
}

/** Whether the project's own modules say that they are of an application, whatever mix.exs calls itself. */
const isSaidToBeOwn = ({ modules }: Code, app: string): boolean =>
  modules.some(
    (module) =>
      isWrittenIn(module, 'otp_app') &&
      module.uses.some(({ options }) => atomName(keywordGet(options, 'otp_app')) === app),
  )

/** What the project's own code makes of a key; undefined where it neither reads nor sets it. */
function ofOwnCode({ code }: Project, boot: Boot, path: readonly string[], variable: string): ConfigUse | undefined {
  const [owner = '', key, option] = path
  const { known, setters } = readersOf(code, owner, key, option)
  if (setters.length > 0) return unused
  const value = boot.at(...path)
  const isTrue = value !== undefined && alternatives(value).some((one) => truthOf(one) !== 'no')
  const asking = askingNodes(code, variable)
  const outcomes = known.map((reader) => ({ reader, outcome: outcomeOf(code, reader, asking, isTrue, option) }))
  const outcome = worst(outcomes.map((one) => one.outcome))
  if (outcome === undefined) return undefined
  const deciding = outcomes.find((one) => one.outcome === outcome)?.reader
  if (outcome === 'unclear') return maybe(deciding?.from?.module.name ?? owner)
  return outcome === 'asked' ? unused : { kind: 'frozen', compiled: known.some(({ from }) => from === undefined) }
}

/** What the application of a dependency, which is out of view, makes of its config. */
function ofDependency({ apps }: Project, app: MixApp, { versions }: Boot, owner: string): ConfigUse {
  if (takesConfig.test(owner)) return frozen
  const isThere = apps.some((one) => dependsOn(one, owner)) || versions.locked(owner) !== undefined
  return isThere || isBrought.test(owner) || !versions.hasLock || app.unread ? maybe(owner) : unused
}

/** What a library makes of a key of the project's own application, which `otp_app` tells it. */
function ofLibrary(
  { code }: Project,
  app: MixApp,
  boot: Boot,
  [owner = '', key = '', option]: readonly string[],
  variable: string,
): ConfigUse {
  if (!isAlias(key)) return app.unread === undefined && dependsOn(app, key) ? maybe(key) : unused
  const name = moduleName(key)
  const module = code.module(name)
  if (module === undefined)
    return code.modules.some((one) => one.name.split('.')[0] === name.split('.')[0])
      ? { kind: 'maybe', by: `\`${name}\`, which is not in view,` }
      : unused
  const use = configuredUse(module)
  // Without functions it is what a library makes of it, by a `use` that is not well.
  if (use === undefined) return module.functions.length === 0 ? maybe(name) : unused
  const asking = askingNodes(code, variable)
  const callback = configureCallback(boot, owner, key)
  const called = callback && code.module(callback.module)
  if (callback !== undefined && called === undefined) return maybe(callback.module)
  const asked = [
    ...module.functions.filter((one) => /^(init|child_spec|start_link)$/.test(one.name)),
    ...(called?.functions.filter((one) => callback?.function === undefined || one.name === callback.function) ?? []),
  ]
  if (
    asked.some((definition) => mentions(bodiesOf(definition), (node) => asking.has(node))) ||
    (option !== undefined && asked.some((definition) => sets(definition, option))) ||
    startedWith(code.modules, name, asking)
  )
    return unused
  const takes = takesOption(use, option)
  if (takes === undefined) return maybe(use.module)
  const isReplaced = option !== undefined && ofUrl.has(option) && use.module === 'Ecto.Repo' && hasUrl(boot, owner, key)
  return takes && !isReplaced ? frozen : unused
}

/** What `configure: {Module, :function, arguments}` names, which DBConnection calls before each connection. */
function configureCallback(boot: Boot, owner: string, key: string) {
  const value = boot.at(owner, key, 'configure')
  const [module, name] = value?.kind === 'tuple' ? value.items : []
  if (module?.kind !== 'atom') return undefined
  return { module: moduleName(module.name), function: name?.kind === 'atom' ? name.name : undefined }
}

/** Whether a callback gives an option another value: `Keyword.merge(config, password: token())`, `Keyword.put(config, :password, …)`. */
const sets = (definition: FunctionDefinition, option: string): boolean =>
  mentions(bodiesOf(definition), (node) => {
    if (node.kind !== 'call' || !/^(merge|put|put_new|replace!?)$/.test(node.name)) return false
    return (
      keywordGet(node.args.at(-1), option) !== undefined ||
      node.args.slice(0, 2).some((arg) => atomName(arg) === option)
    )
  })

const hasUrl = (boot: Boot, owner: string, key: string): boolean => {
  const url = boot.at(owner, key, 'url')
  return url !== undefined && alternatives(url).every((one) => truthOf(one) !== 'no')
}

/** Whether a supervisor gives a module options of its own that ask: `{Shop.Repo, url: System.get_env("DATABASE_URL")}`. */
const startedWith = (modules: Project['code']['modules'], name: string, asking: ReadonlySet<Node>): boolean =>
  asking.size > 0 &&
  modules.some(
    (module) =>
      isWrittenIn(module, name.split('.').at(-1) ?? '') &&
      module.functions.some((definition) =>
        mentions(
          bodiesOf(definition),
          (node) =>
            node.kind === 'tuple' &&
            aliasName(node.items[0], module.aliases, module.name) === name &&
            mentions(node.items, (one) => asking.has(one)),
        ),
      ),
  )

function mentions(roots: readonly Node[], test: (node: Node) => boolean): boolean {
  let found = false
  walk(roots, (node) => {
    found ||= test(node)
    return !found
  })
  return found
}
