import { isSpace } from './plain-characters.ts'
import { beginPair, type Frame, isOver, open, type Place, type Text } from './plain-place.ts'
import { mayFollowText } from './plain-words.ts'

/** Closes the innermost frame; false where it may not end there. */
export function close(place: Place): boolean {
  const { frame } = place
  const { makes, within, fresh, kind, ended } = frame
  const mayBeEmpty = fresh && (kind === 'block' ? place.last === 'none' : !ended && kind !== 'one' && kind !== 'fn')
  const isOverHere = (place.last !== 'none' || mayBeEmpty) && isOver(place) && (kind !== 'fn' || frame.clauses)
  if (!isOverHere && !mayEndSo(frame)) return false
  place.level -= 1
  place.frame = place.frames[place.level] ?? frame
  place.last = makes
  return within === undefined || readText(place, within)
}

/** Whether the items of a list, a tuple, a map or a binary have ended with a comma. */
export const mayEndSo = ({ isItem, trailing, bare, close: closer }: Frame): boolean =>
  isItem && trailing && bare === 0 && closer !== ')'

const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** Of a sigil; what is none of them may be the next word. */
const modifiers = /^(?:[a-zA-Z]|[imsuU]{2,3}|noformat)(?![a-zA-Z0-9])/

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
      if (inside.isRaw || /[xu\r]/.test(text[place.at] ?? 'x')) return false
      place.at += 1
    } else if (text[place.at] === '{' && !inside.isRaw) {
      place.at += 1
      return open(place, 'one', '}', 'value', inside)
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
  if (inside.isSigil) place.at += modifiers.exec(text.slice(place.at, place.at + 9))?.[0].length ?? 0
  if (inside.key !== 'not' && text.charCodeAt(place.at) === 58 && isSpace(text.charCodeAt(place.at + 1)))
    return endKey(place)
  return inside.key !== 'must' && mayFollowText(text, place.at)
}

/** Behind `"name": `. */
function endKey(place: Place): boolean {
  place.at += 1
  place.last = 'none'
  return beginPair(place.frame)
}

/** Reads a text from behind what opens it to its end or its first interpolation. */
export function beginText(place: Place, opened: string, key: Text['key']): boolean {
  const { text, frame } = place
  const isSigil = opened.startsWith('~')
  const mark = isSigil || opened.startsWith(':') ? opened.replace(/^(?:~[a-zA-Z]+|:)/, '') : opened
  const isHeredoc = mark.length === 3
  if (isHeredoc && !/^[ \t]*\r?\n/.test(text.slice(place.at, place.at + 80))) return false
  frame.fresh = false
  return readText(place, {
    close: closes[mark] ?? mark,
    isRaw: isSigil && /[A-Z]/.test(opened),
    isHeredoc,
    isSigil,
    key: opened === '"' ? key : 'not',
  })
}
