import { blankEnd, isReturn } from './plain-characters.ts'
import { isKeyword, sectionEnd } from './plain-operators.ts'
import { readArrow, readRest, readValue } from './plain-parts.ts'
import { end, go, isGroup, isOver, open, type Place, placeIn } from './plain-place.ts'
import { close, mayEndSo } from './plain-texts.ts'

/**
 * Whether the module at `start`, up to the end of the text, is surely well-formed. It knows the part of Elixir in which most
 * code is written, as a row of words, and says no to all else: it need not tell what anything means, only that each word
 * may follow the one before. `expressions` gets the places where those begin that stand in its `do … end`.
 */
export function isPlain(given: string, start: number, expressions?: number[]): boolean {
  const text = `${given}${behind}`
  const place = placeIn(text, start)
  let line = false
  let gap = false
  let isFirst = false
  for (;;) {
    const { frame, at } = place
    const char = text.charCodeAt(at)
    if (char === 10) {
      place.at += 1
      gap = true
      line = true
      continue
    }
    if (char === 32 || char === 35 || char === 9 || (char === 13 && isReturn(text, at))) {
      place.at = blankEnd(text, at)
      gap = true
      continue
    }
    if (at >= given.length) return place.level === 0 && place.last === 'block'
    const isAfter = place.last !== 'none'
    let is: boolean | 'end'
    if (char === frame.closing && isClosed(place)) {
      place.at += frame.close.length
      is = (!frame.isItem || (frame.fresh && !frame.ended) || mayEndSo(frame)) && close(place)
    } else if (line && frame.kind === 'block' && frame.close === 'end' && sectionEnd(text, at) !== -1) {
      if ((place.last === 'none' && !frame.fresh) || frame.comma) return false
      is = go(place, sectionEnd(text, at))
      end(place)
      frame.ended = false
      frame.clauses = false
    } else if (isAfter && gap && !line && char === 100 && isKeyword(text, at, 'do')) {
      place.at += 2
      is = (frame.bare > 0 || place.last === 'name' || place.last === 'call') && !frame.comma
      if (is) {
        frame.bare = 0
        frame.barePairs = false
        is = open(place, 'block', 'end', 'block')
        isFirst = place.level === 1
      }
    } else if (place.level === 0 && place.last === 'block') return false
    else if (isAfter) {
      is = readRest(place, gap, line)
      if (is === 'end') {
        if (
          (frame.kind !== 'block' && frame.kind !== 'fn') ||
          (frame.kind === 'fn' && !frame.clauses) ||
          !isOver(place)
        )
          return false
        if (place.level === 0) return false
        end(place)
        if (place.level === 1) expressions?.push(at)
        is = readValue(place)
      }
    } else if (
      (frame.kind === 'fn' || isGroup(frame)) &&
      frame.fresh &&
      !frame.clauses &&
      char === 45 &&
      text.charCodeAt(at + 1) === 62
    ) {
      place.at += 2
      is = readArrow(place)
    } else {
      if (isFirst) expressions?.push(at)
      isFirst = false
      is = readValue(place)
    }
    if (!is) return false
    line = false
    gap = false
  }
}

/** What a place may look at behind the end: to ask for a character that is not there takes long. */
const behind = '\0'.repeat(8)

/** Whether what closes the innermost frame stands at the place; its first character does. */
const isClosed = ({ text, at, frame: { close: closer } }: Place): boolean =>
  closer.length === 1 || (closer === 'end' ? isKeyword(text, at, closer) : text.startsWith(closer, at))
