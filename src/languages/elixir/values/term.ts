import { moduleName } from '../syntax/module-name.ts'
import { atLeast, floatText, inspectValue } from './inspect.ts'
import { isKeyword, pairKey, structName } from './map.ts'
import { nil, type Value } from './value.ts'

/** JSON as in `test/recorded/README.md`. Unknown values are `{unknown: why}` and `{oneOf: […]}`,
 * absent ones `{absent: true}`, lists with unknown items at the end `{items: […], more: why}`. */
export type Term = null | boolean | number | bigint | string | readonly Term[] | { readonly [kind: string]: Term }

/** A value as JSON that tells every kind apart, for tests, `--format json` and comparisons. Texts are for `elixirVersion`. */
export function toTerm(value: Value, elixirVersion = '1.14.0'): Term {
  const encode = (item: Value): Term => toTerm(item, elixirVersion)
  switch (value.kind) {
    case 'atom':
      if (value.name === 'nil') return null
      if (value.name === 'true' || value.name === 'false') return value.name === 'true'
      return { atom: atomKey(value.name) }
    case 'integer':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value
    case 'float':
      return { float: floatText(value.value) }
    case 'binary':
      return value.text
    case 'bytes':
      return { base64: btoa(String.fromCharCode(...value.bytes)) }
    case 'list':
      if (value.tail?.kind === 'unknown') return { items: value.items.map(encode), more: value.tail.why }
      if (value.tail) return { opaque: inspectValue(value, elixirVersion) }
      if (value.items.length === 0) return []
      if (isKeyword(value))
        return { kw: value.items.map((pair) => [atomKey(pairKey(pair) ?? ''), encode(pair.items[1] ?? nil)]) }
      return value.items.map(encode)
    case 'tuple':
      return { tuple: value.items.map(encode) }
    case 'regex':
      return { regex: [value.source, atLeast(elixirVersion, 1, 16) ? longOptions(value.options) : value.options] }
    case 'map': {
      const name = structName(value)
      if (name !== undefined) return { struct: atomKey(name), inspect: inspectValue(value, elixirVersion) }
      return { map: value.entries.map(([key, item]) => [encode(key), encode(item)]) }
    }
    case 'function':
      return { fun: value.arity }
    case 'opaque':
      return { opaque: value.text }
    case 'unknown':
      return { unknown: value.why }
    case 'oneOf':
      return { oneOf: value.values.map(encode) }
    case 'absent':
      return { absent: true }
  }
}

/** An atom's name without the `Elixir.` of an alias: `MyApp.Repo`. */
const atomKey = (name: string): string => moduleName(name) || name

const optionNames: Readonly<Record<string, string>> = {
  u: 'unicodeucp',
  i: 'caseless',
  m: 'multiline',
  x: 'extended',
  f: 'firstline',
  U: 'ungreedy',
  s: 'dotall',
}

/** The options as later versions keep them: names instead of letters, the last one first. */
const longOptions = (letters: string): string =>
  Array.from(letters, (letter) => optionNames[letter] ?? letter)
    .toReversed()
    .join('')
