import { isColon, isDigit, isLetter, isLower, isMark, isSpace, isUpper, isWordy, wordyEnd } from './plain-characters.ts'

/** `name: ` */
export function pairEnd(text: string, end: number): number {
  const colon = isMark(text.charCodeAt(end)) ? end + 1 : end
  return text.charCodeAt(colon) === 58 && isSpace(text.charCodeAt(colon + 1)) ? colon + 1 : -1
}

/** A name, of which what may stand in names has been read up to `end`. `notin` is read as two words. */
export function nameEnd(text: string, start: number, end: number): number {
  const char = text.charCodeAt(start)
  if (!isLower(char) || (char === 110 && text.startsWith('notin', start))) return -1
  const next = text.charCodeAt(end)
  if (next === 58) return text.charCodeAt(end + 1) === 58 ? end : -1
  if (!isMark(next)) return end
  const third = text.charCodeAt(end + 1)
  return third === 61 || isWordy(third) || isMark(third) || isColon(text, end + 1) ? -1 : end + 1
}

/** The name of a module, of which what may stand in names has been read up to `end`. */
export function aliasEnd(text: string, end: number): number {
  let before = -1
  let at = end
  while (text.charCodeAt(at) === 46 && isUpper(text.charCodeAt(at + 1))) {
    before = at
    at = wordyEnd(text, at + 2)
  }
  const next = text.charCodeAt(at)
  return isMark(next) || next === 40 || isColon(text, at) ? before : at
}

/** By their length. */
const specialWords = [
  [],
  [],
  ['do', 'fn', 'in', 'or'],
  ['end', 'nil', 'and', 'not'],
  ['true', 'when', 'else'],
  ['false', 'after', 'catch'],
  ['rescue'],
]

/** The name from `start` to `end` where it is no name of a variable: a reserved word, `true`, `false` or `nil`. */
export function specialWord(text: string, start: number, end: number): string | undefined {
  const words = specialWords[end - start]
  if (words === undefined) return undefined
  const char = text.charCodeAt(start)
  for (const word of words) if (word.charCodeAt(0) === char && text.startsWith(word, start)) return word
  return undefined
}

/** A number, an atom, a character, `&1` or `&+/2`. */
export function literalEnd(text: string, start: number): number {
  const char = text.charCodeAt(start)
  if (isDigit(char)) return numberEnd(text, start)
  if (char === 58) return atomEnd(text, start)
  const next = text.charCodeAt(start + 1)
  if (char === 63) {
    const at = start + (next === 92 ? 3 : 2)
    const of = text.charCodeAt(at - 1)
    const isPlain = of !== 0 && !isSpace(of) && (next !== 92 || (of !== 120 && of !== 117))
    return isPlain && !isWordy(text.charCodeAt(at)) ? at : -1
  }
  if (char !== 38) return -1
  if (!isDigit(next)) return endOf(capturedOperator, text, start)
  const at = digitsEnd(text, start + 1)
  return isWordy(text.charCodeAt(at)) ? -1 : at
}

function digitsEnd(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at += 1
  return at
}

/** `1_000` */
function groupsEnd(text: string, start: number): number {
  let at = digitsEnd(text, start)
  while (text.charCodeAt(at) === 95 && isDigit(text.charCodeAt(at + 1))) at = digitsEnd(text, at + 1)
  return at
}

const based = /0(?:x[\dA-Fa-f]+|o[0-7]+|b[01]+)/y

function numberEnd(text: string, start: number): number {
  let at = groupsEnd(text, start)
  if (isLetter(text.charCodeAt(at))) at = Math.max(at, endOf(based, text, start))
  else if (text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1))) {
    at = groupsEnd(text, at + 1)
    const char = text.charCodeAt(at)
    const sign = text.charCodeAt(at + 1)
    const exponent = at + (sign === 43 || sign === 45 ? 2 : 1)
    if ((char === 101 || char === 69) && isDigit(text.charCodeAt(exponent))) at = digitsEnd(text, exponent)
  }
  const next = text.charCodeAt(at)
  return isWordy(next) || (next === 46 && text.charCodeAt(at + 1) !== 46) ? -1 : at
}

function atomEnd(text: string, start: number): number {
  if (!isLetter(text.charCodeAt(start + 1))) return endOf(operatorAtom, text, start)
  const end = wordyEnd(text, start + 2)
  if (!isMark(text.charCodeAt(end))) return isBehindAtom(text.charCodeAt(end)) ? end : -1
  return isBehindAtom(text.charCodeAt(end + 1)) ? end + 1 : end
}

const isBehindAtom = (char: number): boolean => !isWordy(char) && char !== 64 && char !== 58 && char !== 40

const capturedOperator = /&(?:\+\+?|--?|\*|\/|<>|[<>]=?|===?|!==?|\|\||&&|=~|\|>)\/\d+(?![\w.])/y
const operatorAtom = /:(?:\+\+?|--?|\*|\/|<>|[<>]=?|===?|!==?|\|\||&&|=~|\|>|=|\.)(?=[,\s\])}])/y
const operatorName = /(?:\+\+?|--?|\*|\/|<>|[<>]=?|===?|!==?|\|\||&&|=~|\|>|!)(?=\()/y

/** The name of an operator that is called as a function: `Kernel.+(`. */
export const operatorNameEnd = (text: string, start: number): number => endOf(operatorName, text, start)

const mapOpening = /%(?:[A-Z]\w*(?:\.[A-Z]\w*)*|__MODULE__|_\w*)?\{/y
const textOpening = /"""|'''|["']|~(?:[a-z]|[A-Z]+)(?:"""|["'([{</|])|:"/y

/** What opens a map or a struct. */
export const mapOpeningEnd = (text: string, start: number): number => endOf(mapOpening, text, start)
/** What opens a text or a sigil. */
export const textOpeningEnd = (text: string, start: number): number => endOf(textOpening, text, start)

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Whether it may stand behind a text that has ended. */
export function mayFollowText(text: string, at: number): boolean {
  const char = text.charCodeAt(at)
  if (char === 58) return text.charCodeAt(at + 1) === 58
  return !isWordy(char) && char !== 34 && char !== 39 && char !== 40
}
