import type { Span } from '../../../text/source.ts'
import { located } from '../evaluate/apply.ts'
import { callLocal, evaluateArguments } from '../evaluate/calls.ts'
import { isDefined } from '../evaluate/define.ts'
import { settle } from '../evaluate/fork.ts'
import type { Scope } from '../evaluate/machine.ts'
import type { CallNode, Node } from '../syntax/ast.ts'
import { noClause, undefinedFunction } from '../values/types.ts'
import type { Value } from '../values/value.ts'
import { addConfig } from './own-functions.ts'

/** `config :app, key: value` and `config :app, Key, value`, with the places of keys and values. */
export function evaluateConfigCall(node: CallNode, scope: Scope): Value {
  const args = evaluateArguments(node, scope)
  const { modules } = scope.machine.state
  const own = scope.module === undefined ? undefined : modules.get(scope.module)
  const from = scope.imports.find((name) => name === 'Config' || name === 'Mix.Config')
  if (from === undefined || (own && isDefined(own, 'config', args.length)))
    return callLocal('config', args, scope, node.span)
  const [app, second, third] = args
  const name = `${from}.config/${args.length}`
  if (!app || !second) return noClause(name)
  const [named] = node.args
  // `:shop.web` for `:shop_web` calls a module that nobody has.
  if (app.kind === 'unknown' && named?.kind === 'call' && named.target?.kind === 'atom' && !named.parens) {
    const key = `:${named.target.name}.${named.name}/0`
    return located(named.span, () => undefinedFunction(key, ''))
  }
  const last = node.args.at(-1)
  const below = third ? 2 : 1
  const spanOf = (path: readonly string[]): Span | undefined => (last ? placeOf(last, path.slice(below)) : undefined)
  return settle(scope, node.span, () =>
    third
      ? addConfig(app, second, third, scope, node.span, name, spanOf)
      : addConfig(app, undefined, second, scope, node.span, name, spanOf),
  )
}

/** Where the value of a path stands, as far down as it is written out here. */
function placeOf(node: Node, path: readonly string[]): Span {
  const [key, ...rest] = path
  if (key === undefined || node.kind !== 'list') return node.span
  for (const item of node.items) {
    const [name, value] = item.kind === 'tuple' ? item.items : []
    if (!name || !value) continue
    const text = name.kind === 'atom' ? name.name : name.kind === 'alias' ? name.segments.at(-1) : undefined
    if (text === key || (name.kind === 'alias' && key.endsWith(`.${text}`))) return placeOf(value, rest)
  }
  return node.span
}
