import { largestSize } from '../values/size.ts'
import { type CallContext, noClause } from '../values/types.ts'
import { binary, binaryOfBytes, type FunctionValue, type RegexValue, type Value } from '../values/value.ts'
import { charsOf } from './chars.ts'
import { isSet, numberOf, option, tooMuch, unmodelled } from './define.ts'
import { bytesText, type Translated, translate } from './regex-translate.ts'

/** One match in a text. Groups that took no part are undefined; places count in the text that was searched. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly groups: readonly ({ readonly start: number; readonly end: number } | undefined)[]
}

/** The text that a regex works on: characters, or bytes as characters. */
export interface Subject {
  readonly text: string
  /** A part of it as a binary. */
  part(start: number, end: number): Value
  /** The length of its first part in bytes. */
  bytesBefore(end: number): number
}

const translations = new Map<string, Translated | undefined>()

function translated(regex: RegexValue): Translated {
  const key = `${regex.options}/${regex.source}`
  if (!translations.has(key)) {
    if (translations.size > 500) translations.clear()
    translations.set(key, translate(regex.source, regex.options))
  }
  return translations.get(key) ?? unmodelled('the regular expression has parts that we do not follow')
}

/** The names of a regex's groups and their numbers. */
export const groupNames = (regex: RegexValue): Readonly<Record<string, number>> => translated(regex).names

/** The longest texts that are searched, by how many repeats overlap. */
const longest = [5000, 2000, 300, 100]

/** What `regex` sees of `text`. */
export function subjectOf(regex: RegexValue, text: string): Subject {
  const { onBytes, isRisky, overlaps } = translated(regex)
  const seen = onBytes ? bytesText(text) : text
  if (seen.length > (isRisky ? 25 : (longest[overlaps] ?? 40)))
    return unmodelled('the text is too long for the regular expression')
  const isAscii = /^[\0-\x7f]*$/.test(text)
  const bytesIn = (part: string): number => (onBytes || isAscii ? part.length : new TextEncoder().encode(part).length)
  return {
    text: seen,
    part: (start, end) => (onBytes && !isAscii ? latin(seen.slice(start, end)) : binary(seen.slice(start, end))),
    bytesBefore: (end) => bytesIn(seen.slice(0, end)),
  }
}

const latin = (text: string): Value => binaryOfBytes(Uint8Array.from(text, (char) => char.charCodeAt(0)))

/** The matches of `regex` in `subject`, the first `most` of them. */
export function matches(
  context: CallContext,
  regex: RegexValue,
  subject: Subject,
  most = Number.POSITIVE_INFINITY,
): readonly Match[] {
  const { regexp } = translated(regex)
  const sticky = new RegExp(regexp.source, `${regexp.flags}g`)
  const found: Match[] = []
  context.tick(1 + Math.ceil(subject.text.length / 100))
  while (found.length < most) {
    const match = sticky.exec(subject.text)
    if (!match?.indices) break
    const spans = Array.from(match.indices, (span) => (span ? { start: span[0], end: span[1] } : undefined))
    const end = match.index + match[0].length
    found.push({ start: match.index, end, groups: spans })
    if (match[0] === '')
      sticky.lastIndex +=
        subject.text.codePointAt(end) !== undefined && regexp.unicode
          ? String.fromCodePoint(subject.text.codePointAt(end) ?? 0).length
          : 1
    if (found.length > 10_000) return unmodelled('the regular expression matches too often')
  }
  return found
}

/** The first match. */
export function matchRegex(context: CallContext, regex: RegexValue, text: string): Match | undefined {
  return matches(context, regex, subjectOf(regex, text), 1)[0]
}

const textOfPart = (value: Value): string =>
  value.kind === 'binary' ? value.text : unmodelled('a part of the text is no UTF-8')

/** `Regex.split`. */
export function splitRegex(context: CallContext, regex: RegexValue, text: string, options: Value): readonly string[] {
  const trim = isSet(options, 'trim')
  if (option(options, 'on')) return unmodelled('the option `on` is not modelled')
  const parts = option(options, 'parts')
  const most =
    parts === undefined || parts.kind === 'atom'
      ? Number.POSITIVE_INFINITY
      : numberOf(parts, () => noClause('Regex.split/3'))
  const includes = isSet(options, 'include_captures')
  if (text === '') return trim ? [] : ['']
  const subject = subjectOf(regex, text)
  const chunks: string[] = []
  let from = 0
  let count = 1
  const push = (chunk: string): boolean => {
    if (trim && chunk === '') return false
    chunks.push(chunk)
    return true
  }
  for (const match of matches(context, regex, subject)) {
    if (count >= most) break
    if (push(textOfPart(subject.part(from, match.start)))) count++
    if (includes) push(textOfPart(subject.part(match.start, match.end)))
    from = match.end
  }
  push(textOfPart(subject.part(from, subject.text.length)))
  return chunks
}

/** `Regex.replace`. */
export function replaceRegex(
  context: CallContext,
  regex: RegexValue,
  text: string,
  replacement: Value,
  isGlobal: boolean,
): string {
  const subject = subjectOf(regex, text)
  let result = ''
  let from = 0
  for (const match of matches(context, regex, subject, isGlobal ? undefined : 1)) {
    const group = (index: number): string => {
      const span = match.groups[index]
      return span ? textOfPart(subject.part(span.start, span.end)) : ''
    }
    result += textOfPart(subject.part(from, match.start))
    result +=
      replacement.kind === 'function'
        ? callWith(context, replacement, match.groups.length, group)
        : template(replacement, group)
    if (result.length > largestSize) return tooMuch('the text is too long to follow')
    from = match.end
  }
  return result + textOfPart(subject.part(from, subject.text.length))
}

const callWith = (context: CallContext, fun: FunctionValue, count: number, group: (index: number) => string): string =>
  charsOf(
    context,
    context.call(
      fun,
      Array.from({ length: fun.arity }, (_, index) => binary(index < count ? group(index) : '')),
    ),
  )

const template = (replacement: Value, group: (index: number) => string): string =>
  replacement.kind === 'binary'
    ? replacement.text.replace(/\\(?:g\{(\d+)\}|(\d+)|(.))/gs, (_, braced, plain, other) =>
        other === undefined ? group(Number(braced ?? plain)) : other === '\\' ? '\\' : `\\${other}`,
      )
    : noClause('Regex.replace/4')
