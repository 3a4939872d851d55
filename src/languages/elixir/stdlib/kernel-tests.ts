import { field, structName } from '../values/map.ts'
import { badArgument, type CallContext, type StdTable } from '../values/types.ts'
import { boolean, type Value } from '../values/value.ts'
import { functions, mapArgument, same } from './define.ts'

const kindTest =
  (...kinds: readonly Value['kind'][]) =>
  (_: CallContext, value: Value): Value =>
    boolean(kinds.includes(value.kind))
const named = (value: Value, ...names: readonly string[]): boolean =>
  value.kind === 'atom' && names.includes(value.name)

const isException = (value: Value): boolean => value.kind === 'map' && field(value, '__exception__') !== undefined

/** Tests of `Kernel`. */
export const kernelTests: StdTable = functions(
  'Kernel',
  { gives: 'boolean', lazy: true },
  {
    'is_nil/1': (_, value) => boolean(named(value, 'nil')),
    'is_atom/1': kindTest('atom'),
    'is_binary/1': kindTest('binary', 'bytes'),
    'is_bitstring/1': kindTest('binary', 'bytes'),
    'is_boolean/1': (_, value) => boolean(named(value, 'true', 'false')),
    'is_integer/1': kindTest('integer'),
    'is_float/1': kindTest('float'),
    'is_number/1': kindTest('integer', 'float'),
    'is_list/1': kindTest('list'),
    'is_tuple/1': kindTest('tuple'),
    'is_map/1': kindTest('map', 'regex'),
    'is_pid/1': (_, value) => boolean(value.kind === 'opaque' && value.type === 'pid'),
    'is_port/1': (_, value) => boolean(value.kind === 'opaque' && value.type === 'port'),
    'is_reference/1': (_, value) => boolean(value.kind === 'opaque' && value.type === 'reference'),
    'is_function/1': kindTest('function'),
    'is_function/2': (_, value, arity) =>
      boolean(value.kind === 'function' && arity.kind === 'integer' && arity.value === BigInt(value.arity)),
    'is_struct/1': (_, value) => boolean(structName(value) !== undefined),
    'is_struct/2': (_, value, name) =>
      name.kind === 'atom' ? boolean(structName(value) === name.name) : badArgument(2, 'not an atom'),
    'is_exception/1': (_, value) => boolean(isException(value)),
    'is_exception/2': (_, value, name) =>
      boolean(isException(value) && name.kind === 'atom' && structName(value) === name.name),
    'is_non_struct_map/1': (_, value) => boolean(value.kind === 'map' && structName(value) === undefined),
    'is_map_key/2': (context, value, key) =>
      boolean(mapArgument(context, value).entries.some(([one]) => same(context, one, key))),
  },
)
