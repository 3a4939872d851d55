import { once } from '../../../../text/once.ts'

const segmenter = once(() => new Intl.Segmenter('und', { granularity: 'grapheme' }))

/** The characters of a text as a reader counts them. */
export function graphemes(text: string): readonly string[] {
  if (/^[\x20-\x7e\n\t]*$/.test(text)) return text.split('')
  const found: string[] = []
  for (let at = 0, size = part; at < text.length; ) {
    const segments = Array.from(segmenter().segment(text.slice(at, at + size)), ({ segment }) => segment)
    // The last one may go on behind the part.
    const whole = at + size < text.length ? segments.slice(0, -1) : segments
    for (const segment of whole) {
      found.push(segment)
      at += segment.length
    }
    size = whole.length === 0 ? 2 * size : part
  }
  return found
}

/** How much is segmented at once: the segmenter takes time as the square of the text. */
const part = 1000

const whiteSpace = /^\p{White_Space}$/u
/** Whether the character is white space of Unicode. */
const isSpace = (char: string): boolean => char === ' ' || whiteSpace.test(char)

/** The text without white space at its start. */
export function trimStart(text: string): string {
  let at = 0
  while (at < text.length && isSpace(text[at] ?? '')) at++
  return text.slice(at)
}

/** The text without white space at its end. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text[end - 1] ?? '')) end--
  return text.slice(0, end)
}

/** The words of a text: split at white space, except at spaces that do not break. */
export const words = (text: string): readonly string[] =>
  text
    .split(/[\t-\r\u0020\u0085\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/)
    .filter((word) => word !== '')

const cased = (text: string, change: (char: string) => string): string => Array.from(text, change).join('')

/** `String.upcase/1`. */
export const upcase = (text: string): string => cased(text, (char) => char.toUpperCase())
/** `String.downcase/1`. */
export const downcase = (text: string): string => cased(text, (char) => char.toLowerCase())

/** The first character in upper case, all others in lower case. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = graphemes(text)
  const upper = first.toUpperCase()
  const title = upper.length > first.length ? upper.slice(0, 1) + downcase(upper.slice(1)) : upper
  return title + downcase(rest.join(''))
}
