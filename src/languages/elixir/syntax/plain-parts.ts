import { isLetter, isSpace, isUpper, wordyEnd } from './plain-characters.ts'
import { binaryEnd, goesOn, isArgument, isKeyword, isLineOver, unaryEnd } from './plain-operators.ts'
import { beginPair, end, type Frame, go, isGroup, isOver, open, type Place } from './plain-place.ts'
import { beginText } from './plain-texts.ts'
import {
  aliasEnd,
  literalEnd,
  mapOpeningEnd,
  nameEnd,
  operatorNameEnd,
  pairEnd,
  specialWord,
  textOpeningEnd,
} from './plain-words.ts'

/** Reads what may stand where a value is wanted: all of it, or what opens it. */
export function readValue(place: Place): boolean {
  const { text, frame, at } = place
  const item = frame.isItem
  frame.isItem = false
  const char = text.charCodeAt(at)
  if (isLetter(char)) return readWord(place, item, char)
  const isPair = item && (frame.bare > 0 ? frame.barePairs : frame.pairs)
  if (isPair && char !== 34) return false
  switch (char) {
    case 34: // "
    case 39: // '
    case 58: // :
    case 126: // ~
      if (go(place, textOpeningEnd(text, at)))
        return beginText(place, text.slice(at, place.at), isPair ? 'must' : item ? 'may' : 'not')
      break
    case 46: // .
      if (!text.startsWith('...', at) || !')],'.includes(text.charAt(at + 3) || ' ')) return false
      place.at += 3
      place.last = 'value'
      frame.fresh = false
      return true
    case 37: // %
      if (go(place, mapOpeningEnd(text, at))) return open(place, 'map', '}')
      break
    case 60: // <<
      if (text.charCodeAt(at + 1) !== 60) break
      place.at += 2
      return open(place, 'items', '>>')
    case 40: // (
      place.at += 1
      return frame.kind === 'fn' && frame.fresh && !frame.clauses
        ? open(place, 'items', ')', 'head')
        : open(place, 'one', ')')
    case 91: // [
      place.at += 1
      return open(place, 'items', ']')
    case 123: // {
      place.at += 1
      return open(place, 'items', '}')
    case 64: // @
      place.at += 1
      return readName(place, wordyEnd(text, place.at), true)
  }
  if (go(place, literalEnd(text, at))) {
    place.last = char === 38 ? 'access' : 'value'
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
    place.at = pair
    return item && beginPair(frame)
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
  if (special === 'fn' && !isAttribute) return open(place, 'fn', 'end')
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
    const isOpened = char === 123 ? place.last === 'alias' : place.last === 'name' || text.charCodeAt(at - 2) === 41
    if (!isOpened) return false
    place.at += 1
    return open(place, 'items', char === 40 ? ')' : '}')
  }
  const before = place.last
  place.last = 'name'
  const behind = wordyEnd(text, at)
  if (behind === at) return go(place, operatorNameEnd(text, at))
  if (isUpper(char)) {
    place.last = 'alias'
    // `shop.Repo` is well-formed, and no name.
    if (before === 'value' || (before === 'name' && !text.startsWith('__MODULE__', at - 11))) return false
    return go(place, aliasEnd(text, behind))
  }
  return go(place, nameEnd(text, at, behind))
}

/** Whether a call without parentheses may have several arguments there: one that is all that stands in the frame may. */
const mayBeCall = ({ close, within, ended, pairs }: Frame): boolean =>
  (close === ')' || within !== undefined) && !ended && !pairs

function readComma(place: Place): boolean {
  const { frame } = place
  place.at += 1
  const isBlock = frame.kind === 'block' || frame.kind === 'fn'
  if (frame.bare > 1 || (frame.bare > 0 && !isBlock && !mayBeCall(frame))) return false
  if (frame.bare === 0) {
    if (isBlock ? place.level < 2 : isGroup(frame) ? frame.ended : frame.kind === 'one' || !isOver(place)) return false
    if (isBlock || frame.kind === 'one') frame.comma = true
    else {
      frame.ended = true
      frame.arrow = false
      frame.trailing = true
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
  if (place.last === 'head' && char !== 45 && !isKeyword(text, at, 'when')) return false
  if (!gap) {
    if (char === 40 && place.last === 'name') {
      place.at += 1
      return open(place, 'items', ')', 'call')
    }
    if (char === 91 && (place.last === 'name' || place.last === 'call' || place.last === 'access')) {
      place.at += 1
      return open(place, 'one', ']', 'access')
    }
    if (char === 46 && text.charCodeAt(at + 1) !== 46) return place.last !== 'block' && readMember(place)
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

/** Whether the step of a range may follow. */
const isRange = (text: string, at: number): boolean => /\.\.[-\w.@]*$/.test(text.slice(Math.max(0, at - 60), at))

function readBinary(place: Place, gap: boolean): boolean {
  const { text, frame, at } = place
  const char = text.charCodeAt(at)
  if (char === 62 && text.charCodeAt(at + 1) === 62) return false
  if (!go(place, binaryEnd(text, at)) || (place.at === at + 2 && char === 47 && !isRange(text, at))) return false
  const isSingle = place.at === at + 1
  const next = text.charCodeAt(place.at)
  if (isSingle && (char === 43 || char === 45) && place.last === 'name' && gap && !isSpace(next)) return false
  if (char === 61 && text.charCodeAt(at + 1) === 62) {
    if (frame.kind !== 'map' || frame.bare > 0 || frame.arrow || frame.pairs) return false
    frame.arrow = true
  } else if (isSingle && char === 124 && frame.kind === 'map' && !frame.pairs && !frame.arrow) {
    if (frame.ended || frame.bare > 0) return false
    frame.isItem = true
    frame.ended = true
    frame.trailing = false
  }
  if (place.last === 'block') frame.body = true
  frame.operators += 1
  place.last = 'none'
  return true
}

/** What stands behind `->`; false where no clause may begin before it. */
export function readArrow(place: Place): boolean {
  const { frame } = place
  const mayStart =
    frame.kind === 'fn' || isGroup(frame)
      ? frame.clauses || !frame.ended
      : frame.kind === 'block' && place.level > 1 && (frame.clauses || !frame.ended)
  if (!mayStart || frame.body || frame.barePairs || (frame.bare > 0 && frame.comma)) return false
  if (place.last === 'none' && !(frame.kind !== 'block' && frame.fresh && !frame.ended && !frame.clauses)) return false
  end(place)
  frame.clauses = true
  frame.comma = false
  frame.body = true
  frame.fresh = false
  return true
}
