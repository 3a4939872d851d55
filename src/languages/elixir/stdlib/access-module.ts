import { moduleName } from '../syntax/module-name.ts'
import { keywordGetValue, mapDelete, mapGet, mapPut, structName } from '../values/map.ts'
import { type CallContext, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, type FunctionValue, isNil, list, nil, tuple, type Value } from '../values/value.ts'
import { functions, itemsOf, numberOf, outside, same, show, unmodelled } from './define.ts'
import { knownKey } from './enumerable.ts'

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

type Change = (value: Value) => Value

/** `container` with what `change` makes of the value under `key`. */
function change(context: CallContext, container: Value, key: Value, by: Change): Value {
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

const isAccessor = (key: Value): key is FunctionValue => key.kind === 'function' && key.arity === 3

function getIn(context: CallContext, container: Value, path: readonly Value[]): Value {
  const [key, ...rest] = path
  if (!key) return container
  if (isAccessor(key))
    return context.call(key, [atom('get'), container, nextFunction((value) => getIn(context, value, rest))])
  const held = outside(context, container)
  return getIn(context, fetch(context, held, key) ?? nil, rest)
}

function updateIn(context: CallContext, container: Value, path: readonly Value[], by: Change): Value {
  const [key, ...rest] = path
  if (!key) return by(container)
  if (isAccessor(key)) {
    const next = nextFunction((value) => tuple([nil, updateIn(context, value, rest, by)]))
    const result = outside(context, context.call(key, [atom('get_and_update'), container, next]))
    return (result.kind === 'tuple' ? result.items[1] : undefined) ?? unmodelled('the accessor removes something')
  }
  return change(context, container, key, (value) => updateIn(context, value, rest, by))
}

function popIn(context: CallContext, container: Value, path: readonly Value[]): Value {
  const [key, ...rest] = path
  if (!key || isAccessor(key)) return unmodelled('the accessor is not modelled')
  const held = outside(context, container)
  if (isNil(held)) return tuple([nil, nil])
  if (rest.length === 0) {
    if (held.kind === 'map') return tuple([mapGet(held, key) ?? nil, mapDelete(held, key)])
    return context.apply('Elixir.Keyword', 'pop', [held, key])
  }
  let found: Value = nil
  const changed = change(context, held, key, (value) => {
    const result = outside(context, popIn(context, value, rest))
    found = (result.kind === 'tuple' ? result.items[0] : undefined) ?? nil
    return (result.kind === 'tuple' ? result.items[1] : undefined) ?? nil
  })
  return tuple([found, changed])
}

const nextFunction = (run: (value: Value) => Value): FunctionValue => ({
  kind: 'function',
  arity: 1,
  name: 'Access',
  external: false,
  run: ([value = nil]) => run(value),
})

const keysOf = (context: CallContext, path: Value, key: string): readonly Value[] => {
  const keys = itemsOf(context, path, () => noClause(key))
  return keys.length === 0 ? noClause(key) : keys
}

/** An accessor of `Access`: how it gets, and how it updates. */
function accessor(
  get: (context: CallContext, container: Value, next: (value: Value) => Value) => Value,
  update: (context: CallContext, container: Value, next: (value: Value) => Value) => Value,
): FunctionValue {
  return {
    kind: 'function',
    arity: 3,
    name: 'Access',
    external: false,
    run: ([how = nil, container = nil, fun = nil], context) => {
      const next = (value: Value): Value =>
        fun.kind === 'function' ? context.call(fun, [value]) : unmodelled('the accessor is not modelled')
      if (how.kind === 'atom' && how.name === 'get') return get(context, container, next)
      const second = (value: Value): Value => {
        const result = outside(context, next(value))
        return (result.kind === 'tuple' ? result.items[1] : undefined) ?? unmodelled('the accessor removes something')
      }
      return tuple([nil, update(context, container, second)])
    },
  }
}

const all = accessor(
  (context, container, next) =>
    list(
      itemsOf(context, outside(context, container), () =>
        raise('RuntimeError', `Access.all/0 expected a list, got: ${show(context, container)}`),
      ).map(next),
    ),
  (context, container, next) =>
    list(
      itemsOf(context, outside(context, container), () =>
        raise('RuntimeError', `Access.all/0 expected a list, got: ${show(context, container)}`),
      ).map(next),
    ),
)

function atPlace(place: Value): FunctionValue {
  const index = numberOf(place, () => noClause('Access.at/1'))
  const items = (context: CallContext, container: Value) =>
    itemsOf(context, outside(context, container), () =>
      raise('RuntimeError', `Access.at/1 expected a list, got: ${show(context, container)}`),
    )
  return accessor(
    (context, container, next) => next(items(context, container).at(index) ?? nil),
    (context, container, next) =>
      list(
        items(context, container).map((item, at, of) =>
          at === (index < 0 ? of.length + index : index) ? next(item) : item,
        ),
      ),
  )
}

const keyAccess = (key: Value, fallback: Value | undefined): FunctionValue => {
  const look = (context: CallContext, container: Value): Value => {
    const held = outside(context, container)
    const found =
      held.kind === 'map'
        ? mapGet(held, key)
        : isNil(held) && fallback
          ? undefined
          : raise('BadMapError', `expected a map, got: ${show(context, held)}`)
    return found ?? fallback ?? raise('KeyError', `key ${show(context, key)} not found in: ${show(context, held)}`)
  }
  return accessor(
    (context, container, next) => next(look(context, container)),
    (context, container, next) => {
      const held = outside(context, container)
      const made = next(look(context, container))
      return held.kind === 'map' ? mapPut(held, key, made) : unmodelled('the accessor is not modelled')
    },
  )
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
  ...functions('Access', 'function', {
    'all/0': () => all,
    'at/1': (_, place) => atPlace(place),
    'key/1': (_, key) => keyAccess(key, nil),
    'key/2': (_, key, fallback) => keyAccess(key, fallback),
    'key!/1': (_, key) => keyAccess(key, undefined),
  }),
  ...functions(
    'Kernel',
    { lazy: true, opaque: [0] },
    {
      'get_in/2': (context, container, path) => getIn(context, container, keysOf(context, path, 'Kernel.get_in/2')),
      'pop_in/2': (context, container, path) => popIn(context, container, keysOf(context, path, 'Kernel.pop_in/2')),
    },
  ),
  ...functions(
    'Kernel',
    { lazy: true, opaque: [2] },
    {
      'put_in/3': (context, container, path, value) =>
        updateIn(context, container, keysOf(context, path, 'Kernel.put_in/3'), () => value),
      'update_in/3': (context, container, path, fun) =>
        updateIn(context, container, keysOf(context, path, 'Kernel.update_in/3'), (value) =>
          fun.kind === 'function' ? context.call(fun, [value]) : noClause('Kernel.update_in/3'),
        ),
      'get_and_update_in/3': (context, container, path, fun) => {
        let got: Value = nil
        const made = updateIn(context, container, keysOf(context, path, 'Kernel.get_and_update_in/3'), (value) => {
          const result =
            fun.kind === 'function'
              ? outside(context, context.call(fun, [value]))
              : noClause('Kernel.get_and_update_in/3')
          const [first, second] = result.kind === 'tuple' && result.items.length === 2 ? result.items : []
          if (!first || !second) return unmodelled('the accessor removes something')
          got = first
          return second
        })
        return tuple([got, made])
      },
    },
  ),
}
