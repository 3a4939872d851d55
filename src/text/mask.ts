import { type Source, type Span, textOf } from './source.ts'

const dot = '·'
const shortestValue = 6

/** The same number of UTF-16 units as `secret`: three characters at most, fewer of a short one, and dots. */
export function masked(secret: string): string {
  const shown = Math.min(3, Math.floor(secret.length / 4))
  return secret.slice(0, shown).replace(/[\ud800-\udbff]$/, dot) + secret.slice(shown).replace(/[^\r\n]/g, dot)
}

const maskedTexts = new WeakMap<readonly Span[], Map<string, string>>()

/** The text of `source` with every secret in it masked. Offsets and line breaks stay as they are. */
export function maskSecrets(source: Source, secrets: readonly Span[]): string {
  const known = maskedTexts.get(secrets) ?? new Map<string, string>()
  maskedTexts.set(secrets, known)
  const text = known.get(source.path) ?? maskText(source, secrets)
  known.set(source.path, text)
  return text
}

function maskText(source: Source, secrets: readonly Span[]): string {
  const here = secrets
    .filter((secret) => secret.source === source || secret.source.path === source.path)
    .toSorted((one, other) => one.start - other.start || other.end - one.end)
  let text = ''
  let at = 0
  for (const { start, end } of here) {
    if (end <= at) continue
    const from = Math.max(start, at)
    text += source.text.slice(at, from) + masked(source.text.slice(from, end))
    at = end
  }
  return maskValues(text + source.text.slice(at), secrets)
}

/** `text` with every whole occurrence of a secret's value masked: for messages, and for copies in other places. */
export function maskValues(text: string, secrets: readonly Span[]): string {
  const values = new Set(secrets.map(textOf).filter((value) => value.trim().length >= shortestValue))
  let result = text
  for (const value of [...values].toSorted((one, other) => other.length - one.length)) {
    result = maskValue(result, value)
  }
  return result
}

function maskValue(text: string, value: string): string {
  let result = ''
  let at = 0
  for (let found = text.indexOf(value); found !== -1; found = text.indexOf(value, at)) {
    const end = found + value.length
    const whole = !continues(text, found - 1, value[0]) && !continues(text, end, value.at(-1))
    result += text.slice(at, found) + (whole ? masked(value) : value)
    at = end
  }
  return result + text.slice(at)
}

const word = /[\p{L}\p{N}_]/u

const continues = (text: string, at: number, neighbour: string | undefined): boolean =>
  word.test(text[at] ?? '') && word.test(neighbour ?? '')
