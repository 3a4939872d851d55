import { removePrefix, removeSuffix, replaceMatches } from './pattern.ts'
import { fail, next, peek, type ReadUntil, unknownMark, type WordReading } from './reading.ts'

/** What `$name` or `${name…}` at the reading's place stands for; `undefined` after an error. */
export function substitute(reading: WordReading, readUntil: ReadUntil): string | undefined {
  next(reading)
  if (peek(reading) !== '{') {
    const name = readName(reading)
    return name === '' ? '$' : (reading.get(name) ?? (reading.keepUnset ? `$${name}` : ''))
  }
  next(reading)
  const first = peek(reading)
  if (first === '') return fail(reading, '`}` is missing')
  if (first === '{' || first === '}' || first === ':') return fail(reading, '`${` is not followed by a name')
  const name = readName(reading)
  const operator = next(reading)
  if (operator === '}') return reading.get(name) ?? (reading.keepUnset ? `\${${name}}` : '')
  if (operator === '/') return replace(reading, name, readUntil)
  const colon = operator === ':' ? ':' : ''
  return operate(reading, name, colon, colon === '' ? operator : next(reading), readUntil)
}

function operate(
  reading: WordReading,
  name: string,
  colon: string,
  operator: string,
  readUntil: ReadUntil,
): string | undefined {
  const pattern = operator === '#' || operator === '%'
  const unsupported = `\`${colon}${operator}\` is no operator that Docker knows`
  if (colon === '' && !'+-?#%'.includes(operator))
    return fail(reading, operator === '' ? '`}` is missing' : unsupported)
  if (colon !== '' && pattern) return fail(reading, unsupported)
  const operand = readUntil(reading, '}', pattern, pattern)
  if (!operand) return undefined
  const word = operand.result
  const value = reading.get(name)
  if (value === undefined && reading.keepUnset) return `\${${name}${colon}${operator}${word}}`
  if (!'+-?#%'.includes(operator) || operator === '') return fail(reading, unsupported)
  if (value === unknownMark) return unknownMark
  const present = value !== undefined && (colon === '' || value !== '')
  if (operator === '-') return present ? value : word
  if (operator === '+') return present ? word : ''
  if (operator === '?')
    return present ? value : fail(reading, `\`${name}\` must be set${word === '' ? '' : `: ${word}`}`)
  if (word.includes(unknownMark) || value?.includes(unknownMark)) return unknownMark
  const longest = word.startsWith(operator)
  const remove = operator === '#' ? removePrefix : removeSuffix
  return remove(value ?? '', longest ? word.slice(1) : word, longest) ?? fail(reading, `\`${word}\` is no pattern`)
}

function replace(reading: WordReading, name: string, readUntil: ReadUntil): string | undefined {
  const all = peek(reading) === '/'
  if (all) next(reading)
  const pattern = readUntil(reading, '/', true, true)
  const replacement = pattern && readUntil(reading, '}', true, false)
  if (!pattern || !replacement) return undefined
  const value = reading.get(name)
  if (value === undefined && reading.keepUnset) return `\${${name}/${pattern.result}/${replacement.result}}`
  if ([value, pattern.result, replacement.result].some((part) => part?.includes(unknownMark))) return unknownMark
  return (
    replaceMatches(value ?? '', pattern.result, replacement.result, all) ??
    fail(reading, `\`${pattern.result}\` is no pattern`)
  )
}

/** A name, a number, or one of the shell's special parameters. */
function readName(reading: WordReading): string {
  const start = reading.at
  const first = peek(reading)
  if (/^\p{Nd}$/u.test(first)) {
    while (/^\p{Nd}$/u.test(peek(reading))) next(reading)
  } else if (first !== '' && '@*#?-$!'.includes(first)) {
    next(reading)
  } else {
    while (/^[\p{L}\p{Nd}_]$/u.test(peek(reading))) next(reading)
  }
  return reading.text.slice(start, reading.at)
}
