import { type CallContext, noClause, raise, type StdTable } from '../../values/types.ts'
import { atom, binary, tuple, type Value } from '../../values/value.ts'
import { bytes, bytesOr, functions, option, textOr, unmodelled } from '../define.ts'

interface Alphabet {
  readonly name: string
  readonly bits: number
  readonly chars: string
  /** Characters that make one group; the last group is filled up with `=`. */
  readonly group: number
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const base64: Alphabet = { name: '64', bits: 6, chars: `${upper}${upper.toLowerCase()}0123456789+/`, group: 4 }
const urlBase64: Alphabet = { ...base64, name: 'url_64', chars: `${base64.chars.slice(0, 62)}-_` }
const base32: Alphabet = { name: '32', bits: 5, chars: `${upper}234567`, group: 8 }
const hexBase32: Alphabet = { ...base32, name: 'hex_32', chars: `0123456789${upper.slice(0, 22)}` }
const base16: Alphabet = { name: '16', bits: 4, chars: '0123456789ABCDEF', group: 2 }

function encode(from: Uint8Array, { bits, chars, group }: Alphabet, padding: boolean): string {
  let text = ''
  let held = 0
  let count = 0
  for (const byte of from) {
    held = (held << 8) | byte
    count += 8
    while (count >= bits) {
      count -= bits
      text += chars[(held >> count) & ((1 << bits) - 1)] ?? ''
      held &= (1 << count) - 1
    }
  }
  if (count > 0) text += chars[(held << (bits - count)) & ((1 << bits) - 1)] ?? ''
  return padding && text.length % group !== 0 ? text + '='.repeat(group - (text.length % group)) : text
}

/** What is wrong with a text that cannot be decoded. */
class Flaw extends Error {}

/** The letters of the text as the alphabet has them; those of the other case are none of it. */
function letters(options: Value, text: string): string {
  const mode = option(options, 'case')
  const name = mode?.kind === 'atom' ? mode.name : 'upper'
  const other = name === 'lower' ? /[A-Z]/.exec(text)?.[0] : undefined
  if (other !== undefined) throw new Flaw(`non-alphabet character found: "${other}" (byte ${other.charCodeAt(0)})`)
  return name === 'upper' ? text : text.toUpperCase()
}

function decode(text: string, alphabet: Alphabet, options: Value): Uint8Array {
  const spaced = option(options, 'ignore')?.kind === 'atom' ? text.replace(/[ \t\r\n]/g, '') : text
  const all = alphabet.bits === 6 ? spaced : letters(options, spaced)
  if (alphabet.bits === 4 && all.length % 2 !== 0)
    throw new Flaw(
      `string given to decode has wrong length. An even number of bytes was expected, got: ${all.length}. Double check your string for unwanted characters or pad it accordingly`,
    )
  const padding = option(options, 'padding')
  const mayLack = padding?.kind === 'atom' && padding.name === 'false'
  const body = all.replace(/={1,6}$/, '')
  const tail = body.length - (body.length % alphabet.group)
  checkLetters(body.slice(0, tail), alphabet)
  const spare = (body.length * alphabet.bits) % 8
  const filled =
    body.length % alphabet.group === 0 ? body.length : body.length + alphabet.group - (body.length % alphabet.group)
  const isPadded = all.length === filled
  if (spare >= alphabet.bits || (!isPadded && !(mayLack && all.length === body.length)))
    throw new Flaw('incorrect padding')
  checkLetters(body.slice(tail), alphabet)
  return gather(body, alphabet)
}

function checkLetters(text: string, { chars }: Alphabet): void {
  const odd = Array.from(text).find((char) => !chars.includes(char))
  if (odd !== undefined) throw new Flaw(`non-alphabet character found: "${odd}" (byte ${odd.codePointAt(0)})`)
}

function gather(text: string, { bits, chars }: Alphabet): Uint8Array {
  const found: number[] = []
  let held = 0
  let count = 0
  for (const char of text) {
    held = (held << bits) | chars.indexOf(char)
    count += bits
    if (count >= 8) {
      count -= 8
      found.push((held >> count) & 255)
      held &= (1 << count) - 1
    }
  }
  return Uint8Array.from(found)
}

function decoded(value: Value, alphabet: Alphabet, options: Value, key: string): Value | Flaw {
  const text = textOr(value, () => noClause(key))
  try {
    return bytes(decode(text, alphabet, options))
  } catch (error) {
    return error instanceof Flaw ? error : unmodelled('it cannot be decoded')
  }
}

const prefix = (alphabet: Alphabet, verb: string): string =>
  alphabet.name.includes('_') ? alphabet.name.replace('_', `_${verb}`) : verb + alphabet.name

function table(alphabet: Alphabet): StdTable {
  const [encoder, decoder] = [prefix(alphabet, 'encode'), prefix(alphabet, 'decode')]
  const encoded = (_: CallContext, value: Value, options: Value): Value => {
    const padding = option(options, 'padding')
    const text = encode(
      bytesOr(value, `Base.${encoder}/2`),
      alphabet,
      !(padding?.kind === 'atom' && padding.name === 'false'),
    )
    const mode = option(options, 'case')
    return binary(mode?.kind === 'atom' && mode.name === 'lower' ? text.toLowerCase() : text)
  }
  const tried = (_: CallContext, value: Value, options: Value): Value => {
    const result = decoded(value, alphabet, options, `Base.${decoder}/2`)
    return result instanceof Flaw ? atom('error') : tuple([atom('ok'), result])
  }
  const forced = (_: CallContext, value: Value, options: Value): Value => {
    const result = decoded(value, alphabet, options, `Base.${decoder}!/2`)
    return result instanceof Flaw ? raise('ArgumentError', result.message) : result
  }
  return {
    ...functions('Base', 'binary', {
      [`${encoder}/1`]: encoded,
      [`${encoder}/2`]: encoded,
      [`${decoder}!/1`]: forced,
      [`${decoder}!/2`]: forced,
    }),
    ...functions('Base', 'term', { [`${decoder}/1`]: tried, [`${decoder}/2`]: tried }),
  }
}

/** `Base`. */
export const baseFunctions: StdTable = Object.assign({}, ...[base64, urlBase64, base32, hexBase32, base16].map(table))
