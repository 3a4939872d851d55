import { agreed, type Maybe, type TrailLabel, unknown, yesOrNo } from '../../../text/known.ts'
import type { Choice, Identity } from './identity.ts'
import type { CallContext } from './types.ts'

/** An Elixir term as far as we know it, with the trail of the places that it comes from. Immutable. */
export type Value = KnownValue | UnknownValue | OneOfValue | AbsentValue

/** A term that is known on its outside; lists, tuples and maps may hold values that are not. See `isOpen`. */
export type KnownValue =
  | AtomValue
  | IntegerValue
  | FloatValue
  | BinaryValue
  | BytesValue
  | ListValue
  | TupleValue
  | MapValue
  | RegexValue
  | FunctionValue
  | OpaqueValue

interface Traced<Kind extends string> {
  readonly kind: Kind
  readonly trail?: readonly TrailLabel[]
}

/** `name` is as in Erlang: the alias `MyApp.Repo` is the atom `Elixir.MyApp.Repo`; nil and booleans are atoms. */
export interface AtomValue extends Traced<'atom'> {
  readonly name: string
}

export interface IntegerValue extends Traced<'integer'> {
  readonly value: bigint
}

export interface FloatValue extends Traced<'float'> {
  readonly value: number
}

/** A binary that is valid UTF-8, as text. Build it with `binary`. */
export interface BinaryValue extends Traced<'binary'> {
  readonly text: string
}

/** A binary that is not valid UTF-8. Build it with `binaryOfBytes`, which gives a `binary` where it can. */
export interface BytesValue extends Traced<'bytes'> {
  readonly bytes: Uint8Array
}

/** A list; `tail` only where it is improper. An unknown tail stands for further items that we do not know. */
export interface ListValue extends Traced<'list'> {
  readonly items: readonly Value[]
  readonly tail?: Value
}

export interface TupleValue extends Traced<'tuple'> {
  readonly items: readonly Value[]
}

/** A map or struct (with the key `:__struct__`), entries in Elixir's term order of keys. Ranges, URIs, dates are such. */
export interface MapValue extends Traced<'map'> {
  readonly entries: readonly (readonly [key: Value, value: Value])[]
}

/** `%Regex{}`; options are letters, as in the sigil. */
export interface RegexValue extends Traced<'regex'> {
  readonly source: string
  readonly options: string
}

export interface FunctionValue extends Traced<'function'> {
  readonly arity: number
  /** As `inspect` prints it after `#Function<` or `&`, such as `String.trim/1`. */
  readonly name: string
  /** True for `&String.trim/1`, false for a closure. */
  readonly external: boolean
  readonly run: (args: readonly Value[], context: CallContext) => Value
}

/** A pid, reference or port; `text` is what `inspect` prints. */
export interface OpaqueValue extends Traced<'opaque'> {
  readonly type: 'pid' | 'reference' | 'port'
  readonly text: string
}

/** What an unknown value surely is, so that `x || y` and `is_nil(x)` can be decided. `term` is anything but nil and false. */
export type UnknownType =
  | 'any'
  | 'term'
  | 'binary'
  | 'integer'
  | 'float'
  | 'atom'
  | 'boolean'
  | 'list'
  | 'map'
  | 'tuple'
  | 'function'

/** A value that we cannot know, and why, in words that fit after "unknown because". */
export interface UnknownValue extends Traced<'unknown'> {
  readonly why: string
  readonly type: UnknownType
  /** Unknown values of the same id are the same value. */
  readonly id?: Identity
  /** It is too much to be followed: a limit of ours. */
  readonly bound?: true
  /** A text as far as it is known, with `gap` for each part that is not. */
  readonly partial?: string
}

/**
 * One of several values, by the outcome of a choice that we cannot know. Values of the same `choice` belong together
 * index by index: where it is decided for one, it is decided for all. An alternative may be a `oneOf` of another choice.
 */
export interface OneOfValue extends Traced<'oneOf'> {
  readonly choice: Choice
  readonly values: readonly Value[]
  readonly why: string
}

/** Stands in a `oneOf` of the config for "this key is not there". Standard functions never see it. */
export interface AbsentValue extends Traced<'absent'> {}

type Trail = readonly TrailLabel[] | undefined
const traced = <T extends object>(value: T, trail: Trail): T & { readonly trail?: readonly TrailLabel[] } =>
  trail === undefined || trail.length === 0 ? value : { ...value, trail }

/** An atom by its name as in Erlang. */
export const atom = (name: string, trail?: Trail): AtomValue => traced({ kind: 'atom', name }, trail)
export const nil: AtomValue = { kind: 'atom', name: 'nil' }
/** `true` or `false`. */
export const boolean = (value: boolean, trail?: Trail): AtomValue => atom(value ? 'true' : 'false', trail)
/** An integer. */
export const integer = (value: bigint | number, trail?: Trail): IntegerValue =>
  traced({ kind: 'integer', value: BigInt(value) }, trail)
/** A float. */
export const float = (value: number, trail?: Trail): FloatValue => traced({ kind: 'float', value }, trail)
/** `text` must have no lone surrogates. */
export const binary = (text: string, trail?: Trail): BinaryValue => traced({ kind: 'binary', text }, trail)
/** A proper list. */
export const list = (items: readonly Value[], trail?: Trail): ListValue => traced({ kind: 'list', items }, trail)
/** A tuple. */
export const tuple = (items: readonly Value[], trail?: Trail): TupleValue => traced({ kind: 'tuple', items }, trail)
/** `%Regex{}`. */
export const regex = (source: string, options: string, trail?: Trail): RegexValue =>
  traced({ kind: 'regex', source, options }, trail)
/** A value that cannot be known, and why. */
export const unknownValue = (why: string, type: UnknownType = 'any', trail?: Trail, id?: Identity): UnknownValue =>
  traced(id === undefined ? { kind: 'unknown', why, type } : { kind: 'unknown', why, type, id }, trail)
/** A value that is too much to be followed. */
export const boundValue = (why: string, type: UnknownType = 'any'): UnknownValue => ({
  ...unknownValue(why, type),
  bound: true,
})
export const absent: AbsentValue = { kind: 'absent' }

/** How many places a trail has at most. */
export const longestTrail = 12

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A binary from its bytes. */
export function binaryOfBytes(bytes: Uint8Array, trail?: Trail): BinaryValue | BytesValue {
  try {
    return binary(strictUtf8.decode(bytes), trail)
  } catch {
    return traced({ kind: 'bytes', bytes }, trail)
  }
}

/** The bytes of a binary. */
export const bytesOf = (value: BinaryValue | BytesValue): Uint8Array =>
  value.kind === 'bytes' ? value.bytes : new TextEncoder().encode(value.text)

/** A list of code points. */
export const charlist = (text: string): ListValue => list(Array.from(text, (char) => integer(char.codePointAt(0) ?? 0)))

/** `[key: value, …]` */
export const keyword = (pairs: readonly (readonly [string, Value])[]): ListValue =>
  list(pairs.map(([key, value]) => tuple([atom(key), value])))

/** Value with `trail` in front of its own. Long trails are cut: the newest places are kept. */
export function withTrail<V extends Value>(value: V, trail: readonly TrailLabel[]): V {
  return trail.length === 0 ? value : { ...value, trail: [...trail, ...(value.trail ?? [])].slice(0, longestTrail) }
}

/** Whether the value is `nil`. */
export const isNil = (value: Value): boolean => value.kind === 'atom' && value.name === 'nil'
/** Whether the value is the atom `name`. */
export const isAtom = (value: Value, name: string): boolean => value.kind === 'atom' && value.name === name
/** Whether the value is `true` or `false`. */
export const isBoolean = (value: Value): boolean =>
  value.kind === 'atom' && (value.name === 'true' || value.name === 'false')
/** Whether the value is a binary. */
export const isBinary = (value: Value): value is BinaryValue | BytesValue =>
  value.kind === 'binary' || value.kind === 'bytes'

/** Whether Elixir takes it for true. */
export function truthOf(value: Value): Maybe {
  if (value.kind === 'atom') return yesOrNo(value.name !== 'nil' && value.name !== 'false')
  if (value.kind === 'unknown')
    return value.type === 'any' || value.type === 'atom' || value.type === 'boolean'
      ? unknown(value.why, value.trail)
      : 'yes'
  if (value.kind === 'oneOf') return agreed(value.values.map(truthOf), value.why)
  return yesOrNo(value.kind !== 'absent')
}
