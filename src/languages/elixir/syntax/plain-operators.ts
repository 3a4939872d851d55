import { isDigit, isLetter, isLower, isMark, isSpace, isUpper, isWordy } from './plain-characters.ts'

/** Whether a word stands at a place that is a keyword of Elixir: the name of nothing, and no key. */
export function isKeyword(text: string, at: number, keyword: string): boolean {
  if (!text.startsWith(keyword, at)) return false
  const next = text.charCodeAt(at + keyword.length)
  return !isWordy(next) && !isMark(next) && next !== 58 && next !== 64
}

/** `not in` */
function notInEnd(text: string, start: number): number {
  let at = start + 3
  while (text.charCodeAt(at) === 32) at += 1
  return at > start + 3 && text.startsWith('not', start) && isKeyword(text, at, 'in') ? at + 2 : -1
}

/** What begins another part of a `do` block. */
export function sectionEnd(text: string, at: number): number {
  const char = text.charCodeAt(at)
  const keyword = char === 101 ? 'else' : char === 114 ? 'rescue' : char === 99 ? 'catch' : char === 97 ? 'after' : ''
  return keyword !== '' && isKeyword(text, at, keyword) ? at + keyword.length : -1
}

/** An operator before a value. */
export function unaryEnd(text: string, at: number): number {
  const char = text.charCodeAt(at)
  if (char === 110) return isKeyword(text, at, 'not') ? at + 3 : -1
  if (char === 33) return text.charCodeAt(at + 1) === 61 ? -1 : at + 1
  if (char !== 94 && char !== 38 && char !== 43 && char !== 45) return -1
  return '!^+-|=>~'.includes(text.charAt(at + 1) || ' ') || (char === 38 && text.charCodeAt(at + 1) === 38)
    ? -1
    : at + 1
}

/** What may not stand behind an operator of one character, which would be another one. */
const isOperator = (char: number): boolean =>
  char === 60 ||
  char === 62 ||
  char === 61 ||
  char === 124 ||
  char === 42 ||
  char === 47 ||
  char === 43 ||
  char === 38 ||
  char === 126 ||
  char === 94

/** An operator between two values. */
export function binaryEnd(text: string, at: number): number {
  const char = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  const third = text.charCodeAt(at + 2)
  switch (char) {
    case 124: // |
      if (next === 62 || (next === 124 && third !== 124)) return at + 2
      break
    case 60: // <
      if (next === 60) return third === 60 && text.charCodeAt(at + 3) !== 60 ? at + 3 : -1
      if (next === 62 || next === 61 || next === 45) return at + 2
      break
    case 43: // +
    case 45: // -
      if (next === char && third !== char) return at + 2
      break
    case 61: // =
      if (next === 61) return third === 61 ? at + 3 : at + 2
      if (next === 126 || next === 62) return at + 2
      break
    case 62: // >
      if (next === 61 && third !== 62) return at + 2
      break
    case 42: // *
      break
    case 47: // /
      if (next === 47) return at + 2
      break
    case 38: // &
      return next === 38 && third !== 38 ? at + 2 : -1
    case 33: // !
      return next !== 61 ? -1 : third === 61 ? at + 3 : at + 2
    case 58: // :
      return next === 58 && third !== 58 ? at + 2 : -1
    case 92: // \
      return next === 92 ? at + 2 : -1
    case 46: // .
      return next === 46 && third !== 46 && third !== 47 ? at + 2 : -1
    case 97: // and
      return isKeyword(text, at, 'and') ? at + 3 : -1
    case 105: // in
      return isKeyword(text, at, 'in') ? at + 2 : -1
    case 110: // not in
      return notInEnd(text, at)
    case 111: // or
      return isKeyword(text, at, 'or') ? at + 2 : -1
    case 119: // when
      return isKeyword(text, at, 'when') ? at + 4 : -1
    default:
      return -1
  }
  return isOperator(next) ? -1 : at + 1
}

/** Whether what begins a line goes on with the one above. */
export function goesOn(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  switch (text.charCodeAt(at)) {
    case 124: // |
      return true
    case 60: // <>
      return next === 62
    case 43: // ++
      return next === 43
    case 38: // &&
      return next === 38
    case 97:
      return isKeyword(text, at, 'and')
    case 111:
      return isKeyword(text, at, 'or')
    case 119:
      return isKeyword(text, at, 'when')
    default:
      return false
  }
}

/** What may stand behind a name as the first argument of a call without parentheses. */
export function isArgument(text: string, at: number): boolean {
  const char = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (isLetter(char)) return !isBetween(text, at)
  switch (char) {
    case 34: // "
    case 39: // '
    case 40: // (
    case 91: // [
    case 123: // {
      return true
    case 58: // :
      return next !== 58 && !isSpace(next) && next !== 0
    case 64: // @
    case 94: // ^
      return isLower(next)
    case 37: // %
      return next === 123 || next === 95 || isUpper(next)
    case 38: // &
      return next !== 38 && !isSpace(next)
    case 33: // !
      return next !== 61
    case 126: // ~
      return isLetter(next) && next !== 95
    case 63: // ?
      return next !== 0 && !isSpace(next)
    case 60: // <<
      return next === 60 && text.charCodeAt(at + 2) !== 60
    default:
      return isDigit(char)
  }
}

/** Whether a keyword stands there before which an expression ends, or goes on. */
function isBetween(text: string, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case 97:
      return isKeyword(text, at, 'and') || isKeyword(text, at, 'after')
    case 99:
      return isKeyword(text, at, 'catch')
    case 100:
      return isKeyword(text, at, 'do')
    case 101:
      return isKeyword(text, at, 'end') || isKeyword(text, at, 'else')
    case 105:
      return isKeyword(text, at, 'in')
    case 110:
      return notInEnd(text, at) !== -1
    case 111:
      return isKeyword(text, at, 'or')
    case 114:
      return isKeyword(text, at, 'rescue')
    case 119:
      return isKeyword(text, at, 'when')
    default:
      return false
  }
}

/** Whether nothing but a comment follows in the line, and something in the next. */
export function isLineOver(text: string, start: number): boolean {
  let at = start
  for (; isSpace(text.charCodeAt(at)); at += 1) if (text.charCodeAt(at) === 10) return true
  return text.charCodeAt(at) === 35
}
