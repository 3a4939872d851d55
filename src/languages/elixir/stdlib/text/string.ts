import { largestSize } from '../../values/size.ts'
import { badArgument, type CallContext, noClause, type StdTable } from '../../values/types.ts'
import { binary, boolean, charlist, integer, list, nil, tuple, type Value } from '../../values/value.ts'
import { bytes, functions, itemsOf, numberOf, textArgument, textOf, tooMuch, unmodelled } from '../define.ts'
import { parseFloatText, parseIntegerText } from '../number-text.ts'
import { capitalize, downcase, graphemes, trimEnd, trimStart, upcase } from './graphemes.ts'

const grown = (text: string): Value =>
  text.length > largestSize ? tooMuch('the text is too long to follow') : binary(text)
const optional = (text: string | undefined): Value => (text === undefined ? nil : binary(text))
const changed =
  (name: string, arity: number, change: (text: string) => string) =>
  (_: CallContext, text: Value): Value =>
    grown(change(textOf(text, `String.${name}/${arity}`)))

function caseMode(mode: Value, key: string): void {
  const known = ['default', 'ascii', 'greek', 'turkic']
  if (mode.kind !== 'atom' || !known.includes(mode.name)) noClause(key)
  if (mode.name !== 'default' && mode.name !== 'ascii')
    unmodelled(`the mode \`:${mode.name}\` of letters is not modelled`)
}

const recased =
  (name: string, change: (text: string) => string) =>
  (_: CallContext, text: Value, mode: Value): Value => {
    const given = textOf(text, `String.${name}/2`)
    caseMode(mode, `String.${name}/2`)
    const ascii = mode.kind === 'atom' && mode.name === 'ascii'
    return grown(ascii ? given.replace(/[A-Za-z]+/g, change) : change(given))
  }

/** Removes `affix` as often as it stands at the start (or end) of `text`. */
function strip(text: string, affix: string, from: 'start' | 'end', replacement = ''): string {
  if (affix === '') return text
  let count = 0
  const at = (index: number) =>
    from === 'start'
      ? text.startsWith(affix, index * affix.length)
      : text.endsWith(affix, text.length - index * affix.length)
  while ((count + 1) * affix.length <= text.length && at(count)) count++
  const rest = from === 'start' ? text.slice(count * affix.length) : text.slice(0, text.length - count * affix.length)
  return from === 'start' ? replacement.repeat(count) + rest : rest + replacement.repeat(count)
}

const trimmed =
  (name: string, sides: readonly ('start' | 'end')[]) =>
  (_: CallContext, text: Value, affix: Value): Value => {
    const key = `String.${name}/2`
    const own = textOf(text, key)
    const cut = textOf(affix, key)
    return binary(sides.reduce((rest, side) => strip(rest, cut, side), own))
  }

function pad(context: CallContext, name: string, text: Value, count: Value, padding: Value): Value {
  const key = `String.${name}/3`
  const own = textOf(text, key)
  const missing = numberOf(count, () => noClause(key))
  const parts =
    padding.kind === 'list'
      ? itemsOf(context, padding, () => noClause(key)).map((part) => textOf(part, key))
      : graphemes(textOf(padding, key))
  if (missing < 0 || parts.length === 0) noClause(key)
  const size = Math.max(0, missing - graphemes(own).length)
  if (size > largestSize) tooMuch('the text is too long to follow')
  const added = Array.from({ length: size }, (_, index) => parts[index % parts.length] ?? '').join('')
  return grown(name === 'pad_leading' ? added + own : own + added)
}

const space = binary(' ')

/** Functions of `String` that give a text. */
export const stringTexts: StdTable = functions('String', 'binary', {
  'trim/1': changed('trim', 1, (text) => trimEnd(trimStart(text))),
  'trim_leading/1': changed('trim_leading', 1, trimStart),
  'trim_trailing/1': changed('trim_trailing', 1, trimEnd),
  'trim/2': trimmed('trim', ['start', 'end']),
  'trim_leading/2': trimmed('trim_leading', ['start']),
  'trim_trailing/2': trimmed('trim_trailing', ['end']),
  'upcase/1': changed('upcase', 2, upcase),
  'upcase/2': recased('upcase', upcase),
  'downcase/1': changed('downcase', 2, downcase),
  'downcase/2': recased('downcase', downcase),
  'capitalize/1': changed('capitalize', 2, capitalize),
  'capitalize/2': recased('capitalize', capitalize),
  'reverse/1': changed('reverse', 1, (text) => graphemes(text).toReversed().join('')),
  'duplicate/2': (_, text, count) => {
    const own = textArgument(text, 1)
    const times = numberOf(count, () => noClause('String.duplicate/2'))
    if (times < 0) badArgument(2, 'out of range')
    return own.length * times > largestSize ? tooMuch('the text is too long to follow') : binary(own.repeat(times))
  },
  'pad_leading/2': (context, text, count) => pad(context, 'pad_leading', text, count, space),
  'pad_leading/3': (context, text, count, padding) => pad(context, 'pad_leading', text, count, padding),
  'pad_trailing/2': (context, text, count) => pad(context, 'pad_trailing', text, count, space),
  'pad_trailing/3': (context, text, count, padding) => pad(context, 'pad_trailing', text, count, padding),
  'replace_prefix/3': (_, text, match, replacement) => {
    const [own, cut, by] = [text, match, replacement].map((part) => textOf(part, 'String.replace_prefix/3')) as [
      string,
      string,
      string,
    ]
    return binary(own.startsWith(cut) ? by + own.slice(cut.length) : own)
  },
  'replace_suffix/3': (_, text, match, replacement) => {
    const [own, cut, by] = [text, match, replacement].map((part) => textOf(part, 'String.replace_suffix/3')) as [
      string,
      string,
      string,
    ]
    return binary(own.endsWith(cut) ? own.slice(0, own.length - cut.length) + by : own)
  },
  'replace_leading/3': (_, text, match, replacement) => {
    const [own, cut, by] = [text, match, replacement].map((part) => textOf(part, 'String.replace_leading/3')) as [
      string,
      string,
      string,
    ]
    return cut === '' ? badArgument(1, 'it is empty') : grown(strip(own, cut, 'start', by))
  },
  'replace_trailing/3': (_, text, match, replacement) => {
    const [own, cut, by] = [text, match, replacement].map((part) => textOf(part, 'String.replace_trailing/3')) as [
      string,
      string,
      string,
    ]
    return cut === '' ? badArgument(1, 'it is empty') : grown(strip(own, cut, 'end', by))
  },
  'replace_invalid/1': changed('replace_invalid', 2, (text) => text),
})

const ok = (value: string): Value => tuple([binary(value), binary('')])

/** Functions of `String` that look at a text's parts or make something else of it. */
export const stringParts: StdTable = {
  ...functions('String', 'integer', {
    'length/1': (_, text) => integer(graphemes(textOf(text, 'String.length/1')).length),
    'to_integer/1': (_, text) => parseIntegerText(textArgument(text, 1), 10),
    'to_integer/2': (_, text, base) => {
      const radix = numberOf(base, () => badArgument(2, 'not an integer in the range 2 through 36'))
      if (radix < 2 || radix > 36) badArgument(2, 'not an integer in the range 2 through 36')
      return parseIntegerText(textArgument(text, 1), radix)
    },
  }),
  ...functions('String', 'float', { 'to_float/1': (_, text) => parseFloatText(textArgument(text, 1)) }),
  ...functions('String', 'list', {
    'graphemes/1': (_, text) => list(graphemes(textOf(text, 'String.graphemes/1')).map((char) => binary(char))),
    'codepoints/1': (_, text) => list(Array.from(textOf(text, 'String.codepoints/1'), (char) => binary(char))),
    'to_charlist/1': (_, text) => charlist(textOf(text, 'String.to_charlist/1')),
  }),
  ...functions('String', 'any', {
    'first/1': (_, text) => optional(graphemes(textOf(text, 'String.first/1'))[0]),
    'last/1': (_, text) => optional(graphemes(textOf(text, 'String.last/1')).at(-1)),
    'at/2': (_, text, place) =>
      optional(graphemes(textOf(text, 'String.at/2')).at(numberOf(place, () => noClause('String.at/2')))),
    'next_codepoint/1': (_, text) => {
      const own = textOf(text, 'String.next_codepoint/1')
      const [first] = own
      return first === undefined ? nil : tuple([binary(first), binary(own.slice(first.length))])
    },
    'next_grapheme/1': (_, text) => {
      const own = textOf(text, 'String.next_grapheme/1')
      const [first] = graphemes(own)
      return first === undefined ? nil : tuple([binary(first), binary(own.slice(first.length))])
    },
    'split_at/2': (_, text, place) => {
      const own = textOf(text, 'String.split_at/2')
      const chars = graphemes(own)
      const at = numberOf(place, () => noClause('String.split_at/2'))
      const index = Math.min(chars.length, at < 0 ? Math.max(0, chars.length + at) : at)
      return index === chars.length
        ? ok(own)
        : tuple([binary(chars.slice(0, index).join('')), binary(chars.slice(index).join(''))])
    },
  }),
  ...functions('String', 'boolean', {
    'valid?/1': (_, text) => boolean(text.kind === 'binary' || (text.kind !== 'bytes' && noClause('String.valid?/1'))),
    'printable?/1': (_, text) => boolean(isPrintable(textOf(text, 'String.printable?/2'))),
    'equivalent?/2': (_, one, other) =>
      boolean(
        textOf(one, 'String.equivalent?/2').normalize('NFD') === textOf(other, 'String.equivalent?/2').normalize('NFD'),
      ),
  }),
  ...functions('String', 'binary', {
    'normalize/2': (_, text, form) => {
      const name = form.kind === 'atom' ? form.name.toUpperCase() : ''
      return ['NFC', 'NFD', 'NFKC', 'NFKD'].includes(name)
        ? binary(textOf(text, 'String.normalize/2').normalize(name))
        : unmodelled('the form is not modelled')
    },
    'byte_slice/3': (_, text, start, size) => {
      const encoded = new TextEncoder().encode(textOf(text, 'String.byte_slice/3'))
      const from = numberOf(start, () => noClause('String.byte_slice/3'))
      const first = from < 0 ? Math.max(0, encoded.length + from) : from
      const cut = bytes(encoded.slice(first, first + numberOf(size, () => noClause('String.byte_slice/3'))))
      return cut.kind === 'binary' ? cut : unmodelled('a character is cut in two')
    },
  }),
}

const controls = new Set([7, 8, 9, 10, 11, 12, 13, 27])
const isPrintable = (text: string): boolean =>
  Array.from(text, (char) => char.codePointAt(0) ?? 0).every(
    (code) =>
      controls.has(code) ||
      (code >= 0x20 && code <= 0x7e) ||
      (code >= 0xa0 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000,
  )
