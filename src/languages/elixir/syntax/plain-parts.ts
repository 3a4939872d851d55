import { end, frameOf, isOver, open, type Place, read, stands, type Text } from './plain-place.ts'
import {
  alias,
  argument,
  behindText,
  binary,
  closes,
  goesOn,
  lineEnd,
  literal,
  literals,
  map,
  noArgument,
  opening,
  pair,
  unary,
  word,
} from './plain-words.ts'
import { reserved } from './reserved.ts'

/** Closes the innermost frame; false where it may not end there. */
export function close(place: Place): boolean {
  const { frame } = place
  const { makes, within, fresh, kind, ended } = frame
  const mayBeEmpty = fresh && (kind === 'block' ? place.last === 'none' : !ended && kind !== 'one' && kind !== 'fn')
  if ((place.last === 'none' && !mayBeEmpty) || !isOver(place) || (kind === 'fn' && !frame.clauses)) return false
  place.frames.pop()
  place.frame = place.frames.at(-1) ?? frameOf('block', '')
  place.last = makes
  return within === undefined || readText(place, within)
}

const wordly = /[A-Za-z_]/
const opens = /["'~:]/

/** Of a sigil; what is none of them may be the next word. */
const modifiers = /^(?:[a-zA-Z]|[imsuU]{2,3})(?![a-zA-Z0-9])/

/** Reads a text to its end or its next interpolation. */
function readText(place: Place, inside: Text): boolean {
  const { text } = place
  let closer = -1
  for (;;) {
    if (closer < place.at) closer = text.indexOf(inside.close, place.at)
    if (closer === -1) return false
    const special = nextSpecial(place)
    if (special > closer) return endText(place, inside, closer)
    place.at = special + 1
    if (text[special] === '\\') {
      if (inside.isRaw || /[xu\n\r]/.test(text[place.at] ?? 'x')) return false
      place.at += 1
    } else if (text[place.at] === '{' && !inside.isRaw) {
      place.at += 1
      return open(place, frameOf('one', '}', 'value', inside))
    }
  }
}

const specials = /[\\#]/g

/** Where the next character stands that may be special in a text; the end where there is none. */
function nextSpecial(place: Place): number {
  if (place.special < place.at) {
    specials.lastIndex = place.at
    place.special = specials.exec(place.text)?.index ?? place.text.length
  }
  return place.special
}

function endText(place: Place, inside: Text, closer: number): boolean {
  const { text } = place
  if (inside.isHeredoc && !/\n[ \t]*$/.test(text.slice(Math.max(0, closer - 200), closer))) return false
  place.at = closer + inside.close.length
  place.last = 'value'
  if (inside.isSigil) place.at += modifiers.exec(text.slice(place.at, place.at + 5))?.[0].length ?? 0
  return stands(place, behindText)
}

function beginText(place: Place, opened: string): boolean {
  const { text, frame } = place
  const mark = opened.replace(/^(?:~[a-zA-Z]+|:)/, '')
  const isHeredoc = mark.length === 3
  if (isHeredoc && !/^[ \t]*\r?\n/.test(text.slice(place.at, place.at + 80))) return false
  const isSigil = opened.startsWith('~')
  frame.fresh = false
  return readText(place, { close: closes[mark] ?? mark, isRaw: isSigil && /[A-Z]/.test(opened), isHeredoc, isSigil })
}

/** Reads what may stand where a value is wanted: all of it, or what opens it. */
export function readValue(place: Place): boolean {
  const { text, frame } = place
  const item = frame.isItem
  frame.isItem = false
  const char = text[place.at] ?? ''
  const isWord = wordly.test(char)
  if (isWord && read(place, pair)) {
    if (!item) return false
    if (frame.bare > 0) frame.barePairs = true
    else frame.pairs = true
    frame.fresh = false
    return true
  }
  if (item && (frame.bare > 0 ? frame.barePairs : frame.pairs)) return false
  if (!isWord) {
    const from = place.at
    if (opens.test(char) && read(place, opening)) return beginText(place, text.slice(from, place.at))
    if (char === '%' && read(place, map)) return open(place, frameOf('map', '}'))
    if (char === '<' && text[place.at + 1] === '<') {
      place.at += 2
      return open(place, frameOf('items', '>>'))
    }
    if (char === '(' || char === '[' || char === '{') {
      place.at += 1
      return open(place, frameOf(char === '(' ? 'one' : 'items', closes[char] ?? ''))
    }
  }
  const isName = isWord && stands(place, alias)
  if (isName ? read(place, alias) : !isWord && read(place, literal)) {
    place.last = isName ? 'alias' : 'value'
    frame.fresh = false
    return true
  }
  const isAttribute = char === '@'
  if (isAttribute) place.at += 1
  if (!isAttribute && read(place, unary)) {
    frame.fresh = false
    frame.operators += 1
    return !stands(place, lineEnd)
  }
  return readName(place, isAttribute)
}

function readName(place: Place, isAttribute: boolean): boolean {
  const { text, frame } = place
  const from = place.at
  if (!read(place, word)) return false
  const name = text.slice(from, place.at)
  if (name === 'fn' && !isAttribute) return open(place, frameOf('fn', 'end'))
  if (reserved.has(name) || (isAttribute && literals.has(name))) return false
  place.last = literals.has(name) ? 'value' : 'name'
  frame.fresh = false
  return true
}

/** Reads what may stand behind a value, after a gap or a new line; `end` where the expression has ended before it. */
export function readRest(place: Place, gap: boolean, line: boolean): boolean | 'end' {
  const { text, frame } = place
  const char = text[place.at]
  if (!gap && char === '(' && place.last === 'name') {
    place.at += 1
    return open(place, frameOf('items', ')', 'call'))
  }
  if (!gap && char === '[' && (place.last === 'name' || place.last === 'call')) {
    place.at += 1
    return open(place, frameOf('one', ']'))
  }
  if (!gap && char === '.' && text[place.at + 1] !== '.') {
    place.at += 1
    if (place.last === 'none') return false
    if (text[place.at] === '(' || text[place.at] === '{') {
      if (text[place.at] === '{' ? place.last !== 'alias' : place.last !== 'name') return false
      place.at += 1
      return open(place, frameOf('items', text[place.at - 1] === '(' ? ')' : '}'))
    }
    const isName = stands(place, alias)
    const from = place.at
    if (!read(place, isName ? alias : word)) return false
    const name = text.slice(from, place.at)
    if (reserved.has(name) || literals.has(name)) return false
    place.last = isName ? 'alias' : 'name'
    return true
  }
  if (char === ',' && !line) {
    place.at += 1
    if (frame.bare > 1 || (frame.bare > 0 && frame.kind !== 'block' && frame.kind !== 'fn')) return false
    if (frame.bare === 0) {
      if (frame.kind === 'one' || !isOver(place) || (frame.kind === 'block' && place.frames.length < 3)) return false
      if (frame.kind === 'block' || frame.kind === 'fn') frame.comma = true
      else Object.assign(frame, { ended: true, arrow: false, operators: 0 })
    }
    frame.isItem = frame.bare > 0 || frame.kind === 'items' || frame.kind === 'map'
    place.last = 'none'
    return true
  }
  if (!line && text.startsWith('->', place.at)) {
    place.at += 2
    return readArrow(place)
  }
  if (line && !stands(place, goesOn)) return 'end'
  if (!line && gap && place.last === 'name' && stands(place, argument) && !stands(place, noArgument)) {
    frame.bare += 1
    frame.barePairs = false
    frame.isItem = true
    place.last = 'none'
    return readValue(place)
  }
  if (text.startsWith('>>', place.at)) return false
  const from = place.at
  if (!read(place, binary)) return false
  const operator = text.slice(from, place.at)
  if (place.last === 'name' && gap && /^[+-]$/.test(operator) && !/\s/.test(text[place.at] ?? '')) return false
  if (operator === '=>') {
    if (frame.kind !== 'map' || frame.bare > 0 || frame.arrow || frame.pairs) return false
    frame.arrow = true
  } else if (operator === '|' && frame.kind === 'map' && !frame.pairs) {
    if (frame.ended || frame.arrow || frame.bare > 0) return false
    frame.isItem = true
    frame.ended = true
  }
  frame.operators += 1
  place.last = 'none'
  return true
}

/** What stands behind `->`; false where no clause may begin before it. */
export function readArrow(place: Place): boolean {
  const { frame } = place
  const mayStart =
    frame.kind === 'fn'
      ? frame.clauses || !frame.ended
      : frame.kind === 'block' && place.frames.length > 2 && (frame.clauses || !frame.ended)
  if (!mayStart || frame.body || frame.barePairs || (frame.bare > 0 && frame.comma)) return false
  if (place.last === 'none' && !(frame.kind === 'fn' && frame.fresh && !frame.ended && !frame.clauses)) return false
  end(place)
  Object.assign(frame, { clauses: true, comma: false, body: true })
  frame.fresh = false
  return true
}
