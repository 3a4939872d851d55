import { type Span, span, textOf } from '../../text/source.ts'
import { isDrawnByLot } from './drawn.ts'
import { isDummy, isElsewhere } from './dummies.ts'
import { secretIn, withPut } from './secret-look.ts'
import { tokensIn } from './tokens.ts'

/** A secret that is written out. */
export interface WrittenSecret {
  /** Of the variable; empty where it has none. */
  readonly name: string
  /** What a sentence calls it: the variable in backticks, or "a token of GitHub". */
  readonly what: string
  /** The name with the value, such as `TOKEN=…`. */
  readonly span: Span
  /** The secret alone. */
  readonly value: Span
}

/** A variable that is given a secret; none where its value is harmless. `puts`: where its language puts something in. */
export function secretAt(name: string, value: Span, whole: Span, puts: readonly Span[] = []): readonly WrittenSecret[] {
  const text = textOf(value)
  const inside = puts.flatMap(({ start, end }) =>
    start < value.end && end > value.start
      ? [{ start: Math.max(0, start - value.start), end: Math.min(end, value.end) - value.start }]
      : [],
  )
  const part = secretIn(name, text, withPut(text, inside))
  if (part === undefined) return []
  const at = span(value.source, value.start + part.start, value.start + part.end)
  return [{ name, what: `\`${name}\``, span: whole, value: at }]
}

/** Inside of the quotes, where there are any. */
export function unquoted(at: Span): Span {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(textOf(at))
  return quoted ? span(at.source, at.start + 1, at.end - 1) : at
}

const assignment = /(?<![\w$@-])([A-Za-z_][A-Za-z\d_]*)=("([^"\n]*)"|'([^'\n]*)'|[^\s"'\\]+)/g
const option = /(?<!\S)--([A-Za-z][\w-]{1,40})(?:=|[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s"'\\-][^\s"'\\]*)/g
const address = /(?<![\w+.-])[a-z][\w+.-]{0,30}:\/\/[^\s/:@?#"']*:[^\s/@"']+@[^\s"']+/gi
const userToken = /(?<![\w+.-])https?:\/\/([\w-]{20,})@(?:[\w.-]*\.)?(?:github|gitlab|bitbucket)\./gi
const header =
  /(?<![\w-])((?:proxy-)?authorization|x-[\w-]*(?:key|token|auth|secret)|api-key|private-token|job-token|deploy-token|x-vault-token)["']?[ \t]*:[ \t]*["']?(?:(?:bearer|basic|token|apikey|key)[ \t]+)?([^\s"'\\]{8,})/gi
const netrc = /\bmachine[ \t]+\S+\s+login[ \t]+\S+\s+password[ \t]+([^\s"'\\]{4,})/gi
const user = /(?<!\S)(?:-u|--user|--proxy-user)(?:=|[ \t]*)["']?[^\s:"'$]{1,60}:([^\s"'\\]{4,})/g

/**
 * The secrets that are written out in a text: in `NAME=value` and `--name value`, in addresses with a password, in the
 * headers of requests, in lines of a netrc, and tokens wherever they stand. `puts`: what its language puts something in
 * the place of.
 */
export function writtenIn(at: Span, puts: readonly Span[] = []): readonly WrittenSecret[] {
  const text = textOf(at)
  const place = (start: number, end: number) => span(at.source, at.start + start, at.start + end)
  const found: WrittenSecret[] = []
  const take = (secrets: readonly WrittenSecret[]) => {
    for (const one of secrets)
      if (!found.some(({ value }) => value.start < one.value.end && one.value.start < value.end)) found.push(one)
  }
  for (const { 0: whole, 1: name = '', 2: written = '', index } of text.matchAll(assignment)) {
    const end = index + whole.length
    take(secretAt(name, unquoted(place(end - written.length, end)), place(index, end), puts))
  }
  for (const { 0: whole, 1: name = '', 2: written = '', index } of text.matchAll(option)) {
    const end = index + whole.length
    const secrets = secretAt(name, unquoted(place(end - written.length, end)), place(index, end), puts)
    take(secrets.map((one) => ({ ...one, what: `the value of \`--${name}\`` })))
  }
  for (const { 0: whole, index } of text.matchAll(address)) {
    const here = place(index, index + whole.length)
    take(secretAt('', here, here, puts).map((one) => ({ ...one, what: 'the password of an address' })))
  }
  const bare = (expression: RegExp, what: (match: RegExpMatchArray) => string, isOne: (value: string) => boolean) => {
    for (const match of text.matchAll(expression)) {
      const secret = match.at(-1) ?? ''
      const start = match.index + match[0].lastIndexOf(secret)
      const value = place(start, start + secret.length)
      const isPut = puts.some((one) => one.start < value.end && value.start < one.end)
      if (isPut || isElsewhere(secret) || isDummy(secret) || !isOne(secret)) continue
      take([{ name: '', what: what(match), span: place(match.index, match.index + match[0].length), value }])
    }
  }
  bare(header, ([, name = '']) => `the value of the header \`${name}\``, isUnguessed)
  bare(netrc, () => 'the password of a netrc', isUnguessed)
  bare(user, () => 'the password of a user', isUnguessed)
  bare(userToken, () => 'the token of an address', isDrawnByLot)
  for (const { of, start, end } of tokensIn(text)) {
    const value = place(start, end)
    take([{ name: '', what: `a token of ${of}`, span: value, value }])
  }
  return found
}

/** The same of the words of a command that no shell splits: `--name` and its value are words of their own. */
export const writtenInWords = (words: readonly Span[]): readonly WrittenSecret[] =>
  words.flatMap((word, index) => {
    const [, name] =
      /^["']?--([A-Za-z][\w-]{1,40})["']?$/.exec(textOf(words[index - 1] ?? { ...word, end: word.start })) ?? []
    const named = name === undefined ? [] : secretAt(name, unquoted(word), word, usualPuts(word))
    if (named.length > 0) return named.map((one) => ({ ...one, what: `the value of \`--${name}\`` }))
    return writtenIn(word, usualPuts(word))
  })

const isUnguessed = (value: string): boolean => /\d/.test(value) || isDrawnByLot(value)

const usual = /\$\{[^}\n]*\}|\$\([^)]*\)|`[^`]*`|\$(?:[A-Z][A-Z\d_]*|[a-z][a-z\d_]*)|\{\{[^}]*\}\}|<%[^%]*%>/g

/** What any language would put something in the place of, in a text of which nobody knows in what it is written. */
export const usualPuts = (at: Span): readonly Span[] =>
  [...textOf(at).matchAll(usual)].map(({ 0: whole, index }) =>
    span(at.source, at.start + index, at.start + index + whole.length),
  )
