import fc from 'fast-check'
import { oddities } from './words.ts'

/** A change of a text. */
type Mutation = (text: string) => string

/** The place in `text`, of `length` places, that a number means. */
const placeIn = (length: number, number: number): number => (length === 0 ? 0 : number % length)

/** A change of the lines of a text, told by two numbers. */
const ofLines = (change: (lines: string[], one: number, other: number) => void) =>
  fc.tuple(fc.nat(500), fc.nat(500)).map(
    ([first, second]): Mutation =>
      (text) => {
        const lines = text.split('\n')
        change(lines, placeIn(lines.length, first), placeIn(lines.length, second))
        return lines.join('\n')
      },
  )

/** Puts a piece at a place, over as many characters as it says. */
const put = (pieces: fc.Arbitrary<string>, most: number) =>
  fc.tuple(fc.nat(20_000), fc.nat(most), pieces).map(
    ([number, over, piece]): Mutation =>
      (text) => {
        const at = placeIn(text.length + 1, number)
        return text.slice(0, at) + piece + text.slice(at + over)
      },
  )

/** Puts a piece over one of the words of a text. */
const overWord = (pieces: fc.Arbitrary<string>) =>
  fc.tuple(fc.nat(2_000), pieces).map(
    ([number, piece]): Mutation =>
      (text) => {
        const found = [...text.matchAll(/[\w.-]+/g)]
        const at = found[placeIn(found.length, number)]
        return at ? text.slice(0, at.index) + piece + text.slice(at.index + at[0].length) : text
      },
  )

/** The beginning of the text, then the end of another. */
const spliced = (others: fc.Arbitrary<string>) =>
  fc.tuple(fc.nat(5_000), fc.nat(5_000), others).map(
    ([number, second, other]): Mutation =>
      (text) => {
        return text.slice(0, placeIn(text.length + 1, number)) + other.slice(placeIn(other.length + 1, second))
      },
  )

const whole = fc.constantFrom<Mutation>(
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => text.replace(/\r?\n/g, '\r'),
  (text) => `\ufeff${text}`,
  (text) => text.trimEnd(),
  (text) => text.toUpperCase(),
  (text) => `${text}${text}`,
  (text) => text.replace(/^/gm, '  '),
)

/** Texts changed up to six times; `words` are those of their language, `others` texts of any. */
export function mutated(
  texts: fc.Arbitrary<string>,
  words: readonly string[],
  others: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const pieces = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.constantFrom(...oddities) },
    { weight: 1, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...words), fc.integer({ min: 2, max: 60 }))
        .map(([word, times]) => word.repeat(times)),
    },
  )
  const mutation = fc.oneof(
    { weight: 2, arbitrary: ofLines((lines, at) => lines.splice(at, 1)) },
    { weight: 2, arbitrary: ofLines((lines, at, to) => lines.splice(to, 0, lines[at] ?? '')) },
    { weight: 2, arbitrary: ofLines((lines, at, to) => lines.splice(to, 0, ...lines.splice(at, 1))) },
    { weight: 6, arbitrary: put(pieces, 4) },
    { weight: 3, arbitrary: overWord(pieces) },
    { weight: 1, arbitrary: spliced(others) },
    {
      weight: 1,
      arbitrary: fc.nat(20_000).map(
        (number): Mutation =>
          (text) =>
            text.slice(0, placeIn(text.length + 1, number)),
      ),
    },
    { weight: 1, arbitrary: whole },
  )
  return fc
    .tuple(texts, fc.array(mutation, { maxLength: 6 }))
    .map(([text, mutations]) => mutations.reduce((changed, mutate) => mutate(changed), text))
}
