import { compareValues } from '../values/compare.ts'
import { inspectValue } from '../values/inspect.ts'
import { isOpen } from '../values/map.ts'
import { badArgument, type CallContext, noClause, type StdTable } from '../values/types.ts'
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
  nil,
  tuple,
  type Value,
} from '../values/value.ts'
import {
  bytes,
  functions,
  itemsOf,
  mapArgument,
  numberOf,
  option,
  same,
  show,
  textOr,
  tooMuch,
  unmodelled,
} from './define.ts'
import { isStandardAtom } from './exports/exports.ts'
import { badArithmetic, bigOf, realOf } from './number.ts'
import { charsOf, toText } from './text/chars.ts'
import { matchesRegex } from './text/regex.ts'

/** The atom if it surely exists, ArgumentError if it surely does not. */
export function existingAtom(context: CallContext, name: string): Value {
  if (isStandardAtom(name) || context.knowsAtom(name)) return atom(name)
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

/** Whether `text =~ pattern`. */
function matches(context: CallContext, text: Value, pattern: Value): Value {
  const own = textOr(text, () => noClause('Kernel.=~/2'))
  if (pattern.kind === 'regex') return boolean(matchesRegex(context, pattern, own))
  return boolean(own.includes(textOr(pattern, () => noClause('Regex.match?/2'))))
}

const divided = (one: Value, other: Value, divide: (a: bigint, b: bigint) => bigint): Value => {
  const [a, b] = [bigOf(one, badArithmetic), bigOf(other, badArithmetic)]
  return b === 0n ? badArithmetic() : integer(divide(a, b))
}

function subtract(context: CallContext, one: Value, other: Value): Value {
  const rest = [...itemsOf(context, one, () => badArgument(1, 'not a list'))]
  const cut = itemsOf(context, other, () => badArgument(2, 'not a proper list'))
  if (rest.length * cut.length > 1_000_000) return tooMuch('the lists are too long to follow')
  for (const item of cut) {
    const at = rest.findIndex((one) => same(context, one, item))
    if (at >= 0) rest.splice(at, 1)
  }
  return list(rest)
}

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
