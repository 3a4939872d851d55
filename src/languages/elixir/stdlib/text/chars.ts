import { floatText } from '../../values/inspect.ts'
import { structName } from '../../values/map.ts'
import { largestSize } from '../../values/size.ts'
import { badArgument, type CallContext, raise } from '../../values/types.ts'
import { binaryOfBytes, bytesOf, isBinary, type Value } from '../../values/value.ts'
import { itemsOf, noProtocol, outside, show, tooMuch, unmodelled } from '../define.ts'
import { uriText } from '../uri/uri-text.ts'

/** What `to_string/1` gives: the protocol String.Chars. */
export function toText(context: CallContext, value: Value): Value & { kind: 'binary' | 'bytes' } {
  const given = outside(context, value)
  if (isBinary(given)) return given
  return { kind: 'binary', text: charsOf(context, given) }
}

/** As `toText`, as a JavaScript string. */
export function charsOf(context: CallContext, value: Value): string {
  const given = outside(context, value)
  if (given.kind === 'binary') return given.text
  if (given.kind === 'bytes') return unmodelled('the binary is no UTF-8 text')
  if (given.kind === 'atom') return given.name === 'nil' ? '' : given.name
  if (given.kind === 'integer') return given.value.toString()
  if (given.kind === 'float') return floatText(given.value)
  if (given.kind === 'list') return charlistText(context, given)
  if (given.kind === 'map')
    return structName(given) === 'Elixir.URI' ? uriText(given) : noProtocol(context, 'String.Chars', given)
  return noProtocol(context, 'String.Chars', given)
}

/** What `List.to_string/1` gives of characters, binaries and lists of them. */
export function charlistText(context: CallContext, value: Value & { kind: 'list' }): string {
  const parts: string[] = []
  if (collect(context, value, parts, 0)) return parts.join('')
  return raise(
    'ArgumentError',
    `cannot convert the given list to a string.\n\nTo be converted to a string, a list must either be empty or only\ncontain the following elements:\n\n  * strings\n  * integers representing Unicode code points\n  * a list containing one of these three elements\n\nPlease check the given list or call inspect/1 to get the list representation, got:\n\n${show(context, value)}\n`,
  )
}

function collect(context: CallContext, value: Value & { kind: 'list' }, parts: string[], depth: number): boolean {
  context.tick(value.items.length + 1)
  if (depth > 100) return unmodelled('the list is nested too deep')
  for (const item of value.tail ? [...value.items, value.tail] : value.items) {
    const given = outside(context, item)
    if (given.kind === 'binary') parts.push(given.text)
    else if (given.kind === 'bytes') return unmodelled('the binary is no UTF-8 text')
    else if (given.kind === 'integer' && isCodePoint(given.value)) parts.push(String.fromCodePoint(Number(given.value)))
    else if (given.kind !== 'list' || !collect(context, given, parts, depth + 1)) return false
  }
  return true
}

/** Whether a character has the number. */
export const isCodePoint = (value: bigint): boolean =>
  value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn)

/** The bytes of an iolist; undefined for what is none. */
export function iodataBytes(context: CallContext, value: Value): Value | undefined {
  const parts: number[] = []
  return collectBytes(context, outside(context, value), parts, 0) ? binaryOfBytes(Uint8Array.from(parts)) : undefined
}

function collectBytes(context: CallContext, value: Value, parts: number[], depth: number): boolean {
  if (depth > 100) return unmodelled('the list is nested too deep')
  if (isBinary(value)) {
    for (const byte of bytesOf(value)) parts.push(byte)
    return true
  }
  if (value.kind !== 'list') return false
  context.tick(value.items.length + 1)
  for (const item of value.items) {
    const given = outside(context, item)
    if (given.kind === 'integer' && given.value >= 0n && given.value <= 255n) parts.push(Number(given.value))
    else if (!collectBytes(context, given, parts, depth + 1)) return false
  }
  return value.tail === undefined || collectBytes(context, outside(context, value.tail), parts, depth + 1)
}

/** The text of a charlist, as Erlang's functions want it. */
export function erlangText(context: CallContext, value: Value): string {
  const bad = () => badArgument(1, 'not a list')
  const text = itemsOf(context, value, bad).map((item) =>
    item.kind === 'integer' ? String.fromCodePoint(Number(item.value)) : badArgument(1, 'not a list of characters'),
  )
  return text.length > largestSize ? tooMuch('the text is too long to follow') : text.join('')
}
