import type { Label } from '../../text/diagnostic.ts'
import { span } from '../../text/source.ts'
import { binaryOfBytes, unknownValue, type Value } from '../elixir/values/value.ts'
import { integerOf } from './integer.ts'
import { fail, isMark, type TermReader, take, takeMark } from './reader.ts'

type PlaceOf = (reader: TermReader, start: number, end: number) => readonly Label[] | undefined

const numbers = /<<([\d,\s]*)>>/y
const largestSize = 1 << 16
const largestBinary = 1 << 23
const specifier =
  /^(integer|float|binary|bytes|bitstring|bits|utf8|utf16|utf32|signed|unsigned|big|little|native|unit)$/

/** The binary at the token, `<<…>>`, as `~w` (`<<104,105>>`) and people (`<<"hi"/utf8>>`) write it (Erlang Reference Manual, "Bit Syntax Expressions"). */
export function readBinary(reader: TermReader, placeOf: PlaceOf): Value {
  const { start } = reader.token
  const { text } = reader.source
  numbers.lastIndex = start
  const plain = numbers.exec(text)?.[1]
  if (plain !== undefined) {
    const bytes = plain.trim() === '' ? [] : plain.split(',').map((part) => part.trim())
    if (bytes.every((byte) => /^\d{1,15}$/.test(byte))) {
      reader.token = { ...reader.token, end: numbers.lastIndex }
      take(reader)
      return binaryOfBytes(Uint8Array.from(bytes, Number), placeOf(reader, start, numbers.lastIndex))
    }
  }
  take(reader)
  const bytes: number[] = []
  let known = true
  if (!isMark(reader, '>>')) {
    do known = segmentInto(bytes, reader) && known
    while (!reader.problem && takeMark(reader, ','))
  }
  const { end } = reader.token
  if (!reader.problem && !takeMark(reader, '>>'))
    fail(reader, 'the binary is not closed by `>>`', span(reader.source, start, start + 2))
  const trail = placeOf(reader, start, end)
  if (reader.problem || !known) return unknownValue('it is a binary of parts that are not followed', 'term', trail)
  return binaryOfBytes(Uint8Array.from(bytes), trail)
}

/** One segment, `Value:Size/Types`; whether its bytes are known. */
function segmentInto(bytes: number[], reader: TermReader): boolean {
  const sign = isMark(reader, '-') ? -1n : 1n
  if (sign < 0n || isMark(reader, '+')) take(reader)
  const { kind, text } = reader.token
  if (!/^(integer|character|string|float)$/.test(kind)) {
    fail(reader, 'a part of a binary is a number or a string')
    return false
  }
  take(reader)
  const size = takeMark(reader, ':') ? take(reader).text : undefined
  const types: string[] = []
  if (takeMark(reader, '/')) {
    do {
      const type = take(reader)
      if (!specifier.test(type.text)) fail(reader, `\`${type.text}\` is no type of a part of a binary`)
      types.push(takeMark(reader, ':') ? `${type.text}:${take(reader).text}` : type.text)
    } while (!reader.problem && takeMark(reader, '-'))
  }
  const points = kind === 'string' ? Array.from(text, (char) => char.codePointAt(0) ?? 0) : undefined
  const unicode = types.find((type) => type.startsWith('utf'))
  if (unicode !== undefined) {
    const codes = points ?? [kind === 'character' ? (text.codePointAt(0) ?? 0) : Number(text)]
    const encoded = unicode === 'utf8' && codes.every((code) => Number.isInteger(code) && code <= 0x10ffff)
    if (encoded)
      for (const byte of new TextEncoder().encode(codes.map((code) => String.fromCodePoint(code)).join('')))
        bytes.push(byte)
    return encoded
  }
  const bits = size === undefined ? 8 : Number(size)
  const isPlain = types.every((type) => /^(integer|signed|unsigned|big|little)$/.test(type))
  if (kind === 'float' || !isPlain || bits % 8 !== 0 || !(bits <= largestSize)) return false
  const little = types.includes('little')
  const values = points?.map(BigInt) ?? [
    kind === 'character' ? BigInt(text.codePointAt(0) ?? 0) : integerOf(text.replaceAll('_', '')),
  ]
  if ((values.length * bits) / 8 > largestBinary) return false
  for (const value of values) {
    if (typeof value !== 'bigint') return false
    const part = Array.from({ length: bits / 8 }, (_, index) => Number(((sign * value) >> BigInt(8 * index)) & 255n))
    bytes.push(...(little ? part : part.reverse()))
  }
  return true
}
