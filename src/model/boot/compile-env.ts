import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, calls, keywordGet, walk } from '../../languages/elixir/syntax/query.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { field, isOpen } from '../../languages/elixir/values/map.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { list, type Value } from '../../languages/elixir/values/value.ts'
import type { Span } from '../../text/source.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { isAtLeast } from '../phoenix/versions.ts'
import type { Boot } from './boot.ts'
import type { Deployment } from './deployment.ts'
import { spanOfKey } from './span-of-key.ts'

/** A key that is read when the code is compiled. */
interface CompiledKey {
  readonly path: readonly string[]
  /** Where the code reads it; undefined where Phoenix does. */
  readonly read: Span | undefined
  /** Whether a release with another value at its start does not boot; else it goes on with the compiled one. */
  readonly refused: boolean
}

/** A key that has another value when the release starts than when its code was compiled. */
export interface ChangedKey extends CompiledKey {
  /** Undefined where it was not set. */
  readonly before: Value | undefined
  readonly after: Value | undefined
  /** Where the later value is given. */
  readonly span: Span | undefined
  readonly certain: boolean
  /** Whether the later value is one that somebody gives at the start, and the earlier one was known. */
  readonly given: boolean
  /** As Elixir says it. */
  readonly message: string
}

/** The keys whose value at the start of a release is another than that at the compilation, where that is checked or Phoenix reads them. */
export function changedKeys({ app, runs }: Deployment, boot: Boot, code: Code): readonly ChangedKey[] {
  if (app === undefined || runs === 'mix') return []
  const checked = validatesCompileEnv(app)
  const written = validatedKeys(boot)
  const keys = [
    ...(written ?? (checked ? ownKeys(code) : [])),
    ...phoenixKeys(boot, checked).filter(({ refused }) => !refused || written === undefined),
  ]
  const compiled = boot.build?.config ?? list([])
  return keys.flatMap((key) => {
    const before = configAt(compiled, key.path)
    const after = configAt(boot.config, key.path)
    if (shown(before) === shown(after)) return []
    const certain = ![before, after].some((value) => value !== undefined && isOpen(value))
    const span = spanOfKey(boot, key.path)
    const isKnown = before === undefined || !isOpen(before)
    const given = !certain && isKnown && mayBeOther(after) && isGivenAtStart(boot, key.path)
    return [{ ...key, before, after, span, certain, given, message: messageOf(key, before, after) }]
  })
}

/** Whether a value comes from who starts the release: a switch with two values that are written out does not. */
const mayBeOther = (value: Value | undefined): boolean =>
  value !== undefined && alternatives(value).some(({ kind }) => kind === 'unknown')

/** Whether a key gets its last value in runtime.exs. */
const isGivenAtStart = ({ writes }: Boot, path: readonly string[]): boolean =>
  writes.findLast((write) => path.every((key, index) => write.path[index] === key))?.during === 'boot'

/** The keys that a release that is in view itself checks at its start; undefined where only its sources are in view. */
function validatedKeys({ build }: Boot): readonly CompiledKey[] | undefined {
  const init = build && configAt(build.config, ['elixir', 'config_provider_init'])
  const checked = init?.kind === 'map' ? field(init, 'validate_compile_env') : undefined
  if (checked === undefined) return undefined
  return (checked.kind === 'list' ? checked.items : []).flatMap((entry) => {
    const [app, keys] = entry.kind === 'tuple' ? entry.items : []
    const path = [app, ...(keys?.kind === 'list' ? keys.items : [])].map((key) =>
      key?.kind === 'atom' ? key.name : '',
    )
    return path.includes('') ? [] : [{ path, read: undefined, refused: true }]
  })
}

const ownKeys = (code: Code): readonly CompiledKey[] =>
  code
    .mentioning(/compile_env/)
    .flatMap((module) =>
      ['Application.compile_env', 'Application.compile_env!'].flatMap((name) =>
        calls(module.body, name).flatMap((call) => keyOf(call, module)),
      ),
    )

/** Phoenix 1.8 reads these by `compile_env`, 1.6 and 1.7 keep them without a word. */
function phoenixKeys({ endpoints, versions }: Boot, checked: boolean): readonly CompiledKey[] {
  const phoenix = versions.locked('phoenix')
  const refused = checked && (isAtLeast(phoenix, 1, 8) || !isAtLeast(phoenix, 1, 6))
  return endpoints.flatMap(({ otpApp, name }) =>
    ['code_reloader', 'debug_errors', 'force_ssl'].map((key) => ({
      path: [otpApp, `Elixir.${name}`, key],
      read: undefined,
      refused,
    })),
  )
}

function keyOf(call: CallNode, module: ModuleDefinition): readonly CompiledKey[] {
  const [app, key] = call.args.map((arg) => written(arg, module))
  const keys = key?.kind === 'list' ? key.items.map((item) => written(item, module)) : [key]
  const names = [app, ...keys].map((node) => nameOf(node, module))
  const path = names.flatMap((name) => name ?? [])
  return path.length === names.length ? [{ path, read: call.span, refused: true }] : []
}

/** What a module attribute stands for. */
function written(node: Node, module: ModuleDefinition): Node | undefined {
  if (node.kind !== 'attribute' || node.value) return node
  return module.attributes.findLast((one) => one.name === node.name)?.value
}

/** The name of an atom or a module, as Erlang has it. */
function nameOf(node: Node | undefined, module: ModuleDefinition): string | undefined {
  const atom = atomName(node)
  if (atom !== undefined) return atom
  const name = aliasName(node, module.aliases, module.name)
  return name === undefined ? undefined : `Elixir.${name}`
}

function messageOf({ path }: CompiledKey, before: Value | undefined, after: Value | undefined): string {
  const [app = '', ...rest] = path
  const name = rest.map(moduleName).join('.')
  const then = before === undefined ? 'was not set' : `was ${shown(before)}`
  const now = after === undefined ? 'is not set' : `is ${shown(after)}`
  return `the application :${app} has a different value set for \`${name}\` during runtime compared to compile time: it ${then} at compile time and ${now} at runtime`
}

const shown = (value: Value | undefined): string | undefined => value && inspectValue(value, '1.18.4')

/** Whether a release of the project checks these keys at its start (`validate_compile_env` of `releases`). */
function validatesCompileEnv(app: MixApp): boolean {
  let off = false
  walk(app.file?.body ?? [], (node) => {
    const value = node.kind === 'list' ? keywordGet(node, 'validate_compile_env') : undefined
    if (atomName(value) === 'false') off = true
  })
  return !off
}
