import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { walk } from '../../languages/elixir/syntax/query.ts'
import { type Code, functionOf } from './code.ts'

/** A function of the project. */
export interface FunctionPlace {
  readonly module: ModuleDefinition
  readonly name: string
  readonly arity?: number
}

/** A function that is called on the way, with all of its clauses. */
export interface Reached {
  readonly module: ModuleDefinition
  readonly definition: FunctionDefinition
}

/** A call out of the project's functions; `module` is undefined where what is called is decided at run time. */
export interface OutsideCall {
  readonly node: Node
  readonly module: string | undefined
  readonly from: Reached
}

/** What a function calls, through the functions of the project. */
export interface Reach {
  readonly functions: readonly Reached[]
  readonly outside: readonly OutsideCall[]
  /** Modules that are named on the way, as values too. */
  readonly named: readonly string[]
  /** Whether a function of the project is called that its code does not show. */
  readonly hidden: boolean
}

/** Follows `place` and the functions that it calls. */
export function reachOf(code: Code, place: FunctionPlace): Reach {
  const functions = new Set<FunctionDefinition>()
  const reached: Reached[] = []
  const outside: OutsideCall[] = []
  const named: string[] = []
  let hidden = false

  const enter = ({ module, name, arity }: FunctionPlace) => {
    const definition = functionOf(module, name, arity)
    if (definition === undefined) hidden = true
    else if (!functions.has(definition)) {
      functions.add(definition)
      const from = { module, definition }
      reached.push(from)
      for (const clause of definition.clauses) {
        for (const { body } of clause.sections) follow(body, from)
      }
    }
  }

  const follow = (body: Node, from: Reached) => {
    const { module } = from
    walk(body, (node) => {
      if (node.kind === 'alias') {
        const name = aliasName(node, module.aliases, module.name)
        if (name !== undefined) named.push(name)
      } else if (node.kind === 'attribute') {
        const value = node.value ?? module.attributes.findLast((one) => one.name === node.name)?.value
        if (node.value === undefined && value) follow(value, from)
      } else if (node.kind === 'variable') {
        if (functionOf(module, node.name, 0)) enter({ module, name: node.name, arity: 0 })
      } else if (node.kind === 'apply') {
        outside.push({ node, module: undefined, from })
      } else if (node.kind === 'call') {
        call(node, from)
      }
    })
  }

  const call = (node: CallNode, from: Reached) => {
    const { module } = from
    if (node.target === undefined) {
      const owner = functionOf(module, node.name) ? module : importing(code, module, node.name)
      if (owner) enter({ module: owner, name: node.name })
      else if (node.name === 'apply') outside.push({ node, module: undefined, from })
      return
    }
    const target = aliasName(moduleNode(node.target, module), module.aliases, module.name)
    if (target === undefined) {
      // `conn.assigns` is a field, `repo.query(…)` is a call.
      if (node.parens || node.args.length > 0) outside.push({ node, module: undefined, from })
      return
    }
    const own = code.module(target)
    if (own && functionOf(own, node.name)) enter({ module: own, name: node.name })
    else outside.push({ node, module: target, from })
  }

  enter(place)
  return { functions: reached, outside, named, hidden }
}

/** The module that an attribute stands for, where it is one. */
function moduleNode(target: Node, module: ModuleDefinition): Node {
  if (target.kind !== 'attribute' || target.value !== undefined) return target
  const value = module.attributes.findLast((one) => one.name === target.name)?.value
  return value?.kind === 'alias' ? value : target
}

/** The module of the project that a module imports a function from. */
function importing(code: Code, module: ModuleDefinition, name: string): ModuleDefinition | undefined {
  for (const node of module.body) {
    if (node.kind !== 'call' || node.target || node.name !== 'import') continue
    const imported = code.module(aliasName(node.args[0], module.aliases, module.name) ?? '')
    if (imported && functionOf(imported, name)) return imported
  }
  return undefined
}
