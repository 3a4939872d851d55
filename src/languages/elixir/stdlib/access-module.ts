import { moduleName } from '../syntax/module-name.ts'
import { keywordGetValue, mapGet, mapPut, structName } from '../values/map.ts'
import { type CallContext, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, isNil, list, nil, tuple, type Value } from '../values/value.ts'
import { knownKey } from './collections/enumerable.ts'
import { functions, itemsOf, outside, same, show, unmodelled } from './define.ts'

function noAccess(value: Value, name: string, arity: number): never {
  const module = moduleName(structName(value) ?? '')
  return raise(
    'UndefinedFunctionError',
    `function ${module}.${name}/${arity} is undefined (${module} does not implement the Access behaviour. If you are using get_in/put_in/update_in, you can specify the field to be accessed using Access.key!/1)`,
  )
}

/** `container[key]`; undefined where it has no such key. */
function fetch(context: CallContext, container: Value, key: Value): Value | undefined {
  const held = outside(context, container)
  if (structName(held) !== undefined) return noAccess(held, 'fetch', 2)
  if (held.kind === 'map') return mapGet(held, knownKey(context, key))
  if (isNil(held)) return undefined
  if (held.kind !== 'list') return noClause('Access.get/3')
  const name = outside(context, key)
  if (name.kind !== 'atom')
    return raise(
      'ArgumentError',
      `the Access calls for keywords expect the key to be an atom, got: ${show(context, name)}`,
    )
  itemsOf(context, held, () => noClause('Access.get/3'))
  return keywordGetValue(held, name.name)
}

type ValueChange = (value: Value) => Value

/** `container` with what `change` makes of the value under `key`. */
function change(context: CallContext, container: Value, key: Value, by: ValueChange): Value {
  const held = outside(context, container)
  if (structName(held) !== undefined) return noAccess(held, 'get_and_update', 3)
  if (held.kind === 'map') return mapPut(held, knownKey(context, key), by(mapGet(held, knownKey(context, key)) ?? nil))
  if (isNil(held)) return raise('ArgumentError', `could not put/update key ${show(context, key)} on a nil value`)
  if (held.kind !== 'list') return noClause('Access.get_and_update/3')
  const name = outside(context, key)
  if (name.kind !== 'atom') return noClause('Keyword.get_and_update/3')
  const at = held.items.findIndex(
    (item) =>
      item.kind === 'tuple' &&
      item.items.length === 2 &&
      item.items[0] !== undefined &&
      same(context, item.items[0], name),
  )
  const made = tuple([name, by(keywordGetValue(held, name.name) ?? nil)])
  return list(at < 0 ? [made, ...held.items] : held.items.map((item, index) => (index === at ? made : item)))
}

/** Follows a path of keys; gives up at a function such as `Access.all()`. */
function stepsOf(context: CallContext, path: Value, key: string): readonly Value[] {
  const keys = itemsOf(context, path, () => noClause(key))
  if (keys.some((one) => one.kind === 'function')) return unmodelled('a path with a function in it is not modelled')
  return keys.length === 0 ? noClause(key) : keys
}

function getIn(context: CallContext, container: Value, path: readonly Value[]): Value {
  return path.reduce((held, key) => fetch(context, held, key) ?? nil, container)
}

function updateIn(context: CallContext, container: Value, path: readonly Value[], by: ValueChange): Value {
  const [key, ...rest] = path
  return key ? change(context, container, key, (value) => updateIn(context, value, rest, by)) : by(container)
}

/** `Access` and the functions of `Kernel` that follow paths. */
export const accessFunctions: StdTable = {
  ...functions(
    'Access',
    { lazy: true, opaque: [2] },
    {
      'get/2': (context, container, key) => fetch(context, container, key) ?? nil,
      'get/3': (context, container, key, fallback) => fetch(context, container, key) ?? fallback,
      'fetch/2': (context, container, key) => {
        const found = fetch(context, container, key)
        return found ? tuple([atom('ok'), found]) : atom('error')
      },
      'fetch!/2': (context, container, key) =>
        fetch(context, container, key) ??
        raise('KeyError', `key ${show(context, key)} not found in: ${show(context, container)}`),
    },
  ),
  ...functions(
    'Kernel',
    { lazy: true, opaque: [0] },
    {
      'get_in/2': (context, container, path) => getIn(context, container, stepsOf(context, path, 'Kernel.get_in/2')),
    },
  ),
  ...functions(
    'Kernel',
    { lazy: true, opaque: [2] },
    {
      'put_in/3': (context, container, path, value) =>
        updateIn(context, container, stepsOf(context, path, 'Kernel.put_in/3'), () => value),
      'update_in/3': (context, container, path, fun) =>
        updateIn(context, container, stepsOf(context, path, 'Kernel.update_in/3'), (value) =>
          fun.kind === 'function' ? context.call(fun, [value]) : noClause('Kernel.update_in/3'),
        ),
    },
  ),
}
