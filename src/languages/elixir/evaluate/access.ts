import type { Span } from '../../../text/source.ts'
import { decidedBy, decidingBy } from '../values/decision.ts'
import { inspectValue } from '../values/inspect.ts'
import { field, keywordGetValue, mapGet } from '../values/map.ts'
import { raise } from '../values/types.ts'
import { atom, isNil, type KnownValue, nil, type UnknownValue, unknownValue, type Value } from '../values/value.ts'
import { readVariable } from './environment.ts'
import type { Scope } from './machine.ts'

/** `container[key]` for what needs no more than a look; undefined where the standard library has to say. */
export function fieldOf(container: Value, key: Value, scope: Scope, span: Span): Value | undefined {
  if (container.kind === 'unknown') {
    if (container.id?.of === 'environment' && key.kind === 'binary') return readVariable(key.text, scope, span)
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
    if (found) return found
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
