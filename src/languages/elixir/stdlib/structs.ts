import { moduleName } from '../syntax/module-name.ts'
import { mapGet, mapPut, struct } from '../values/map.ts'
import { type CallContext, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, boolean, type MapValue, nil, type Value } from '../values/value.ts'
import { enumerate, pairOf } from './collections/enumerable.ts'
import { functions, outside, show, unmodelled } from './define.ts'
import { isStandardModule } from './exports/exports.ts'

const uri = Object.fromEntries(
  ['scheme', 'authority', 'userinfo', 'host', 'port', 'path', 'query', 'fragment'].map((key) => [key, nil]),
)

/** The struct with its defaults: of a module by name, or the one that is given. */
function baseOf(context: CallContext, value: Value): MapValue {
  const given = outside(context, value)
  if (given.kind === 'map' && mapGet(given, atom('__struct__'))) return given
  if (given.kind !== 'atom') return noClause('Kernel.struct/3')
  if (given.name === 'Elixir.URI') return struct(given.name, uri)
  const name = moduleName(given.name)
  if (!isStandardModule(name)) {
    const made = outside(context, context.apply(given.name, '__struct__', []))
    if (made.kind === 'map') return made
  }
  return unmodelled(`the struct \`${name}\` is not modelled`)
}

function build(context: CallContext, value: Value, fields: Value, strict: boolean): Value {
  const base = baseOf(context, value)
  return enumerate(context, fields).reduce<MapValue>((made, item) => {
    const [key, held] = pairOf(context, item)
    if (mapGet(made, key) !== undefined)
      return key.kind === 'atom' && key.name === '__struct__' ? made : mapPut(made, key, held)
    return strict ? raise('KeyError', `key ${show(context, key)} not found`, { key, term: base }) : made
  }, base)
}

const none: Value = { kind: 'list', items: [] }

/** `struct/2` and what there is of exceptions. */
export const structFunctions: StdTable = {
  ...functions(
    'Kernel',
    { lazy: true, gives: 'map' },
    {
      'struct/1': (context, value) => build(context, value, none, false),
      'struct/2': (context, value, fields) => build(context, value, fields, false),
      'struct!/1': (context, value) => build(context, value, none, true),
      'struct!/2': (context, value, fields) => build(context, value, fields, true),
    },
  ),
  ...functions('Exception', 'boolean', {
    'exception?/1': (_, value) => boolean(value.kind === 'map' && mapGet(value, atom('__exception__')) !== undefined),
    'is_exception/1': (_, value) => boolean(value.kind === 'map' && mapGet(value, atom('__exception__')) !== undefined),
  }),
}
