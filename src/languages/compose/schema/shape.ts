/** What a value may be: one of the kinds that are present. */
export interface SchemaShape {
  readonly text?: { readonly words?: readonly string[]; readonly pattern?: RegExp }
  readonly number?: { readonly whole: boolean; readonly from?: number; readonly to?: number }
  readonly boolean?: true
  readonly null?: true
  readonly list?: { readonly of: SchemaShape; readonly unique: boolean }
  readonly map?: MapShape
  /** Anything goes. */
  readonly any?: true
}

export interface MapShape {
  readonly fields: Readonly<Record<string, SchemaShape>>
  readonly required: readonly string[]
  /** One of these must be there, if there are any. */
  readonly someOf: readonly string[]
  /** Keys that begin with `x-` may hold anything. */
  readonly extensible: boolean
  /** What other keys hold; undefined where there may be none. */
  readonly others: SchemaShape | undefined
  /** How other keys are spelled; a key that is not is refused, or taken as anything where `loose`. */
  readonly names: RegExp
  readonly loose: boolean
}

export const anything: SchemaShape = { any: true }
export const text: SchemaShape = { text: {} }
export const number: SchemaShape = { number: { whole: false } }
export const integer: SchemaShape = { number: { whole: true } }
export const boolean: SchemaShape = { boolean: true }
export const nothing: SchemaShape = { null: true }

/** A value of any of the shapes. */
export const either = (...shapes: readonly SchemaShape[]): SchemaShape => Object.assign({}, ...shapes)
/** A whole number within bounds, both included. */
export const between = (from: number, to: number): SchemaShape => ({ number: { whole: true, from, to } })
/** One of the words, which stand with blanks between. */
export const oneOf = (words: string): SchemaShape => ({ text: { words: words.split(' ') } })
/** A text that the pattern fits. */
export const matching = (pattern: RegExp): SchemaShape => ({ text: { pattern } })
/** A sequence of values. */
export const listOf = (of: SchemaShape): SchemaShape => ({ list: { of, unique: false } })
/** A sequence in which no value stands twice. */
export const setOf = (of: SchemaShape): SchemaShape => ({ list: { of, unique: true } })

const plainMap: MapShape = {
  fields: {},
  required: [],
  someOf: [],
  extensible: true,
  others: undefined,
  names: /^/,
  loose: false,
}

/** A mapping with these keys and extensions. `required` names keys that must be there. */
export const record = (fields: Readonly<Record<string, SchemaShape>>, more: Partial<MapShape> = {}): SchemaShape => ({
  map: { ...plainMap, fields, ...more },
})

/** A mapping from names to values of one shape; with `loose`, names of another spelling hold anything. */
export const mapOf = (others: SchemaShape, names: RegExp = /./s, loose = false): SchemaShape => ({
  map: { ...plainMap, extensible: false, others, names, loose },
})

export const flag = either(boolean, text)
export const count = either(integer, text)
export const amount = either(number, text)
export const texts = setOf(text)
export const textOrTexts = either(text, texts)
/** `KEY: value` or a list of `KEY=value`. */
export const pairs = either(mapOf(either(text, number, boolean, nothing)), texts)
