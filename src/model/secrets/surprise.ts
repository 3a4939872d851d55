import { once } from '../../text/once.ts'
import { bits, symbols } from './pairs.ts'

type CharacterKind = 'lower' | 'upper' | 'digit' | 'other'

const classOf = (character: string): CharacterKind =>
  /[a-z]/.test(character) ? 'lower' : /[A-Z]/.test(character) ? 'upper' : /\d/.test(character) ? 'digit' : 'other'

/** What it costs in bits that a letter is small or capital after two characters, counted as `bits` were. */
const caseBits: Readonly<
  Record<CharacterKind, Readonly<Record<CharacterKind, readonly [small: number, capital: number]>>>
> = {
  lower: { lower: [0, 7], upper: [0, 5], digit: [0, 2], other: [0, 3] },
  upper: { lower: [0, 6], upper: [7, 0], digit: [0, 2], other: [2, 1] },
  digit: { lower: [1, 2], upper: [1, 1], digit: [0, 2], other: [0, 4] },
  other: { lower: [0, 10], upper: [1, 2], digit: [0, 2], other: [0, 3] },
}

/** The row of a character of ASCII that is printed and no blank; undefined for others. */
const rowOf = once((): readonly (number | undefined)[] =>
  Array.from({ length: 127 }, (_, code) =>
    code < 33 ? undefined : symbols.indexOf(String.fromCharCode(code).toLowerCase().replace(/\d/, '0')),
  ),
)

const pairBits = once((): readonly (readonly number[])[] =>
  bits.map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16))),
)
const classes = once((): readonly CharacterKind[] =>
  Array.from({ length: 128 }, (_, code) => classOf(String.fromCharCode(code))),
)
const most = 12
const beyondAscii = 3

/** How much each character of a text without blanks surprises after the one before it, in bits; the first one not at all. */
export function surprisesIn(text: string): readonly number[] {
  const found = text === '' ? [] : [0]
  const [rows, pairs, kinds] = [rowOf(), pairBits(), classes()]
  let before: CharacterKind = 'other'
  for (let at = 1; at < text.length; at += 1) {
    const [one, other] = [text.charCodeAt(at - 1), text.charCodeAt(at)]
    const row = rows[one]
    const column = rows[other]
    const own = kinds[one] ?? 'other'
    if (row === undefined || column === undefined) found.push(beyondAscii)
    else if (one === other && text.charCodeAt(at - 2) === one) found.push(0)
    else {
      const kind = kinds[other]
      const [small, capital] = caseBits[before][own]
      const letter = kind === 'lower' ? small : kind === 'upper' ? capital : 0
      found.push(Math.min(most, (pairs[row]?.[column] ?? 0) + letter))
    }
    before = own
  }
  return found
}

/** The mean surprise of a text, in bits a character: 3 in what people write, 7 in what was drawn by lot. */
export function meanSurprise(text: string): number {
  const found = surprisesIn(text)
  return found.length < 2 ? 0 : found.reduce((sum, one) => sum + one, 0) / (found.length - 1)
}

/** The largest mean of `width` neighbours of these; of all where there are fewer. */
export function highestMean(surprises: readonly number[], width: number): number {
  if (surprises.length <= width) return surprises.reduce((sum, one) => sum + one, 0) / Math.max(1, surprises.length)
  let sum = surprises.slice(0, width).reduce((total, one) => total + one, 0)
  let highest = sum
  for (let at = width; at < surprises.length; at += 1) {
    sum += (surprises[at] ?? 0) - (surprises[at - width] ?? 0)
    highest = Math.max(highest, sum)
  }
  return highest / width
}
