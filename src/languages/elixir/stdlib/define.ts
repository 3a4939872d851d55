import { moduleName } from '../syntax/module-name.ts'
import { compareValues } from '../values/compare.ts'
import { inspectValue } from '../values/inspect.ts'
import { isKeyword, isOpen, type KeywordList, structName } from '../values/map.ts'
import { largestSize, sizeOf } from '../values/size.ts'
import { mayEqual } from '../values/type-tests.ts'
import { badArgument, type CallContext, noClause, raise, type StdEntry, type StdTable } from '../values/types.ts'
import {
  binaryOfBytes,
  boundValue,
  bytesOf,
  isBinary,
  type MapValue,
  nil,
  type UnknownType,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../values/value.ts'

/** A standard function as the modules here write it; arguments that its arity does not have are nil. */
export type Fn = (context: CallContext, a: Value, b: Value, c: Value, d: Value) => Value

type FunctionOptions = Omit<StdEntry, 'run'>

/** The functions of `module`, by `name/arity`, that share `options`. */
export function functions(
  module: string,
  options: FunctionOptions | UnknownType,
  table: Readonly<Record<string, Fn>>,
): StdTable {
  const shared: FunctionOptions = typeof options === 'string' ? { gives: options } : options
  return Object.fromEntries(
    Object.entries(table).map(([key, fn]) => [
      `${module}.${key}`,
      { ...shared, run: guarded(fn, shared.gives ?? 'any') },
    ]),
  )
}

/** Thrown where we cannot follow what a function does; the call then gives an unknown value. Never leaves this folder. */
class Unmodelled extends Error {
  readonly bound: boolean
  constructor(why: string, bound: boolean) {
    super(why)
    this.bound = bound
  }
}

/** Gives up on the call: its value is unknown because of `why`. */
export function unmodelled(why: string): never {
  throw new Unmodelled(why, false)
}

/** Gives up on the call because it is too much to be followed. */
export function tooMuch(why: string): never {
  throw new Unmodelled(why, true)
}

/** Gives up on the call as its argument is not known. */
export function unknownArgument({ why, bound }: UnknownValue): never {
  throw new Unmodelled(why, bound === true)
}

function guarded(fn: Fn, gives: UnknownType): StdEntry['run'] {
  return (args, context) => {
    try {
      return fn(context, args[0] ?? nil, args[1] ?? nil, args[2] ?? nil, args[3] ?? nil)
    } catch (error) {
      if (error instanceof Unmodelled) return (error.bound ? boundValue : unknownValue)(error.message, gives)
      if (error instanceof RangeError) return boundValue('it is too large to follow', gives)
      throw error
    }
  }
}

/** The texts in one, with `between` in between; given up where that is too long to follow. */
export function joined(parts: readonly string[], between = ''): string {
  const size = parts.reduce((sum, part) => sum + part.length + between.length, 0)
  return size > largestSize + between.length ? tooMuch('the text is too long to follow') : parts.join(between)
}

/** `value` with its outside known: a lazy function asks before it looks at an item. */
export function outside(context: CallContext, value: Value): Value {
  const settled = context.settled(value)
  return settled.kind === 'unknown' ? unknownArgument(settled) : settled
}

/** The text of a binary; FunctionClauseError for `key` where it is none. */
export const textOf = (value: Value, key: string): string => textOr(value, () => noClause(key))

/** The text of a binary; what `bad` raises where it is none. */
export function textOr(value: Value, bad: () => never): string {
  if (value.kind === 'binary') return value.text
  if (value.kind === 'unknown') return unknownArgument(value)
  return value.kind === 'bytes' ? unmodelled('the binary is no UTF-8 text') : bad()
}

/** The text of the argument at `position`, as Erlang's functions ask for it. */
export const textArgument = (value: Value, position: number): string =>
  textOr(value, () => badArgument(position, 'not a binary'))

/** The bytes of a binary; FunctionClauseError for `key` where it is none. */
export const bytesOr = (value: Value, key: string): Uint8Array => (isBinary(value) ? bytesOf(value) : noClause(key))

/** An integer as a number. */
export function numberOf(value: Value, bad: () => never): number {
  if (value.kind === 'unknown') return unknownArgument(value)
  if (value.kind !== 'integer') return bad()
  const number = Number(value.value)
  return Number.isSafeInteger(number) ? number : tooMuch('the number is too large to follow')
}

/** The items of a proper list. */
export function itemsOf(context: CallContext, value: Value, bad: () => never): readonly Value[] {
  if (value.kind !== 'list') return bad()
  if (value.tail) {
    outside(context, value.tail)
    return bad()
  }
  context.tick(value.items.length)
  return value.items
}

/** A keyword list with all its keys known. */
export function keywordOf(context: CallContext, value: Value, bad: () => never): KeywordList {
  if (isKeyword(value)) {
    context.tick(value.items.length)
    return value
  }
  if (value.kind === 'list') {
    if (value.tail) outside(context, value.tail)
    for (const item of value.items) {
      const pair = outside(context, item)
      if (pair.kind === 'tuple' && pair.items[0]) outside(context, pair.items[0])
    }
  }
  return bad()
}

/** The option `name` of a keyword list. */
export function option(options: Value, name: string): Value | undefined {
  if (options.kind !== 'list') return undefined
  for (const item of options.items) {
    if (item.kind !== 'tuple' || item.items.length !== 2) continue
    const key = item.items[0]
    if (key?.kind === 'atom' && key.name === name) return item.items[1]
  }
  return undefined
}

/** Whether the option `name` is `true`. */
export const isSet = (options: Value, name: string): boolean => {
  const value = option(options, name)
  return value?.kind === 'atom' && value.name === 'true'
}

/** A map that is known on its outside; BadMapError for anything else. */
export function mapArgument(context: CallContext, value: Value): MapValue {
  if (value.kind === 'map') {
    context.tick(value.entries.length >> 4)
    return value
  }
  if (value.kind === 'regex') return unmodelled('the insides of a regex are not modelled')
  return raise('BadMapError', `expected a map, got: ${show(context, value)}`, { term: value })
}

/** `inspect` in the version of the run. */
export const show = (context: CallContext, value: Value): string => inspectValue(value, context.elixirVersion)

/** Whether two values are the same term; gives up where that is not known. */
export function same(context: CallContext, one: Value, other: Value): boolean {
  const a = context.settled(one)
  const b = context.settled(other)
  if (a === b) return true
  context.tick(Math.min(sizeOf(a), sizeOf(b)) >> 6)
  if ((isOpen(a) || isOpen(b)) && mayBeSame(a, b))
    return compareValues(a, b, true) === 0 || unmodelled('it compares what is not known')
  return compareValues(a, b, true) === 0
}

const mayBeSame = (one: Value, other: Value): boolean =>
  one.kind === 'unknown'
    ? mayEqual(one.type, other)
    : other.kind === 'unknown'
      ? mayEqual(other.type, one)
      : one.kind === other.kind

/** A binary of bytes. */
export const bytes = (from: Iterable<number>): Value => binaryOfBytes(Uint8Array.from(from))

const typeNames: Readonly<Partial<Record<Value['kind'], string>>> = {
  atom: 'Atom',
  integer: 'Integer',
  float: 'Float',
  binary: 'BitString',
  bytes: 'BitString',
  list: 'List',
  tuple: 'Tuple',
  map: 'Map',
  function: 'Function',
}

/** Raises Protocol.UndefinedError. */
export function noProtocol(context: CallContext, protocol: string, value: Value): never {
  const struct = structName(value)
  const name = struct && moduleName(struct)
  const opaque = value.kind === 'opaque' ? { pid: 'PID', reference: 'Reference', port: 'Port' }[value.type] : undefined
  const type = name === undefined ? (opaque ?? typeNames[value.kind] ?? 'Any') : `${name} (a struct)`
  return raise(
    'Protocol.UndefinedError',
    `protocol ${protocol} not implemented for ${show(context, value)} of type ${type}`,
    {
      value,
    },
  )
}
