import { aliasName } from '../syntax/aliases.ts'
import type { MapNode } from '../syntax/ast.ts'
import { mapGet, mapOf, mapPut } from '../values/map.ts'
import { raise } from '../values/types.ts'
import { atom, boolean, type MapValue, nil, unknownValue, type Value } from '../values/value.ts'
import { evaluate } from './evaluate.ts'
import type { Scope } from './machine.ts'

const libraryStructs: Readonly<Record<string, readonly (readonly [string, Value])[]>> = {
  URI: ['scheme', 'authority', 'userinfo', 'host', 'port', 'path', 'query', 'fragment'].map((key) => [key, nil]),
  RuntimeError: [['message', { kind: 'binary', text: 'runtime error' }]],
  ArgumentError: [['message', { kind: 'binary', text: 'argument error' }]],
  KeyError: ['key', 'term', 'message'].map((key) => [key, nil]),
}

/** `%Name{a: 1}` and `%Name{base | a: 1}`. */
export function evaluateStruct(node: MapNode, scope: Scope): Value {
  const name = aliasName(node.struct, scope.aliases, scope.module)
  const pairs = node.entries.map((entry) => [evaluate(entry.key, scope), evaluate(entry.value, scope)] as const)
  const base = node.base ? evaluate(node.base, scope) : name === undefined ? undefined : emptyStruct(name, scope)
  if (base?.kind !== 'map') {
    if (name !== undefined && !node.base && scope.machine.input.otherModules === 'absent') {
      return raise('CompileError', `${name}.__struct__/1 is undefined, cannot expand struct ${name}`)
    }
    return unknownValue(`the struct \`${name ?? ''}\` is not known`, 'map')
  }
  return pairs.reduce<MapValue>((map, [key, value]) => {
    if (mapGet(map, key) === undefined)
      return raise('KeyError', `key ${key.kind === 'atom' ? `:${key.name}` : ''} not found`, { key, term: map })
    return mapPut(map, key, value)
  }, base)
}

/** A struct with its defaults; undefined for one that we do not know. */
export function emptyStruct(name: string, scope: Scope): MapValue | undefined {
  const defined = scope.machine.state.modules.get(name)
  const fields = defined?.fields ?? libraryStructs[name]
  if (!fields) return undefined
  const isException = defined?.isException ?? name.endsWith('Error')
  return mapOf([
    [atom('__struct__'), atom(`Elixir.${name}`)],
    ...(isException ? [[atom('__exception__'), boolean(true)] as const] : []),
    ...fields.map(([key, value]) => [atom(key), value] as const),
  ])
}

/** The fields that `defstruct` or `defexception` lists: `[:a, b: 1]`. */
export function fieldsOf(value: Value): readonly (readonly [string, Value])[] {
  if (value.kind !== 'list') return []
  return value.items.flatMap((item): readonly (readonly [string, Value])[] => {
    if (item.kind === 'atom') return [[item.name, nil]]
    const [key, fallback] = item.kind === 'tuple' ? item.items : []
    return key?.kind === 'atom' && fallback ? [[key.name, fallback]] : []
  })
}
