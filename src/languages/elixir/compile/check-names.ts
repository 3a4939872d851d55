import { positionAt, type Span, textOf } from '../../../text/source.ts'
import { configImports } from '../evaluate/calls.ts'
import { constructs } from '../evaluate/control.ts'
import type { Machine } from '../evaluate/machine.ts'
import { type Aliases, aliasName } from '../syntax/aliases.ts'
import type { Node } from '../syntax/ast.ts'
import { ElixirError, noImport } from '../values/types.ts'

/** What names mean at one place of a script. */
export interface KnownNames {
  readonly machine: Machine
  /** Modules that the script itself defines, too late to be imported. */
  readonly defined: ReadonlySet<string>
  variables: ReadonlySet<string>
  aliases: Aliases
  imports: readonly string[]
  /** Functions of the module around, as `name/arity`. */
  readonly functions: ReadonlySet<string>
  readonly module?: string
  /** Names may come from somewhere that we do not see. */
  open: boolean
}

/** Ends the check with a compile error at `span`. */
export function fail(type: string, message: string, span: Span): never {
  throw new ElixirError({ kind: 'error', type, message: `${lineOf(span)}${message}`, fields: {}, span })
}

/** As Elixir puts it before a message. */
const lineOf = ({ source, start }: Span): string => `${source.path}:${positionAt(source, start).line}: `

/** Ends the check since `module` cannot be loaded. */
export function noModule(module: string, span: Span): never {
  const message = `${lineOf(span)}module ${module} is not loaded and could not be found`
  const cause = { kind: 'no-module', module } as const
  throw new ElixirError({ kind: 'error', type: 'CompileError', message, cause, fields: {}, span })
}

/** `left |> right` where `right` is no call. */
export function refusePipe(left: Node, right: Node): never {
  const hint =
    'without calling the function; use Kernel.then/2 instead or define the anonymous function as a regular private function'
  const message =
    right.kind === 'fn' || right.kind === 'capture'
      ? `cannot pipe ${textOf(left.span)} into an anonymous function ${hint}`
      : `cannot pipe ${textOf(left.span)} into ${textOf(right.span)}, can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()`
  throw new ElixirError({ kind: 'error', type: 'ArgumentError', message, fields: {}, span: right.span })
}

/** What only a module may hold stands outside of one. */
export function outsideModule(name: string, span: Span): never {
  throw new ElixirError({
    kind: 'error',
    type: 'ArgumentError',
    message: `cannot invoke ${name} outside module`,
    fields: {},
    span,
  })
}

/** A copy of the names, for a scope inside. */
export const inside = (names: KnownNames): KnownNames => ({ ...names })
/** Notes variables as bound from here on. */
export const addVariables = (names: KnownNames, added: readonly string[]): void => {
  if (added.length > 0) names.variables = new Set([...names.variables, ...added])
}

const pseudo = new Set(['__MODULE__', '__DIR__', '__ENV__', '_'])

/** Fails where a name is neither a variable nor a function that is there. */
export function checkName(name: string, arity: number, span: Span, names: KnownNames, mayBeVariable = false): void {
  if (mayBeVariable && (names.variables.has(name) || pseudo.has(name))) return
  if (names.open || exists(name, arity, names)) return
  noImport(`${name}/${arity}`, lineOf(span), span)
}

const forms = new Set([
  '__block__',
  '__aliases__',
  'super',
  'unquote',
  'unquote_splicing',
  'receive',
  'quote',
  'alias',
  'import',
  'require',
  'use',
  '{}',
  '%{}',
])
export const inModules = /^(?:def\w*|defguardp?)$/

function exists(name: string, arity: number, names: KnownNames): boolean {
  if (names.functions.has(`${name}/${arity}`) || forms.has(name) || /^[^\p{L}_]/u.test(name)) return true
  if (constructs.get(name)?.arities.includes(arity) && !(`${name}/${arity}` in configNames)) return true
  if (names.module !== undefined && inModules.test(name)) return true
  const { library, version } = names.machine
  for (const imported of names.imports) {
    const own = configImports[imported]
    if (
      own
        ? own.has(`${name}/${arity}`) && (name !== 'read_config' || !/^1\.1[0-7]\./.test(version))
        : library.exports(`${imported}.${name}/${arity}`, version) !== 'no'
    )
      return true
    const module = names.machine.state.modules.get(imported)
    if (module?.functions.some((one) => one.name === name)) return true
  }
  return library.exports(`Kernel.${name}/${arity}`, version) !== 'no'
}

const configNames: Readonly<Record<string, true>> = { 'config/2': true, 'config/3': true }

/** Whether a module can be called when the script runs. */
export function isLoadable(module: string, names: KnownNames): boolean {
  if (module === 'Mix' || module.startsWith('Mix.')) return names.machine.input.mixAvailable
  return module === 'Config' || names.machine.library.hasModule(module) || names.machine.state.modules.has(module)
}

/** Fails where a struct is built of a module that defines none. */
export function checkStruct(node: Node, names: KnownNames): void {
  const name = aliasName(node, names.aliases, names.module)
  if (
    name === undefined ||
    name === names.module ||
    isLoadable(name, names) ||
    (names.machine.input.otherModules !== 'absent' && !names.defined.has(name))
  )
    return
  if (names.module === undefined)
    fail('CompileError', `${name}.__struct__/0 is undefined, cannot expand struct ${name}`, node.span)
}

/** A literal that is no binary is refused when the script is compiled. */
export function checkConcatenation(sides: readonly Node[]): void {
  for (const { kind, span } of sides) {
    if (!/^(?:atom|integer|float|tuple|list|map|charlist)$/.test(kind)) continue
    throw new ElixirError({
      kind: 'error',
      type: 'ArgumentError',
      message: `expected binary argument in <> operator but got: ${textOf(span)}`,
      fields: {},
      span,
    })
  }
}
