import { meanSurprise, surprisesIn } from '../model/secrets/surprise.ts'
import { dot } from '../text/mask.ts'
import type { Range } from './range.ts'

const pairs = 11
const drawnByLot = 6.3
const shortWord = 16
const drawnByLotShort = 6.7
const calm = 4.6
/** What is odd makes up for as many calm neighbours. */
const edge = 5

/** Names of several words, references and what the syntax of a language is made of, and digests that everybody may see: they are made by machines or look so. */
const wellKnown = new RegExp(
  [
    /(?<![\w.])Ecto\.Adapters\.\w{2,8}(?![\w.])/,
    /(?<![\w.])[a-z]{1,14}(-[a-z]{1,14}){1,6}(?![\w.])/,
    /(?<!\S)--?[a-z][a-z-]*=?/,
    /\bsha(1|224|256|384|512)[:=-][\w+/=]+/,
    /@[\da-f]{40}(?!\w)/,
    /(?<![\w.])[A-Z][A-Z\d]{0,14}(_[A-Z\d]{1,14})+(?![\w.])/,
    /(?<![\w/+=])\/?[a-z]{2,14}([._-][a-z]{1,14})*(\/[a-z]{2,14}([._-][a-z]{1,14})*){1,8}\/?(?![\w+=])/,
    /(?<![\w.])[A-Z]{0,3}[a-z]{1,14}([A-Z]{1,4}[a-z]{1,14})*([._]+[A-Z]{0,3}[a-z]{1,14}\d?([A-Z]{1,4}[a-z]{1,14}\d?)*)+(?![\w.])/,
    // A module whose name ends in digits or capitals: `Phoenix.PubSub.PG2`.
    /(?<![\w.])[A-Z][A-Za-z]{1,23}(\.[A-Z][A-Za-z]{0,23}\d{0,2}){1,6}(?![\w])/,
    // A type of media (RFC 6838), a header, a reference to a variable, classes and alternatives of expressions.
    /(?<![\w/])(application|audio|font|image|message|multipart|text|video)\/[a-z]{1,20}([.+-][a-z\d]{1,20}){0,6}(?!\w)/,
    /(?<![\w-])X(-[A-Z][A-Za-z]{1,14}){1,5}(?![\w-])/,
    /\$\{[A-Za-z_]\w{0,60}\}|\$[A-Z][A-Z_]{2,60}(?![a-z\d])/,
    /\$\([a-z]{2,12}(?![\w)])/,
    /\[\^?([a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d){2,3}|(?<!\w)([a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d){2,3}(?!\w)/,
    /\([a-z]{1,8}(\|[a-z]{1,8}){1,12}\)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** Words that come before what is hidden, and look odd by themselves. */
const usual =
  /^(https?|psql|curl|mysql|myapp|amqps?|mssql|--?[a-z]{1,20}(-[a-z]{1,20})*|x(-[a-z]{2,20})+|[A-Z]{2,20}(_[A-Z\d]{1,20})+)$/i

const isCalm = (segment: string): boolean => usual.test(segment) || meanSurprise(segment) <= calm

const boundary = /[=:,;"'([{}\])/@<>|&\\`?]/

/** The words of a text that look as if they were drawn by lot, without what is written around them. */
export function strangeWords(text: string): readonly Range[] {
  const found: Range[] = []
  for (const chunk of text.matchAll(/\S{12,4000}/g)) {
    const [word] = chunk
    if (word.includes(dot)) continue
    const hot = hotIn(word)
    if (hot) found.push({ start: chunk.index + headOf(word, hot.start), end: chunk.index + tailOf(word, hot.end) })
  }
  return [...found, ...hexWords(text)]
}

/** How much each character of a word surprises that is no part of a name of several words. */
export function surprisesBeyondNames(word: string): readonly number[] {
  const found = [...surprisesIn(word)]
  for (const known of word.matchAll(wellKnown)) found.fill(0, known.index, known.index + known[0].length)
  return found
}

/** From the first to the last place of a word that surprises all along. */
function hotIn(word: string): Range | undefined {
  const least = (word.length < shortWord ? drawnByLotShort : drawnByLot) * pairs
  // Few words do, and only these are worth to be looked at for names.
  return hotAmong(surprisesIn(word), least) && hotAmong(surprisesBeyondNames(word), least)
}

function hotAmong(surprises: readonly number[], least: number): Range | undefined {
  let sum = 0
  let start = -1
  let end = -1
  for (let at = 1; at < surprises.length; at += 1) {
    sum += (surprises[at] ?? 0) - (at > pairs ? (surprises[at - pairs] ?? 0) : 0)
    if (at < pairs || sum < least) continue
    if (start === -1) start = at - pairs
    end = at + 1
  }
  return start === -1 ? undefined : { start: start + edge, end: end - edge }
}

/** Where the calm words before `hot` end: what stands between is part of it. */
function headOf(word: string, hot: number): number {
  let head = 0
  let at = 0
  while (at < hot) {
    let end = at
    while (end < hot && !boundary.test(word[end] ?? '')) end += 1
    if (end >= hot) break
    const segment = word.slice(at, end)
    const isName = at === 0 && word[end] === '=' && /^([A-Z][A-Z\d_]{1,30}|[a-z][a-z\d_-]{1,30})$/.test(segment)
    if (segment.length >= 3 && !isName && !isCalm(segment)) break
    if (segment.length >= 3 || isName) head = end + 1
    at = end + 1
  }
  return head === 0 ? leading(word, 0) : leading(word, head)
}

const leading = (word: string, from: number): number => {
  let at = from
  while (at < from + 2 && /["'([{=:`]/.test(word[at] ?? '')) at += 1
  return at
}

/** Where the calm words behind `hot` begin. */
function tailOf(word: string, hot: number): number {
  let tail = word.length
  let at = word.length
  while (at > hot) {
    let start = at
    while (start > hot && !boundary.test(word[start - 1] ?? '')) start -= 1
    if (start <= hot) break
    const segment = word.slice(start, at)
    if (segment.length >= 3 && !isCalm(segment)) break
    if (segment.length >= 3) tail = start - 1
    at = start - 1
  }
  return trailing(word, tail)
}

/** Without the brackets, quotes and marks that close what stands around a word. */
export function trailing(word: string, end: number): number {
  let at = end
  while (at > 0 && end - at < 4 && /["'\])},;`?!]/.test(word[at - 1] ?? '')) at -= 1
  return at
}

/** Long runs of hexadecimal digits, unless their line says that they are a check sum or a commit. */
function hexWords(text: string): readonly Range[] {
  return [...text.matchAll(/(?<![\da-z:@])(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{16,}(?![\da-z])/gi)].flatMap(
    (found) => {
      const before = text.slice(Math.max(0, found.index - 200), found.index)
      return /(sha\d|sum|digest|commit|revision|\bref\b|git)[^\n]*$/i.test(before)
        ? []
        : [{ start: found.index, end: found.index + found[0].length }]
    },
  )
}
