import { aliasName } from '../../languages/elixir/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/ast.ts'
import { configAt } from '../../languages/elixir/config-merge.ts'
import { inspectValue } from '../../languages/elixir/inspect.ts'
import { isOpen } from '../../languages/elixir/map.ts'
import type { ModuleDefinition } from '../../languages/elixir/modules.ts'
import { atomName, calls, keywordGet, walk } from '../../languages/elixir/query.ts'
import type { Value } from '../../languages/elixir/value.ts'
import type { Span } from '../../text/source.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Endpoint } from './endpoint.ts'
import { isAtLeast, type Versions } from './versions.ts'

/** A key whose value at the start must be that at the compilation; else the release does not boot. */
export interface CompiledKey {
  readonly path: readonly string[]
  /** Where the code reads it; undefined where Phoenix does. */
  readonly span: Span | undefined
}

/** The keys that the code and Phoenix read by `Application.compile_env`. */
export function compiledKeys(code: Code, endpoints: readonly Endpoint[], versions: Versions): readonly CompiledKey[] {
  const phoenix = versions.locked('phoenix')
  const checks = isAtLeast(phoenix, 1, 8) || !isAtLeast(phoenix, 1, 6)
  const own = code.modules.flatMap((module) =>
    ['Application.compile_env', 'Application.compile_env!'].flatMap((name) =>
      calls(module.body, name).flatMap((call) => keyOf(call, module)),
    ),
  )
  const ofPhoenix = endpoints.flatMap(({ otpApp, name }) =>
    ['code_reloader', 'debug_errors', 'force_ssl'].map((key) => ({
      path: [otpApp, `Elixir.${name}`, key],
      span: undefined,
    })),
  )
  return checks ? [...own, ...ofPhoenix] : own
}

function keyOf(call: CallNode, module: ModuleDefinition): readonly CompiledKey[] {
  const [app, key] = call.args.map((arg) => written(arg, module))
  const keys = key?.kind === 'list' ? key.items.map((item) => written(item, module)) : [key]
  const names = [app, ...keys].map((node) => nameOf(node, module))
  const path = names.flatMap((name) => name ?? [])
  return path.length === names.length ? [{ path, span: call.span }] : []
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

/** The keys whose value at the start is another than that at the compilation; `maybe` where that is not certain. */
export function changedKeys(
  keys: readonly CompiledKey[],
  compiled: Value,
  final: Value,
): readonly (CompiledKey & { readonly certain: boolean; readonly message: string })[] {
  return keys.flatMap((key) => {
    const before = configAt(compiled, key.path)
    const after = configAt(final, key.path)
    if (shown(before) === shown(after)) return []
    const certain = ![before, after].some((value) => value !== undefined && isOpen(value))
    const [app = '', ...rest] = key.path
    const name = rest.map((part) => part.replace(/^Elixir\./, '')).join('.')
    const set = (value: Value | undefined, at: string) =>
      value === undefined ? `was not set at ${at}` : `was ${shown(value)} at ${at}`
    const message = `the application :${app} has a different value set for \`${name}\` during runtime compared to compile time: it ${set(before, 'compile time')} and ${after === undefined ? 'is not set' : `is ${shown(after)}`} at runtime`
    return [{ ...key, certain, message }]
  })
}

const shown = (value: Value | undefined): string | undefined => value && inspectValue(value, '1.18.4')

/** Whether a release of the project checks these keys at its start (`validate_compile_env` of `releases`). */
export function validatesCompileEnv(app: MixApp): boolean {
  let off = false
  walk(app.file.body, (node) => {
    const value = node.kind === 'list' ? keywordGet(node, 'validate_compile_env') : undefined
    if (atomName(value) === 'false') off = true
  })
  return !off
}
