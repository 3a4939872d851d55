import { moduleName } from '../syntax/module-name.ts'
import { rangeText, structFields } from './inspect-struct.ts'
import { isKeyword, structName } from './map.ts'
import { isBoolean, isNil, type ListValue, type MapValue, type Value } from './value.ts'

const defaultLimit = 50

/** How `inspect/1` prints a value in Elixir `version`. Closures have no exact text, and unknown values print as `…`. */
export function inspectValue(value: Value, version: string, limit = defaultLimit): string {
  switch (value.kind) {
    case 'integer':
      return value.value.toString()
    case 'float':
      return inspectFloat(value.value)
    case 'atom':
      return inspectAtom(value.name)
    case 'binary':
      return isPrintable(value.text) ? inspectText(value.text) : inspectBytes(new TextEncoder().encode(value.text))
    case 'bytes':
      return inspectBytes(value.bytes)
    case 'list':
      return inspectList(value, version, limit)
    case 'tuple':
      return container('{', value.items, '}', limit, (item, left) => inspectValue(item, version, left))
    case 'map':
      return inspectMap(value, version, limit)
    case 'regex':
      return `~r/${regexText(value.source)}/${value.options}`
    case 'function':
      return value.external ? `&${value.name}` : `#Function<${value.name}>`
    case 'opaque':
      return value.text
    default:
      return '…'
  }
}

function container<T>(
  open: string,
  items: readonly T[],
  close: string,
  limit: number,
  show: (item: T, limit: number) => string,
): string {
  const shown: string[] = []
  for (const [index, item] of items.entries()) {
    if (index >= limit) {
      shown.push('...')
      break
    }
    shown.push(show(item, limit - index - 1))
  }
  return `${open}${shown.join(', ')}${close}`
}

function inspectList(value: ListValue, version: string, limit: number): string {
  if (value.items.length > 0 && value.tail === undefined) {
    const text = printableCharlist(value)
    if (text !== undefined) return atLeast(version, 1, 15) ? `~c${inspectText(text)}` : inspectText(text, "'")
    if (isKeyword(value) && value.items.every((pair) => isPlainKey(pair.items[0])))
      return container('[', value.items, ']', limit, (item, left) => inspectPair(item.items, version, left))
  }
  const items = container('[', value.items, ']', limit, (item, left) => inspectValue(item, version, left))
  return value.tail === undefined ? items : `${items.slice(0, -1)} | ${inspectValue(value.tail, version, limit)}]`
}

function inspectPair([key, value]: readonly Value[], version: string, limit: number): string {
  const name = key?.kind === 'atom' ? key.name : ''
  return `${keyText(name)} ${value ? inspectValue(value, version, limit) : ''}`
}

/** Aliases are not written as keys. */
const isPlainKey = (key: Value | undefined): boolean => key?.kind === 'atom' && !aliasAtom.test(key.name)

function printableCharlist(value: ListValue): string | undefined {
  let text = ''
  for (const item of value.items) {
    if (item.kind !== 'integer') return undefined
    const code = Number(item.value)
    if (!((code >= 32 && code <= 126) || (code >= 7 && code <= 13) || code === 27)) return undefined
    text += String.fromCharCode(code)
  }
  return text
}

function inspectMap(value: MapValue, version: string, limit: number): string {
  const name = structName(value)
  if (name === undefined) return inspectEntries('%{', value.entries, version, limit)
  if (name === 'Elixir.Range') return rangeText(value)
  return inspectEntries(`%${inspectAtom(name)}{`, structFields(value, name), version, limit)
}

function inspectEntries(open: string, entries: MapValue['entries'], version: string, limit: number): string {
  if (entries.length > 0 && entries.every(([key]) => isPlainKey(key)))
    return container(open, entries, '}', limit, (entry, left) => inspectPair(entry, version, left))
  return container(
    open,
    entries,
    '}',
    limit,
    ([key, item], left) => `${inspectValue(key, version, left)} => ${inspectValue(item, version, left)}`,
  )
}

const plainAtom = /^(?:[\p{Ll}\p{Lo}\p{Lm}_][\p{L}\p{N}\p{M}_]*[?!]?|[\p{L}_][\p{L}\p{N}\p{M}_@]*[?!]?)$/u
const aliasAtom = /^Elixir(?:\.[A-Z][A-Za-z0-9_]*)+$/
const operatorAtoms = new Set(
  '+ - * / ++ -- <> == != === !== < > <= >= && || ! = |> | & ^ . .. // ... ::: => <- \\\\ =~ ^^^ &&& ||| <<< >>> ~~~ ~> <~ ~>> <<~ <~> <|> +++ --- ** ^ @ % {} %{} <<>> ..//'.split(
    ' ',
  ),
)

/** An atom as `inspect` prints it: `:info`, `:"a b"`, `nil`, `MyApp.Repo`. */
export function inspectAtom(name: string): string {
  if (isNil({ kind: 'atom', name }) || isBoolean({ kind: 'atom', name })) return name
  if (name === 'Elixir') return name
  if (aliasAtom.test(name)) return moduleName(name)
  if (plainAtom.test(name) || operatorAtoms.has(name)) return `:${name}`
  return `:${inspectText(name)}`
}

const keyText = (name: string): string =>
  plainAtom.test(name) || (operatorAtoms.has(name) && !name.includes(':')) ? `${name}:` : `${inspectText(name)}:`

const escapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '\\': '\\\\',
  '\0': '\\0',
  '\x7f': '\\d',
}

/** A text in quotes, with Elixir's escapes. */
export function inspectText(text: string, quote = '"'): string {
  let escaped = ''
  for (const [at, char] of Array.from(text).entries()) {
    if (char === quote || (char === '#' && text.startsWith('#{', at))) escaped += `\\${char}`
    else escaped += escapes[char] ?? char
  }
  return quote + escaped + quote
}

const unprintable = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

function isPrintable(text: string): boolean {
  for (const char of text) if ((escapes[char] === undefined || char === '\0') && unprintable.test(char)) return false
  return true
}

const inspectBytes = (bytes: Uint8Array): string =>
  `<<${Array.from(bytes.slice(0, defaultLimit)).join(', ')}${bytes.length > defaultLimit ? ', ...' : ''}>>`

/** A regex between slashes: slashes and control characters are escaped, its own escapes are kept. */
const regexText = (source: string): string =>
  Array.from(
    source.replaceAll(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found)),
    (char) => (char === '\\' ? char : (escapes[char] ?? char)),
  ).join('')

/** Whether Elixir `version` is `major.minor` or later. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [ours = 0, theirs = 0] = version.split('.').map(Number)
  return ours > major || (ours === major && theirs >= minor)
}

/** A float as `inspect` prints it: without an exponent as long as it is exact as an integer. */
function inspectFloat(value: number): string {
  const size = Math.abs(value)
  return size >= 1 && size <= 2 ** 53 && Number.isInteger(value) ? `${value}.0` : floatText(value)
}

/** A float as `Float.to_string/1` prints it: shortest, with an exponent where that is shorter. */
export function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  if (value < 0) return `-${floatText(-value)}`
  const [mantissa = '0', power = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const place = Number(power) + 1
  const exponent = String(place - 1)
  const scientific = `${digits[0]}.${digits.slice(1) || '0'}e${exponent}`
  if (place > 0 && place < digits.length) return `${digits.slice(0, place)}.${digits.slice(place)}`
  const cost = exponent.length + 1 + (digits.length === 1 ? 2 : 1)
  if (place > 0) {
    const plain = value <= 2 ** 53 && place - digits.length + 2 <= cost
    return plain ? `${digits}${'0'.repeat(place - digits.length)}.0` : scientific
  }
  return 2 - place <= cost || place === 0 ? `0.${'0'.repeat(-place)}${digits}` : scientific
}
