import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { calls, stringText, walk } from '../../languages/elixir/syntax/query.ts'
import { precedenceIn } from '../phoenix/asked-first.ts'
import type { Code } from '../phoenix/code.ts'
import { bodiesOf } from '../phoenix/run-time.ts'
import { askingNodes } from './config-readers.ts'

/** A module attribute that keeps a variable of the environment as it is when the code is compiled. */
export interface CompiledVariable {
  readonly module: string
  readonly attribute: string
  readonly variable: string
  /** Where the variable is read. */
  readonly call: CallNode
}

/**
 * The module attributes that keep a variable, of modules that a release has a use for: those that no function uses, or only
 * where the variable is not set when it runs, are not among them.
 */
export const compiledVariables = (code: Code): readonly CompiledVariable[] =>
  code
    .mentioning(/System\s*\.\s*(get_env|fetch_env!)/)
    .filter((module) => !module.name.startsWith('Mix.Tasks.'))
    .flatMap((module) =>
      module.attributes.flatMap(({ name, value }) => {
        const call =
          value && [...calls(value, 'System.get_env'), ...calls(value, 'System.fetch_env!')].find(({ args }) => args[0])
        const variable = stringText(call?.args[0])
        if (!call || variable === undefined || !isUsed(code, module, name, variable)) return []
        return [{ module: module.name, attribute: name, variable, call }]
      }),
    )

/** Whether an attribute is used otherwise than in the stead of the variable where that is not set. */
function isUsed(code: Code, module: ModuleDefinition, attribute: string, variable: string): boolean {
  const asking = askingNodes(code, variable)
  let isNamed = false
  let inFunctions = 0
  const uses = (roots: readonly Node[]): ReadonlySet<Node> => {
    const found = new Set<Node>()
    walk(roots, (node) => {
      if (node.kind === 'attribute' && node.name === attribute && node.value === undefined) found.add(node)
    })
    return found
  }
  for (const definition of module.functions) {
    const bodies = bodiesOf(definition)
    const found = uses(bodies)
    if (found.size === 0) continue
    inFunctions += found.size
    isNamed ||= precedenceIn(bodies, found, asking) !== 'environment'
  }
  return isNamed || uses(module.body).size > inFunctions
}
