import { isLetter, isSpace, isUpper, wordyEnd } from './plain-characters.ts'
import { binaryEnd, goesOn, isArgument, isLineOver, unaryEnd } from './plain-operators.ts'
import { end, frameOf, go, isOver, open, type Place } from './plain-place.ts'
import { beginText } from './plain-texts.ts'
import { aliasEnd, literalEnd, mapOpeningEnd, nameEnd, pairEnd, specialWord, textOpeningEnd } from './plain-words.ts'

/** Reads what may stand where a value is wanted: all of it, or what opens it. */
export function readValue(place: Place): boolean {
  const { text, frame, at } = place
  const item = frame.isItem
  frame.isItem = false
  const char = text.charCodeAt(at)
  if (isLetter(char)) return readWord(place, item, char)
  if (item && (frame.bare > 0 ? frame.barePairs : frame.pairs)) return false
  switch (char) {
    case 34: // "
    case 39: // '
    case 58: // :
    case 126: // ~
      if (go(place, textOpeningEnd(text, at))) return beginText(place, text.slice(at, place.at))
      break
    case 37: // %
      if (go(place, mapOpeningEnd(text, at))) return open(place, frameOf('map', '}'))
      break
    case 60: // <<
      if (text.charCodeAt(at + 1) !== 60) break
      place.at += 2
      return open(place, frameOf('items', '>>'))
    case 40: // (
      place.at += 1
      return open(place, frameOf('one', ')'))
    case 91: // [
      place.at += 1
      return open(place, frameOf('items', ']'))
    case 123: // {
      place.at += 1
      return open(place, frameOf('items', '}'))
    case 64: // @
      place.at += 1
      return readName(place, wordyEnd(text, place.at), true)
  }
  if (go(place, literalEnd(text, at))) {
    place.last = 'value'
    frame.fresh = false
    return true
  }
  return go(place, unaryEnd(text, at)) && mayGoOn(place)
}

/** Behind an operator before a value. */
function mayGoOn({ text, at, frame }: Place): boolean {
  frame.fresh = false
  frame.operators += 1
  return !isLineOver(text, at)
}

/** Reads a value that begins as a word: a pair, a module, `not`, or a name. */
function readWord(place: Place, item: boolean, char: number): boolean {
  const { text, frame, at } = place
  const behind = wordyEnd(text, at + 1)
  const pair = pairEnd(text, behind)
  if (pair !== -1) {
    if (!item) return false
    place.at = pair
    if (frame.bare > 0) frame.barePairs = true
    else frame.pairs = true
    frame.fresh = false
    return true
  }
  if (item && (frame.bare > 0 ? frame.barePairs : frame.pairs)) return false
  if (isUpper(char)) {
    place.last = 'alias'
    frame.fresh = false
    return go(place, aliasEnd(text, behind))
  }
  return char === 110 && go(place, unaryEnd(text, at)) ? mayGoOn(place) : readName(place, behind, false)
}

/** Reads a name, of which what may stand in names ends at `behind`. */
function readName(place: Place, behind: number, isAttribute: boolean): boolean {
  const { text, frame, at } = place
  if (!go(place, nameEnd(text, at, behind))) return false
  const special = specialWord(text, at, place.at)
  if (special === 'fn' && !isAttribute) return open(place, frameOf('fn', 'end'))
  const isLiteral = special === 'true' || special === 'false' || special === 'nil'
  if (special !== undefined && (isAttribute || !isLiteral)) return false
  place.last = isLiteral ? 'value' : 'name'
  frame.fresh = false
  return true
}

/** Reads what stands behind a point. */
function readMember(place: Place): boolean {
  const { text } = place
  place.at += 1
  const { at } = place
  const char = text.charCodeAt(at)
  if (char === 40 || char === 123) {
    if (char === 123 ? place.last !== 'alias' : place.last !== 'name') return false
    place.at += 1
    return open(place, frameOf('items', char === 40 ? ')' : '}'))
  }
  const behind = wordyEnd(text, at)
  if (isUpper(char)) {
    place.last = 'alias'
    return go(place, aliasEnd(text, behind))
  }
  place.last = 'name'
  return go(place, nameEnd(text, at, behind)) && specialWord(text, at, place.at) === undefined
}

function readComma(place: Place): boolean {
  const { frame } = place
  place.at += 1
  if (frame.bare > 1 || (frame.bare > 0 && frame.kind !== 'block' && frame.kind !== 'fn')) return false
  if (frame.bare === 0) {
    if (frame.kind === 'one' || !isOver(place) || (frame.kind === 'block' && place.frames.length < 3)) return false
    if (frame.kind === 'block' || frame.kind === 'fn') frame.comma = true
    else {
      frame.ended = true
      frame.arrow = false
      frame.operators = 0
    }
  }
  frame.isItem = frame.bare > 0 || frame.kind === 'items' || frame.kind === 'map'
  place.last = 'none'
  return true
}

/** Reads what may stand behind a value, after a gap or a new line; `end` where the expression has ended before it. */
export function readRest(place: Place, gap: boolean, line: boolean): boolean | 'end' {
  const { text, frame, at } = place
  const char = text.charCodeAt(at)
  if (!gap) {
    if (char === 40 && place.last === 'name') {
      place.at += 1
      return open(place, frameOf('items', ')', 'call'))
    }
    if (char === 91 && (place.last === 'name' || place.last === 'call')) {
      place.at += 1
      return open(place, frameOf('one', ']'))
    }
    if (char === 46 && text.charCodeAt(at + 1) !== 46) return readMember(place)
  }
  if (!line) {
    if (char === 44) return readComma(place)
    if (char === 45 && text.charCodeAt(at + 1) === 62) {
      place.at += 2
      return readArrow(place)
    }
    if (gap && place.last === 'name' && isArgument(text, at)) {
      frame.bare += 1
      frame.barePairs = false
      frame.isItem = true
      place.last = 'none'
      return readValue(place)
    }
  } else if (!goesOn(text, at)) return 'end'
  return readBinary(place, gap)
}

function readBinary(place: Place, gap: boolean): boolean {
  const { text, frame, at } = place
  const char = text.charCodeAt(at)
  if (char === 62 && text.charCodeAt(at + 1) === 62) return false
  if (!go(place, binaryEnd(text, at))) return false
  const isSingle = place.at === at + 1
  const next = text.charCodeAt(place.at)
  if (isSingle && (char === 43 || char === 45) && place.last === 'name' && gap && !isSpace(next)) return false
  if (char === 61 && text.charCodeAt(at + 1) === 62) {
    if (frame.kind !== 'map' || frame.bare > 0 || frame.arrow || frame.pairs) return false
    frame.arrow = true
  } else if (isSingle && char === 124 && frame.kind === 'map' && !frame.pairs) {
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
  frame.clauses = true
  frame.comma = false
  frame.body = true
  frame.fresh = false
  return true
}
