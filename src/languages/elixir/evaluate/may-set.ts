import { aliasName } from '../syntax/aliases.ts'
import type { Node } from '../syntax/ast.ts'
import { atomName, calls, optionsOf } from '../syntax/query.ts'
import { keyword, unknownValue, type Value } from '../values/value.ts'
import { mergeConfigs } from './config-merge.ts'
import type { ScriptModule } from './machine.ts'

/**
 * What a module may configure by calls of `config` that cannot be followed: each option that they write out, with a value
 * that is not known.
 */
export function maySet({ name: module, functions, scope: { aliases } }: ScriptModule, why: string): Value {
  const keyOf = (node: Node | undefined): string | undefined => {
    const alias = aliasName(node, aliases, module)
    return atomName(node) ?? (alias?.startsWith(':') === false ? `Elixir.${alias}` : undefined)
  }
  const open = (node: Node | undefined): Value => {
    const pairs = node?.kind === 'list' ? node.items.map((item) => (item.kind === 'tuple' ? item.items : [])) : []
    const known = pairs.flatMap(([key, value]): [string, Value][] => {
      const name = keyOf(key)
      return name === undefined ? [] : [[name, open(value)]]
    })
    return known.length > 0 && known.length === pairs.length ? keyword(known) : unknownValue(why)
  }
  const bodies = functions.flatMap(({ clauses }) => clauses.flatMap(({ body }) => body ?? []))
  return calls(bodies, 'config').reduce<Value>((all, call) => {
    const [app, key] = call.args.map(keyOf)
    const value = open(call.args.at(-1))
    if (app === undefined) return all
    if (call.args.length === 2 && optionsOf(call)) return mergeConfigs(all, keyword([[app, value]]))
    return key === undefined ? all : mergeConfigs(all, keyword([[app, keyword([[key, value]])]]))
  }, keyword([]))
}
