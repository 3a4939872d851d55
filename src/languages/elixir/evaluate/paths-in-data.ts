import { textOf } from '../../../text/source.ts'
import type { CallNode, Node } from '../syntax/ast.ts'
import { raise } from '../values/types.ts'
import { atom, list, nil, type Value } from '../values/value.ts'
import { callFunction, callStandard } from './apply.ts'
import { evaluate } from './evaluate.ts'
import { settle, settled } from './fork.ts'
import type { Scope } from './machine.ts'

/** `put_in(data.a[:b], value)` and `update_in(data.a[:b], fun)`: the path is read off the first argument. */
export function evaluatePathUpdate(node: CallNode, scope: Scope, name: 'put_in' | 'update_in'): Value {
  const [place, given] = node.args
  const path = place ? unnest(place, scope) : undefined
  if (!place || !given) return nil
  if (!path)
    return raise(
      'ArgumentError',
      `expected expression given to ${name}/2 to access at least one element, got: ${textOf(place.span)}`,
    )
  const value = evaluate(given, scope)
  if (name === 'put_in') return callStandard('Kernel.put_in/3', [path.root, list(path.keys), value], scope, node.span)
  return settle(scope, node.span, () => {
    const old = callStandard('Kernel.get_in/2', [path.root, list(path.keys)], scope, node.span)
    const changed = callFunction(settled(scope.machine, value), [old], scope, node.span)
    return callStandard('Kernel.put_in/3', [path.root, list(path.keys), changed], scope, node.span)
  })
}

/** A literal before the dot is no path, as Elixir has it. */
const isDotted = (target: Node): boolean => !/^(?:list|atom|alias|string|integer|float)$/.test(target.kind)

function unnest(place: Node, scope: Scope): { readonly root: Value; readonly keys: readonly Value[] } | undefined {
  const keys: Value[] = []
  let node = place
  while (
    node.kind === 'access' ||
    (node.kind === 'call' && node.target && isDotted(node.target) && !node.parens && node.args.length === 0)
  ) {
    if (node.kind === 'access') {
      keys.unshift(evaluate(node.key, scope))
      node = node.target
    } else {
      keys.unshift(atom(node.name))
      node = node.target ?? node
    }
  }
  return keys.length === 0 ? undefined : { root: evaluate(node, scope) ?? nil, keys }
}
