import { isDummy } from '../model/secrets/secret-look.ts'
import { highestMean, meanSurprise, surprisesIn } from '../model/secrets/surprise.ts'
import { dot, masked, withQuotes } from '../text/mask.ts'
import { shownSource, unquoting } from '../text/outside.ts'
import { type Source, type Span, textOf } from '../text/source.ts'
import { isVariable } from './names.ts'
import { namesOf, type ProjectNames } from './project-names.ts'
import { joined, type Range, withoutLead, wordsIn } from './range.ts'
import { type Suspects, suspectsIn, suspectsOf } from './scan.ts'

/** What may be said of texts that hold secrets. */
export interface Masking {
  /** The source with its secrets masked: offsets and line breaks stay as they are. */
  readonly source: (source: Source) => Source
  /** A text that was put together of pieces of the project. */
  readonly text: (text: string) => string
  /** A sentence of ours that quotes pieces of the project: the words around what it quotes are no secrets, though one may be called like them. */
  readonly sentence: (text: string) => string
  /** What it is made of. */
  readonly of: SecretsInView
}

/** What secrets are known from. */
export interface SecretsInView {
  readonly sources: readonly Source[]
  /** Ranges that the rules and the model hold for secrets. */
  readonly spans: readonly Span[]
  /** Values that no source holds as they are: of variables, of the config after it was evaluated. */
  readonly values?: () => readonly string[]
}

/**
 * Masks what is secret in the sources, wherever it is repeated, whole or five characters of it, and all that stands in
 * sources outside of the project.
 */
export function maskingOf(of: SecretsInView): Masking {
  const { sources, spans, values } = of
  const byPath = new Map<string, Span[]>()
  for (const span of spans) {
    const there = byPath.get(span.source.path)
    if (there) there.push(span)
    else byPath.set(span.source.path, [span])
  }
  const ownOf = ({ path, text }: Source): readonly Range[] =>
    byPath.get(path)?.filter(({ source }) => source.text === text) ?? []
  let pieces: Pieces | undefined
  const known = () => {
    pieces ??= piecesOf(
      [...spans.map(textOf), ...(values?.() ?? [])],
      sources.flatMap((source) => rangesOf(suspectsOf(source), source.text).map(textIn(source.text))),
      sources,
      names(),
    )
    return pieces
  }
  let ownNames: ProjectNames | undefined
  const names = () => {
    ownNames ??= namesOf(sources)
    return ownNames
  }
  const rangesOf = ({ told, odd }: Suspects, text: string): readonly Range[] =>
    joined([...told, ...odd.filter((range) => !names().isName(textIn(text)(range)))])
  const unquoted = unquoting(sources)
  const masks = new WeakMap<Source, Source>()
  const shownOf = (source: Source): Source => {
    if (source.outside) return shownSource(source)
    const { whole, parts } = repeated(source.text, known())
    const text = hide(
      source.text,
      [...ownOf(source), ...whole],
      [...rangesOf(suspectsOf(source), source.text), ...parts],
    )
    return { path: source.path, text }
  }
  const shownText = (message: string, isSentence: boolean): string => {
    const text = unquoted(message)
    if (text.length < width) return text
    const { whole, parts } = repeated(text, known())
    const said = isSentence ? whole.filter((range) => isQuoted(range, text) || isTelling(textIn(text)(range))) : whole
    return withQuotes(text, hide(text, said, [...rangesOf(suspectsIn(text), text), ...parts]))
  }
  const kept = (isSentence: boolean) => {
    const texts = new Map<string, string>()
    return (message: string): string => {
      const there = texts.get(message) ?? shownText(message, isSentence)
      if (texts.size < mostTexts) texts.set(message, there)
      return there
    }
  }
  return {
    of,
    source: (source) => {
      const there = masks.get(source) ?? shownOf(source)
      masks.set(source, there)
      return there
    },
    text: kept(false),
    sentence: kept(true),
  }
}

/** Whether a range stands between backquotes. */
const isQuoted = ({ start }: Range, text: string): boolean => text.slice(0, start).split('`').length % 2 === 0

const textIn =
  (text: string) =>
  ({ start, end }: Range): string =>
    text.slice(start, end)

/** Nothing is masked: the user has asked to see it. */
export const noMasking: Masking = {
  of: { sources: [], spans: [] },
  source: (source) => source,
  text: (text) => text,
  sentence: (text) => text,
}

/** The masking of texts of which nothing is known but what they look like. */
export const bareMasking: Masking = maskingOf({ sources: [], spans: [] })

/** Masks what either of two masks. */
export const maskingOfBoth = ({ of: one }: Masking, { of: other }: Masking): Masking =>
  maskingOf({
    sources: [...one.sources, ...other.sources],
    spans: [...one.spans, ...other.spans],
    values: () => [...(one.values?.() ?? []), ...(other.values?.() ?? [])],
  })

/** `text` with these ranges masked. The first characters of those that are `exact` are shown. */
function hide(text: string, exact: readonly Range[], others: readonly Range[]): string {
  const starts = new Set(exact.map(({ start }) => start))
  let shown = ''
  let at = 0
  for (const { start, end } of joined([...exact, ...others.map((one) => withoutLead(one, exact, text))])) {
    const secret = text.slice(start, end)
    shown += text.slice(at, start) + (starts.has(start) ? masked(secret) : secret.replace(/[^\r\n]/g, dot))
    at = end
  }
  return shown + text.slice(at)
}

/** Secrets in a form in which they are found again. */
interface Pieces {
  /** Five characters in a row of any of them, but for those that words of people are made of. */
  readonly fives: ReadonlySet<string>
  /** Those of which it is known where they begin. */
  readonly exact: readonly string[]
  readonly others: readonly string[]
}

const width = 5
const shortestWord = 6
const odd = 5.6
const mostPieces = 400_000
const mostWords = 2000
/** What rules say of many places is masked once. */
const mostTexts = 2000

function piecesOf(
  exact: readonly string[],
  others: readonly string[],
  sources: readonly Source[],
  { all, isName }: ProjectNames,
): Pieces {
  const isSecret = (value: string) => !isName(value) && !isPlainWord(value)
  const words = new Set(exact.filter(isSecret).flatMap(formsOf).filter(isLong))
  const more = new Set(
    others
      .filter(isSecret)
      .flatMap(formsOf)
      .filter((one) => isTelling(one) && !words.has(one)),
  )
  const fives = new Set<string>()
  for (const secret of [...words, ...more]) {
    if (meanSurprise(secret) < odd) continue
    for (const five of fivesOf(secret)) if (fives.size < mostPieces && !isOrdinary(five)) fives.add(five)
  }
  if (fives.size > 0)
    for (const word of [...ordinaryWords(sources), ...all])
      for (const five of fivesOf(`\`${word}\``)) fives.delete(five)
  return { fives, exact: [...words].slice(0, mostWords), others: [...more].slice(0, mostWords) }
}

/** Whether a value is a short word of a language, which stands in sentences that have nothing to do with it. */
const isPlainWord = (value: string): boolean => /^[a-z]{1,9}$/i.test(value) && meanSurprise(value) < 4.6

const fivesOf = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - width + 1) }, (_, at) => text.slice(at, at + width))

const mostText = 1_000_000

/** The names and words of a project, of its smaller files first: what a piece of a secret is not to be taken for. */
function ordinaryWords(sources: readonly Source[]): ReadonlySet<string> {
  const words = new Set<string>()
  let left = mostText
  for (const { text } of sources.toSorted((one, other) => one.text.length - other.text.length)) {
    if (left < text.length) break
    left -= text.length
    for (const [word] of text.matchAll(/[A-Za-z_][A-Za-z_.-]{4,60}/g)) words.add(word)
  }
  return new Set([...words].filter((word) => isVariable(word) || meanSurprise(word) < 4.6))
}

/** Whether five characters may well stand in a text that has nothing to do with a secret. */
function isOrdinary(five: string): boolean {
  if (/\s|UTF-8|\$\{/.test(five)) return true
  const isOneCase = /^[a-z\W_]*$|^[A-Z\W_]*$|^\W*[A-Z][a-z]*\W*$/.test(five)
  return meanSurprise(five) < (isOneCase ? 7 : 4.8)
}

/** Whether a value was made to be hard to guess: no name or word that stands elsewhere as well. */
export const isTelling = (value: string): boolean =>
  isLong(value) &&
  (highestMean(surprisesIn(value).slice(1), 8) >= odd ||
    (value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value)) ||
    (value.length >= 10 && !isDummy(value)))

const isLong = (secret: string): boolean => secret.trim().length >= shortestWord

/** A secret as it is written, and as programs make it: without escapes, with `$` for `$$`, decoded, in small letters. */
function formsOf(secret: string): readonly string[] {
  const plain = secret
    .replace(/\\(["'\\$`#nrt])/g, '$1')
    .replaceAll('$$', '$')
    .replaceAll("''", "'")
  const forms = [secret, plain, secret.includes('%') ? decoded(secret) : secret, ...basic(secret)]
  return [...forms, ...forms.map((form) => form.toLowerCase())]
}

function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The password of `Authorization: Basic` (RFC 7617). */
function basic(secret: string): readonly string[] {
  const [, digits] = /^([A-Za-z\d+/]{12,400})={0,2}$/.exec(secret) ?? []
  if (digits === undefined || digits.length % 4 === 1) return []
  const text = atob(digits)
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(text) ? [text.slice(text.indexOf(':') + 1)] : []
}

/** Where a text repeats secrets: whole ones of which the beginning is known, and whatever else of them. */
function repeated(text: string, { fives, exact, others }: Pieces) {
  const parts: Range[] = []
  if (fives.size > 0)
    for (let at = 0; at + width <= text.length; at += 1)
      if (fives.has(text.slice(at, at + width))) parts.push({ start: at, end: at + width })
  return { whole: wordsIn(text, exact), parts: [...parts, ...wordsIn(text, others)] }
}
