import { type Span, textOf } from '../../../text/source.ts'
import type { CallNode, Node } from '../syntax/ast.ts'
import { decidedBy, decidingBy } from '../values/decision.ts'
import { inspectValue } from '../values/inspect.ts'
import { field, keywordGetValue, mapGet } from '../values/map.ts'
import { raise } from '../values/types.ts'
import {
  atom,
  isNil,
  type KnownValue,
  list,
  nil,
  type UnknownValue,
  unknownValue,
  type Value,
  withTrail,
} from '../values/value.ts'
import { callFunction, callStandard } from './apply.ts'
import { isEnvironment, readVariable } from './environment.ts'
import { evaluate } from './evaluate.ts'
import { settle, settled } from './fork.ts'
import type { Scope } from './machine.ts'

/** `container[key]` for what needs no more than a look; undefined where the standard library has to say. */
export function fieldOf(container: Value, key: Value, scope: Scope, span: Span): Value | undefined {
  if (container.kind === 'unknown') {
    if (isEnvironment(container) && key.kind === 'binary') return readVariable(key.text, scope, span)
    return unknownValue(container.why)
  }
  if (isNil(container)) return nil
  if (container.kind === 'list' && key.kind === 'atom' && !container.tail)
    return chosenBy(key, keywordGetValue(container, key.name))
  if (container.kind === 'map' && !field(container, '__struct__') && key.kind !== 'unknown' && key.kind !== 'oneOf')
    return chosenBy(key, mapGet(container, key))
  return undefined
}

/** What is found under a key that may have been set by somebody. */
const chosenBy = (key: Value, found: Value | undefined): Value =>
  decidedBy(found ?? nil, decidingBy([key], found !== undefined))

/** `map.field`, where the value before the dot is no module. */
export function dotField(target: KnownValue | UnknownValue, name: string, scope: Scope, parens: boolean): Value {
  const { version } = scope.machine
  if (target.kind === 'unknown') return unknownValue(target.why)
  if (target.kind === 'regex')
    return name === 'source'
      ? { kind: 'binary', text: target.source }
      : unknownValue('the insides of a regex are not modelled')
  if (target.kind === 'map') {
    const found = field(target, name)
    // What a function made, such as a URI, comes from where all of it does.
    if (found) return found.trail?.length ? found : withTrail(found, target.trail ?? [])
    return raise('KeyError', `key :${name} not found in: ${inspectValue(target, version)}`, {
      key: atom(name),
      term: target,
    })
  }
  if (parens)
    return raise('ArgumentError', 'errors were found at the given arguments:\n\n  * 1st argument: not an atom\n')
  const hint = 'If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map'
  return raise('KeyError', `key :${name} not found in: ${inspectValue(target, version)}. ${hint}`, {
    key: atom(name),
    term: target,
  })
}

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
