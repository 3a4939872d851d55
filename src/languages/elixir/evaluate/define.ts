import type { Span } from '../../../text/source.ts'
import { aliasesIn, aliasName } from '../syntax/aliases.ts'
import type { CallNode, Node } from '../syntax/ast.ts'
import { type FunctionDefinition, readFunctions } from '../syntax/modules.ts'
import { bodyOf, sections } from '../syntax/query.ts'
import { unknownFrom } from '../values/one-of.ts'
import { noClause, undefinedFunction } from '../values/types.ts'
import { atom, nil, tuple, unknownValue, type Value } from '../values/value.ts'
import { asking, under } from './deciding.ts'
import { evaluate } from './evaluate.ts'
import { settle } from './fork.ts'
import { matchArguments } from './functions.ts'
import { enter, inner, type Scope, type ScriptModule } from './machine.ts'
import { evaluateTry } from './rescue.ts'
import { fieldsOf } from './structs.ts'

/** `defmodule Name do … end`: evaluates attributes and what else runs when a module is compiled. */
export function defineModule(node: CallNode, scope: Scope): Value {
  const written = aliasName(node.args[0], scope.module === undefined ? scope.aliases : new Map(), scope.module)
  if (written === undefined) return unknownValue('the name of the module is not known')
  const name = scope.module === undefined ? written : `${scope.module}.${written}`
  const body = bodyOf(sections(node).find((section) => section.label === 'do')?.body)
  const nested = scope.module === undefined ? [] : [[written, name] as const]
  scope.aliases = new Map([...scope.aliases, ...nested])
  const innerModules = body.flatMap((child): readonly (readonly [string, string])[] =>
    child.kind === 'call' && child.name === 'defmodule' && child.args[0]?.kind === 'alias'
      ? [[child.args[0].segments[0] ?? '', `${name}.${child.args[0].segments[0] ?? ''}`]]
      : [],
  )
  const own: Scope = { ...inner(scope), module: name, attributes: new Map(), variables: new Map() }
  own.aliases = aliasesIn(body, new Map([...scope.aliases, ...innerModules]), name)
  let module: ScriptModule = {
    name,
    functions: readFunctions(body),
    scope: own,
    isException: body.some((child) => isNamed(child, 'defexception')),
    open: body.some(
      (child) =>
        isNamed(child, 'use') ||
        isNamed(child, 'defmacro') ||
        isNamed(child, 'defdelegate') ||
        isNamed(child, 'import'),
    ),
    attributesAt: new Map(),
  }
  const register = (): void => {
    const { machine } = scope
    machine.state = { ...machine.state, modules: new Map([...machine.state.modules, [name, module]]) }
  }
  for (const child of body) {
    if (child.kind === 'call' && (isNamed(child, 'defstruct') || isNamed(child, 'defexception'))) {
      const given = child.args[0] ? evaluate(child.args[0], own) : nil
      module = { ...module, fields: fieldsOf(given) }
    } else if (!definitions.has(child.kind === 'call' && !child.target ? child.name : '')) evaluate(child, own)
    module = { ...module, attributesAt: new Map([...module.attributesAt, [child.span, own.attributes ?? new Map()]]) }
  }
  register()
  return tuple([
    atom('module'),
    atom(`Elixir.${name}`),
    unknownValue('bytecode is not modelled', 'binary'),
    unknownValue('it is the value of the last definition'),
  ])
}

const definitions = new Set([
  'def',
  'defp',
  'defmacro',
  'defmacrop',
  'defguard',
  'defguardp',
  'defdelegate',
  'use',
  'defoverridable',
  'defimpl',
  'defprotocol',
])

const isNamed = (node: Node, name: string): boolean => node.kind === 'call' && !node.target && node.name === name

/** Calls a function of a module that the script defines; from outside only public ones. */
export function applyScript(
  module: ScriptModule,
  name: string,
  args: readonly Value[],
  scope: Scope,
  span: Span,
  outside: boolean,
): Value {
  const found = module.functions.find(
    (one) => one.name === name && args.length <= one.arity && args.length >= one.arity - one.defaults,
  )
  if (!found || (outside && found.kind !== 'def')) {
    if (module.open || found?.kind.startsWith('defmacro'))
      return unknownFrom([unknownValue(`\`${module.name}.${name}\` comes from elsewhere`)], 'any')
    return undefinedFunction(`${module.name}.${name}/${args.length}`)
  }
  if (found.kind.startsWith('defmacro')) return unknownValue('macros are not modelled')
  const caller: Scope = { ...module.scope, machine: scope.machine }
  return enter(scope.machine, () => settle(caller, span, () => runFunction(module, found, args, caller)))
}

/** The function that `name/arity` is among the definitions of a module. */
export const isDefined = (module: ScriptModule, name: string, arity: number): boolean =>
  module.functions.some((one) => one.name === name && arity <= one.arity && arity >= one.arity - one.defaults)

function runFunction(
  module: ScriptModule,
  definition: FunctionDefinition,
  args: readonly Value[],
  caller: Scope,
): Value {
  const all = withDefaults(definition, args, caller)
  const { answer, labels } = asking(caller.machine, () => {
    for (const clause of definition.clauses) {
      if (clause.sections.length === 0) continue
      const attributes = module.attributesAt.get(clause.call.span) ?? new Map()
      const scope = matchArguments(clause.patterns, clause.guard, all, { ...caller, attributes })
      if (scope) return { clause, scope }
    }
    return noClause(`${module.name}.${definition.name}/${definition.arity}`)
  })
  const { clause, scope } = answer
  return under(caller.machine, labels, () => {
    if (clause.sections.length > 1) return evaluateTry(clause.sections, scope, clause.span)
    return clause.body ? evaluate(clause.body, scope) : nil
  })
}

/** The arguments with defaults in the places that the caller left away: from the left, as many as are missing. */
function withDefaults(definition: FunctionDefinition, args: readonly Value[], scope: Scope): readonly Value[] {
  let missing = definition.arity - args.length
  if (missing === 0) return args
  const head = definition.clauses.find((clause) =>
    clause.patterns.some((pattern) => pattern.kind === 'binary' && pattern.operator === '\\\\'),
  )
  const given = [...args]
  let surplus = definition.defaults - missing
  return (head?.patterns ?? []).map((pattern) => {
    const fallback = pattern.kind === 'binary' && pattern.operator === '\\\\' ? pattern.right : undefined
    if (!fallback) return given.shift() ?? nil
    if (surplus > 0) {
      surplus--
      return given.shift() ?? nil
    }
    missing--
    return evaluate(fallback, scope)
  })
}
