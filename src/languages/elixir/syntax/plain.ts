import { close, readArrow, readRest, readValue } from './plain-parts.ts'
import { end, frameOf, isOver, open, type Place, read, stands } from './plain-place.ts'
import { blank, doWord, endWord, section } from './plain-words.ts'

/**
 * Whether the call at `start`, up to the end of the text, is surely well-formed. It knows the part of Elixir in which most
 * code is written, as a row of words, and says no to all else: it need not tell what anything means, only that each word
 * may follow the one before.
 */
export function isPlain(text: string, start: number): boolean {
  const root = frameOf('block', '')
  const place: Place = { text, at: start, frames: [root], frame: root, special: -1, last: 'none' }
  let line = false
  let gap = false
  for (;;) {
    const { frame } = place
    if (text[place.at] === '\n') {
      place.at += 1
      gap = true
      line = true
      continue
    }
    if (read(place, blank)) {
      gap = true
      continue
    }
    if (place.at >= text.length) return place.frames.length === 1 && place.last === 'value'
    const isAfter = place.last !== 'none'
    const closer =
      frame.close !== '' && text.startsWith(frame.close, place.at) && (frame.close !== 'end' || stands(place, endWord))
    let is: boolean | 'end'
    if (closer) {
      place.at += frame.close.length
      is = (frame.isItem ? frame.fresh && !frame.ended : true) && close(place)
    } else if (frame.close === 'end' && frame.kind === 'block' && line && stands(place, section)) {
      if ((place.last === 'none' && !frame.fresh) || frame.comma) return false
      is = read(place, section)
      end(place)
      Object.assign(frame, { ended: false, clauses: false })
    } else if (isAfter && gap && !line && stands(place, doWord)) {
      place.at += 2
      is = (frame.bare > 0 || place.last === 'name' || place.last === 'call') && !frame.comma
      if (is) {
        frame.bare = 0
        frame.barePairs = false
        is = open(place, frameOf('block', 'end'))
      }
    } else if (place.frames.length === 1 && place.last === 'value') return false
    else if (isAfter) {
      is = readRest(place, gap, line)
      if (is === 'end') {
        if (
          (frame.kind !== 'block' && frame.kind !== 'fn') ||
          (frame.kind === 'fn' && !frame.clauses) ||
          !isOver(place)
        )
          return false
        if (place.frames.length === 1) return false
        end(place)
        is = readValue(place)
      }
    } else if (frame.kind === 'fn' && frame.fresh && !frame.clauses && text.startsWith('->', place.at)) {
      place.at += 2
      is = readArrow(place)
    } else is = readValue(place)
    if (!is) return false
    line = false
    gap = false
  }
}
