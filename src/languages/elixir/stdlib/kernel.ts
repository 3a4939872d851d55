import { compareValues } from '../compare.ts'
import { inspectValue } from '../inspect.ts'
import { field, isOpen, structName } from '../map.ts'
import {
  atom,
  binary,
  boolean,
  bytesOf,
  charlist,
  float,
  integer,
  isBinary,
  list,
  tuple,
  type Value,
} from '../value.ts'
import { charsOf, toText } from './chars.ts'
import {
  bytes,
  functions,
  itemsOf,
  mapArgument,
  numberOf,
  option,
  same,
  show,
  textArgument,
  textOr,
  unmodelled,
} from './define.ts'
import { enumerate } from './enumerable.ts'
import { standardAtoms } from './exports.ts'
import { badArithmetic, bigOf, realOf } from './number.ts'
import { matchRegex } from './regex-match.ts'
import { badArgument, type CallContext, noClause, raise, type StdTable } from './types.ts'

/** The atom if it surely exists, ArgumentError if it surely does not. */
export function existingAtom(context: CallContext, name: string): Value {
  if (standardAtoms.has(name) || context.knowsAtom(name)) return atom(name)
  const module = name.startsWith('Elixir.')
  if (module && context.knowsAtom(name.slice(7))) return atom(name)
  return badArgument(1, 'not an already existing atom')
}

const number = (value: Value): Value =>
  value.kind === 'integer' || value.kind === 'float' ? value : badArgument(1, 'not a number')

function toWhole(value: Value, round: (value: number) => number): Value {
  const given = number(value)
  if (given.kind !== 'float') return given
  return integer(BigInt(round(given.value)))
}

const halfAway = (value: number): number => (value < 0 ? -Math.round(-value) : Math.round(value))

function inspected(context: CallContext, value: Value, options: Value): Value {
  if (isOpen(value)) return unmodelled('it prints what is not known')
  if (value.kind === 'function' && !value.external) return unmodelled('a function prints with a number of its own')
  if (option(options, 'shown')) return value
  const plain = asNumbers(value, options)
  if (plain) return inspected(context, plain.value, plain.options)
  const limit = option(options, 'limit')
  const isModelled =
    options.kind === 'list' &&
    options.items.every(
      (item) =>
        item.kind === 'tuple' &&
        item.items[0]?.kind === 'atom' &&
        ['limit', 'pretty', 'label'].includes(item.items[0].name),
    )
  if (!isModelled) return unmodelled('an option of `inspect` is not modelled')
  if (option(options, 'pretty') && show(context, value).length > 80)
    return unmodelled('`inspect` with `pretty` is not modelled')
  if (limit?.kind === 'integer') return binary(inspectValue(value, context.elixirVersion, Number(limit.value)))
  return binary(inspectValue(value, context.elixirVersion, limit ? Number.POSITIVE_INFINITY : undefined))
}

/** A binary or a list that is to be shown as its numbers. */
function asNumbers(value: Value, options: Value): { readonly value: Value; readonly options: Value } | undefined {
  const isAsked = (name: string, answer: string): boolean => {
    const given = option(options, name)
    return given?.kind === 'atom' && given.name === answer
  }
  if (options.kind !== 'list' || options.items.length !== 1) return undefined
  if (isAsked('binaries', 'as_binaries') && isBinary(value))
    return { value: { kind: 'bytes', bytes: bytesOf(value) }, options: none }
  const isList = value.kind === 'list' && value.items.every((item) => item.kind === 'integer')
  if (!isAsked('charlists', 'as_lists') || !isList) return undefined
  return {
    value: binary(`[${value.items.map((item) => (item.kind === 'integer' ? item.value : '')).join(', ')}]`),
    options: list([tuple([atom('shown'), nil])]),
  }
}

const kindTest =
  (...kinds: readonly Value['kind'][]) =>
  (_: CallContext, value: Value): Value =>
    boolean(kinds.includes(value.kind))
const named = (value: Value, ...names: readonly string[]): boolean =>
  value.kind === 'atom' && names.includes(value.name)

function element(value: Value, place: Value): Value {
  const at = numberOf(place, () => badArgument(1, 'not an integer'))
  if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
  return value.items[at] ?? badArgument(1, 'out of range')
}

function binaryPart(value: Value, start: Value, size: Value): Value {
  if (!isBinary(value)) return badArgument(1, 'not a binary')
  const all = bytesOf(value)
  const from = numberOf(start, () => badArgument(2, 'not an integer'))
  const length = numberOf(size, () => badArgument(3, 'not an integer'))
  const [first, last] = length < 0 ? [from + length, from] : [from, from + length]
  if (first < 0 || from > all.length) return badArgument(2, 'out of range')
  return last > all.length ? badArgument(3, 'out of range') : bytes(all.slice(first, last))
}

const none = list([])
const isException = (value: Value): boolean => value.kind === 'map' && field(value, '__exception__') !== undefined

/** Whether `text =~ pattern`. */
function matches(context: CallContext, text: Value, pattern: Value): Value {
  const own = textOr(text, () => noClause('Kernel.=~/2'))
  if (pattern.kind === 'regex') return boolean(matchRegex(context, pattern, own) !== undefined)
  return boolean(own.includes(textOr(pattern, () => noClause('Kernel.=~/2'))))
}

const divided = (one: Value, other: Value, divide: (a: bigint, b: bigint) => bigint): Value => {
  const [a, b] = [bigOf(one, badArithmetic), bigOf(other, badArithmetic)]
  return b === 0n ? badArithmetic() : integer(divide(a, b))
}

function subtract(context: CallContext, one: Value, other: Value): Value {
  const rest = [...itemsOf(context, one, () => badArgument(1, 'not a list'))]
  const cut = itemsOf(context, other, () => badArgument(2, 'not a proper list'))
  if (rest.length * cut.length > 1_000_000) return unmodelled('the lists are too long to follow')
  for (const item of cut) {
    const at = rest.findIndex((one) => same(context, one, item))
    if (at >= 0) rest.splice(at, 1)
  }
  return list(rest)
}

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

/** Functions of `Kernel` that give texts and numbers. */
export const kernelValues: StdTable = {
  ...functions(
    'Kernel',
    { gives: 'binary', lazy: true },
    {
      'to_string/1': toText,
      'binary_part/3': (_, value, start, size) => binaryPart(value, start, size),
    },
  ),
  ...functions(
    'Kernel',
    { gives: 'binary', opaque: [] },
    {
      'inspect/1': (context, value) => inspected(context, value, none),
      'inspect/2': inspected,
    },
  ),
  ...functions('Kernel', 'list', {
    'to_charlist/1': (context, value) => (value.kind === 'list' ? value : charlist(charsOf(context, value))),
  }),
  ...functions('Kernel', 'boolean', {
    '=~/2': matches,
  }),
  ...functions('Kernel', 'integer', {
    'byte_size/1': (_, value) => integer(isBinary(value) ? bytesOf(value).length : badArgument(1, 'not a bitstring')),
    'bit_size/1': (_, value) =>
      integer(isBinary(value) ? bytesOf(value).length * 8 : badArgument(1, 'not a bitstring')),
    'div/2': (_, one, other) => divided(one, other, (a, b) => a / b),
    'rem/2': (_, one, other) => divided(one, other, (a, b) => a % b),
    'round/1': (_, value) => toWhole(value, halfAway),
    'trunc/1': (_, value) => toWhole(value, Math.trunc),
    'ceil/1': (_, value) => toWhole(value, Math.ceil),
    'floor/1': (_, value) => toWhole(value, Math.floor),
  }),
  ...functions('Kernel', 'term', {
    'abs/1': (_, value) => {
      const given = number(value)
      return given.kind === 'integer'
        ? integer(given.value < 0n ? -given.value : given.value)
        : float(Math.abs(realOf(given, badArithmetic)))
    },
    'node/0': () => atom('nonode@nohost'),
    'self/0': () => ({ kind: 'opaque', type: 'pid', text: '#PID<0.0.0>' }),
    'make_ref/0': () => ({ kind: 'opaque', type: 'reference', text: '#Reference<0.0.0.0>' }),
  }),
  ...functions('Kernel', { lazy: true, opaque: [1] }, { 'send/2': (_, _to, message) => message }),
  ...functions('Kernel', 'any', {
    'max/2': (_, one, other) => (compareValues(one, other) >= 0 ? one : other),
    'min/2': (_, one, other) => (compareValues(one, other) <= 0 ? one : other),
  }),
}

/** Functions of `Kernel` that look at the parts of lists, tuples and maps. These may be unknown. */
export const kernelParts: StdTable = {
  ...functions(
    'Kernel',
    { lazy: true, gives: 'integer' },
    {
      'length/1': (context, value) => integer(itemsOf(context, value, () => badArgument(1, 'not a list')).length),
      'tuple_size/1': (_, value) =>
        integer(value.kind === 'tuple' ? value.items.length : badArgument(1, 'not a tuple')),
      'map_size/1': (context, value) => integer(mapArgument(context, value).entries.length),
    },
  ),
  ...functions(
    'Kernel',
    { lazy: true },
    {
      'elem/2': (_, value, place) => element(value, place),
      'hd/1': (_, value) =>
        (value.kind === 'list' ? value.items[0] : undefined) ?? badArgument(1, 'not a nonempty list'),
      'tl/1': (_, value) =>
        value.kind === 'list' && value.items.length > 0
          ? { ...value, items: value.items.slice(1) }
          : badArgument(1, 'not a nonempty list'),
      '--/2': subtract,
    },
  ),
  ...functions(
    'Kernel',
    { lazy: true, opaque: [2] },
    {
      'put_elem/3': (_, value, place, item) => {
        const at = numberOf(place, () => badArgument(1, 'not an integer'))
        if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
        if (at < 0 || at >= value.items.length) return badArgument(1, 'out of range')
        return tuple(value.items.map((one, index) => (index === at ? item : one)))
      },
    },
  ),
}

/** `Atom`, `Tuple`, `Function`, `Module` as far as they are data. */
export const smallFunctions: StdTable = {
  ...functions('Atom', 'binary', {
    'to_string/1': (_, value) => (value.kind === 'atom' ? binary(value.name) : badArgument(1, 'not an atom')),
  }),
  ...functions('Atom', 'list', {
    'to_charlist/1': (_, value) => (value.kind === 'atom' ? charlist(value.name) : badArgument(1, 'not an atom')),
  }),
  ...functions('String', 'atom', {
    'to_atom/1': (_, value) => atom(textArgument(value, 1)),
    'to_existing_atom/1': (context, value) => existingAtom(context, textArgument(value, 1)),
  }),
  ...functions(
    'Tuple',
    { lazy: true },
    {
      'to_list/1': (_, value) => (value.kind === 'tuple' ? list(value.items) : badArgument(1, 'not a tuple')),
      'append/2': (_, value, item) =>
        value.kind === 'tuple' ? tuple([...value.items, item]) : badArgument(1, 'not a tuple'),
      'insert_at/3': (_, value, place, item) => {
        const at = numberOf(place, () => badArgument(1, 'not an integer'))
        if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
        return at < 0 || at > value.items.length
          ? badArgument(1, 'out of range')
          : tuple([...value.items.slice(0, at), item, ...value.items.slice(at)])
      },
      'delete_at/2': (_, value, place) => {
        const at = numberOf(place, () => badArgument(1, 'not an integer'))
        if (value.kind !== 'tuple') return badArgument(2, 'not a tuple')
        return at < 0 || at >= value.items.length
          ? badArgument(1, 'out of range')
          : tuple(value.items.filter((_item, index) => index !== at))
      },
      'duplicate/2': (_, value, count) => {
        const times = numberOf(count, () => noClause('Tuple.duplicate/2'))
        return times > 1000
          ? unmodelled('the tuple is too long to follow')
          : tuple(Array.from({ length: times }, () => value))
      },
      'sum/1': (context, value) =>
        context.apply('Elixir.Enum', 'sum', [
          list(value.kind === 'tuple' ? value.items : badArgument(1, 'not a tuple')),
        ]),
      'product/1': (context, value) =>
        context.apply('Elixir.Enum', 'product', [
          list(value.kind === 'tuple' ? value.items : badArgument(1, 'not a tuple')),
        ]),
    },
  ),
  ...functions('Function', { lazy: true, opaque: [0] }, { 'identity/1': (_, value) => value }),
  ...functions('Module', 'any', {
    'concat/1': (context, parts) => concat(enumerate(context, parts)),
    'concat/2': (_, one, other) => concat([one, other]),
    'split/1': (context, value) => {
      const name = value.kind === 'atom' ? value.name : textOr(value, () => noClause('Module.split/1'))
      if (!name.startsWith('Elixir.'))
        return raise('ArgumentError', `expected an Elixir module, got: ${show(context, value)}`)
      return list(
        name
          .slice(7)
          .split('.')
          .map((part) => binary(part)),
      )
    },
  }),
}

function concat(parts: readonly Value[]): Value {
  const names = parts.map((part) =>
    part.kind === 'atom' ? (part.name === 'nil' ? '' : part.name) : textOr(part, () => noClause('Module.concat/1')),
  )
  const plain = names
    .filter((name) => name !== '' && name !== 'Elixir')
    .map((name) => name.replace(/^Elixir\./, '').replace(/^\./, ''))
  return atom(['Elixir', ...plain].join('.'))
}
