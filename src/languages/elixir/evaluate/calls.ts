import { type Span, sameSpan } from '../../../text/source.ts'
import { aliasesOf, aliasName } from '../syntax/aliases.ts'
import type { CallNode, Node } from '../syntax/ast.ts'
import { calledName } from '../syntax/module-name.ts'
import { keywordGet } from '../syntax/query.ts'
import { noImport, undefinedFunction } from '../values/types.ts'
import { atom, keyword, nil, unknownValue, type Value } from '../values/value.ts'
import { dotField } from './access.ts'
import { appModule, moduleNamed } from './app-modules.ts'
import { callModule, callStandard, located } from './apply.ts'
import { constructs } from './control.ts'
import { applyScript, isDefined } from './define.ts'
import { evaluate } from './evaluate.ts'
import { settle, settled } from './fork.ts'
import { note, type Scope } from './machine.ts'

/** A call of any form: a construct of the language, a module's function, a local function, `map.field`. */
export function evaluateCall(node: CallNode, scope: Scope): Value {
  return located(node.span, () => (node.target ? callTarget(node, node.target, scope) : callByName(node, scope)))
}

function callByName(node: CallNode, scope: Scope): Value {
  const construct = constructs.get(node.name)
  const arity = node.args.length + (node.blocks.length > 0 ? 1 : 0)
  if (construct?.arities.includes(arity)) return construct.run(node, scope)
  if (lexical.has(node.name) && node.args.length > 0) return changeScope(node, scope)
  const [left, right] = node.args
  const place = { operatorSpan: node.nameSpan, span: node.span }
  if (left && right && node.args.length === 2 && operatorName.test(node.name))
    return evaluate({ kind: 'binary', operator: node.name, left, right, ...place }, scope)
  if (left && node.args.length === 1 && /^(?:[-+!]|not)$/.test(node.name))
    return evaluate({ kind: 'unary', operator: node.name, operand: left, span: node.span }, scope)
  return callLocal(node.name, evaluateArguments(node, scope), scope, node.span)
}

const operatorName = /^(?:[-+*/<>=!&|^~]+|and|or|in)$/

/** The arguments; `do … end` of what is no construct is one more keyword list. */
export function evaluateArguments(node: CallNode, scope: Scope): readonly Value[] {
  const args = node.args.map((arg) => evaluate(arg, scope))
  if (node.blocks.length === 0) return args
  return [...args, keyword(node.blocks.map((section) => [section.label, evaluate(section.body, { ...scope })]))]
}

/** A function that is called by its name alone. */
export function callLocal(name: string, args: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const own = scope.module === undefined ? undefined : moduleNamed(machine, scope.module)
  if (own && isDefined(own, name, args.length)) return applyScript(own, name, args, scope, span, false)
  for (const imported of scope.imports) {
    const module = moduleNamed(machine, imported)
    if (module ? isDefined(module, name, args.length) : exportsOf(imported, name, args.length, scope))
      return callModule(imported, name, args, scope, span)
  }
  const key = `Kernel.${name}/${args.length}`
  if (key in machine.own.functions) return callModule('Kernel', name, args, scope, span)
  // What is imported beside a function of Kernel of the same name does not compile where it is called.
  const inKernel = machine.library.exports(key, machine.version)
  if (inKernel === 'yes') return callStandard(key, args, scope, span)
  if (own?.open || scope.imports.some((imported) => isForeign(imported, scope))) {
    const why = `\`${name}\` comes from elsewhere`
    note(machine, span, why, 'foreign-call')
    return unknownValue(why)
  }
  if (inKernel !== 'no') return callStandard(key, args, scope, span)
  return noImport(`${name}/${args.length}`)
}

const exportsOf = (module: string, name: string, arity: number, scope: Scope): boolean =>
  configImports[module]?.has(`${name}/${arity}`) ??
  (scope.machine.library.hasModule(module) &&
    scope.machine.library.exports(`${module}.${name}/${arity}`, scope.machine.version) === 'yes')

const isForeign = (module: string, { machine }: Scope): boolean =>
  !configImports[module] &&
  !machine.library.hasModule(module) &&
  !machine.state.modules.has(module) &&
  appModule(machine, module)?.open !== false

/** What `import Config` and `use Mix.Config` bring in. */
export const configImports: Readonly<Record<string, ReadonlySet<string>>> = {
  Config: new Set(['config/2', 'config/3', 'config_env/0', 'config_target/0', 'import_config/1', 'read_config/1']),
  'Mix.Config': new Set(['config/2', 'config/3', 'import_config/1']),
}

function callTarget(node: CallNode, target: Node, scope: Scope): Value {
  const module = aliasName(target, scope.aliases, scope.module)
  const name = module ?? undefined
  if (name !== undefined && !(target.kind === 'variable' && scope.variables.has(target.name))) {
    if (name === 'Kernel') return callByName(withoutTarget(node), { ...scope, imports: [] })
    if (name === ':nil' || name === ':true' || name === ':false') return callConstantAtom(name.slice(1), node, scope)
    if (macros[name]?.has(node.name) && !scope.required.has(name)) return unrequired(name, node)
    return callModule(name, node.name, evaluateArguments(node, scope), scope, node.span)
  }
  const value = evaluate(target, scope)
  const args = evaluateArguments(node, scope)
  return settle(scope, node.span, () => {
    const subject = settled(scope.machine, value)
    if (subject.kind === 'absent') return nil
    if (subject.kind === 'atom' && subject.name !== 'nil') {
      return callModule(calledName(subject.name), node.name, args, scope, node.span)
    }
    return dotField(subject, node.name, scope, node.parens)
  })
}

function callConstantAtom(name: string, node: CallNode, scope: Scope): Value {
  return node.parens
    ? undefinedFunction(`${name}.${node.name}/${node.args.length}`, '')
    : dotField(atom(name), node.name, scope, false)
}

/** Macros of modules that scripts tend to call without `require`. */
const macros: Readonly<Record<string, ReadonlySet<string>>> = {
  Logger: new Set(['debug', 'info', 'notice', 'warn', 'warning', 'error', 'critical', 'alert', 'emergency', 'log']),
  Integer: new Set(['is_odd', 'is_even']),
}

const unrequired = (module: string, node: CallNode): never =>
  undefinedFunction(`${module}.${node.name}/${node.args.length}`)

function withoutTarget(node: CallNode): CallNode {
  const { target: _, ...rest } = node
  return rest
}

const lexical = new Set(['import', 'alias', 'require', 'use'])

/** `alias`, `import`, `require` and `use` change what names mean from here to the end of the scope. */
function changeScope(node: CallNode, scope: Scope): Value {
  if (node.name === 'alias' || node.name === 'require') {
    scope.aliases = new Map([...scope.aliases, ...aliasesOf(node, scope.aliases, scope.module)])
  }
  const module = aliasName(node.args[0], scope.aliases, scope.module)
  if (module !== undefined && node.name !== 'alias') scope.required = new Set([...scope.required, module])
  if (module !== undefined && (node.name === 'import' || node.name === 'use')) {
    const only = keywordGet(node.args[1], 'only')
    // Behind a stop what was meant counts, and scripts import nothing else.
    const meant = scope.machine.input.past?.some((one) => sameSpan(one, node.span)) ? 'Config' : module
    if (only?.kind !== 'list' || only.items.length > 0) scope.imports = [meant, ...scope.imports]
  }
  return module === undefined ? nil : atom(`Elixir.${module}`)
}
