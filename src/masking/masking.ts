import { masked } from '../text/mask.ts'
import { compareText } from '../text/order.ts'
import type { Source, Span } from '../text/source.ts'
import { joined, type Range } from './range.ts'
import { rangesIn, secretRanges } from './scan.ts'
import { meanSurprise } from './surprise.ts'

/** What may be said of texts that hold secrets. */
export interface Masking {
  /** The source with its secrets masked: offsets and line breaks stay as they are. */
  readonly source: (source: Source) => Source
  /** A text that was put together of pieces of the project. */
  readonly text: (text: string) => string
}

/** What secrets are known from. */
export interface SecretsInView {
  readonly sources: readonly Source[]
  /** Ranges that the rules and the model hold for secrets. */
  readonly spans: readonly Span[]
  /** Values that no source holds as they are: of variables, of the config after it was evaluated. */
  readonly values?: readonly string[]
}

/** Masks what is secret in the sources, wherever it is repeated, whole or five characters of it. */
export function maskingOf({ sources, spans, values = [] }: SecretsInView): Masking {
  const own = new Map<string, Range[]>()
  for (const { source, start, end } of spans) {
    const there = own.get(source.path)
    if (there) there.push({ start, end })
    else own.set(source.path, [{ start, end }])
  }
  const rangesOf = (source: Source) => joined([...(own.get(source.path) ?? []), ...secretRanges(source)])
  let pieces: Pieces | undefined
  const known = () => {
    pieces ??= piecesOf([
      ...sources.flatMap((source) => rangesOf(source).map(({ start, end }) => source.text.slice(start, end))),
      ...spans.map(({ source, start, end }) => source.text.slice(start, end)),
      ...values,
    ])
    return pieces
  }
  const masks = new WeakMap<Source, Source>()
  return {
    source: (source) => {
      const there = masks.get(source) ?? {
        path: source.path,
        text: hide(source.text, joined([...rangesOf(source), ...repeated(source.text, known())])),
      }
      masks.set(source, there)
      return there
    },
    text: (text) => hide(text, joined([...rangesIn(text), ...repeated(text, known())])),
  }
}

/** Nothing is masked: the user has asked to see it. */
export const noMasking: Masking = { source: (source) => source, text: (text) => text }

/** `text` with these ranges masked. */
function hide(text: string, ranges: readonly Range[]): string {
  let shown = ''
  let at = 0
  for (const { start, end } of ranges) {
    shown += text.slice(at, start) + masked(text.slice(start, end))
    at = end
  }
  return shown + text.slice(at)
}

/** Secrets in a form in which they are found again. */
interface Pieces {
  /** Five characters in a row of any of them. */
  readonly fives: ReadonlySet<string>
  /** Those that are words of people, whole, the longest first. */
  readonly words: readonly string[]
}

const width = 5
const shortestWord = 6
const usual = 4.4
const mostPieces = 400_000

function piecesOf(secrets: readonly string[]): Pieces {
  const fives = new Set<string>()
  const words = new Set<string>()
  for (const secret of new Set(secrets.flatMap(formsOf))) {
    if (secret.trim().length >= shortestWord) words.add(secret)
    for (let at = 0; at + width <= secret.length && fives.size < mostPieces; at += 1) {
      const five = secret.slice(at, at + width)
      if (!/\s/.test(five) && meanSurprise(five) >= usual) fives.add(five)
    }
  }
  return { fives, words: [...words].toSorted((one, other) => other.length - one.length || compareText(one, other)) }
}

/** A secret as it is written, and as programs read it: without escapes, with `$` for `$$`, decoded. */
function formsOf(secret: string): readonly string[] {
  const plain = secret
    .replace(/\\(["'\\$`#nrt])/g, '$1')
    .replaceAll('$$', '$')
    .replaceAll("''", "'")
  return [secret, plain, secret.includes('%') ? decoded(secret) : secret, ...basic(secret)]
}

function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** User and password of `Authorization: Basic` (RFC 7617). */
function basic(secret: string): readonly string[] {
  if (!/^[A-Za-z\d+/]{12,400}={0,2}$/.test(secret)) return []
  const text = atob(
    secret.length % 4 === 0 || secret.endsWith('=')
      ? secret.padEnd(Math.ceil(secret.length / 4) * 4, '=')
      : `${secret}${'='.repeat((4 - (secret.length % 4)) % 4)}`.replace(/={3}$/, ''),
  )
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(text) ? [text.slice(text.indexOf(':') + 1)] : []
}

/** Where a text repeats a secret. */
function repeated(text: string, { fives, words }: Pieces): readonly Range[] {
  const found: Range[] = []
  if (fives.size > 0)
    for (let at = 0; at + width <= text.length; at += 1)
      if (fives.has(text.slice(at, at + width))) found.push({ start: at, end: at + width })
  for (const word of words)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
      if (isWhole(text, at, word)) found.push({ start: at, end: at + word.length })
  return found
}

const letter = /[\p{L}\p{N}_]/u

const isWhole = (text: string, at: number, word: string): boolean =>
  !(letter.test(text[at - 1] ?? '') && letter.test(word[0] ?? '')) &&
  !(letter.test(text[at + word.length] ?? '') && letter.test(word.at(-1) ?? ''))
