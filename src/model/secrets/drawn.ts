import { meanSurprise } from './surprise.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const hex = /^([\da-f]{24,}|[\dA-F]{24,})$/
const least = 16
const leastShort = 12

/**
 * Whether a text was made by a machine to be hard to guess: it is long, of many characters, and none of what people
 * write. Digits and letters of hexadecimal numbers surprise less; there the length decides.
 */
export function isDrawnByLot(text: string): boolean {
  if (/\s/.test(text) || new Set(text).size < 8 || isRow(text)) return false
  if (uuid.test(text)) return true
  if (hex.test(text)) return /\d/.test(text) && /[a-f]/i.test(text)
  const surprise = meanSurprise(text)
  return (text.length >= least && surprise >= 5.7) || (text.length >= leastShort && surprise >= 6.8)
}

/** Whether most characters follow each other in the alphabet, as in `abcdef` and `123456`. */
function isRow(text: string): boolean {
  let steps = 0
  for (let at = 1; at < text.length; at += 1)
    if (Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) <= 1) steps += 1
  return steps > text.length / 2
}
