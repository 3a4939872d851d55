import { fail, type LexOptions, next, peek, type ReadWord, type WordReading } from './reading.ts'
import { substitute } from './substitute.ts'

const isSpace = (character: string) =>
  character > '~'
    ? character === '\u0085' || (character !== '\ufeff' && /^\s$/.test(character))
    : character === ' ' || (character >= '\t' && character <= '\r')

const nestingLimit = 200

const anySpace = /[\s\u0085]/

/**
 * Reads up to `stop`, or to the end where it is ''. Follows BuildKit's shell lexer (frontend/dockerfile/shell) to the
 * letter, so that the words of EXPOSE come out as there: a nested `${…}` empties the word that is being collected.
 * `pattern` doubles the escapes of quoted parts, for operands that are patterns.
 */
function readUntil(reading: WordReading, stop: string, rawEscapes: boolean, pattern: boolean): ReadWord | undefined {
  if (reading.depth >= nestingLimit) return fail(reading, 'substitutions are nested too deeply')
  const outerEscapes = reading.rawEscapes
  reading.depth++
  reading.rawEscapes = rawEscapes
  const read = readParts(reading, stop, pattern)
  reading.rawEscapes = outerEscapes
  reading.depth--
  return read
}

function readParts(reading: WordReading, stop: string, pattern: boolean): ReadWord | undefined {
  const result: string[] = []
  const words: string[] = []
  let inWord = false
  reading.collected = ''

  const addRaw = (text: string) => {
    reading.collected += text
    inWord = true
  }
  const add = (character: string) => {
    if (!isSpace(character)) addRaw(character)
    else if (inWord && reading.collected !== '') {
      words.push(reading.collected)
      reading.collected = ''
      inWord = false
    }
  }
  const finish = (): ReadWord => {
    if (reading.collected !== '') words.push(reading.collected)
    reading.collected = ''
    return { result: result.join(''), words }
  }

  while (reading.at < reading.text.length) {
    const character = peek(reading)
    if (character === stop) {
      next(reading)
      return finish()
    }
    const special = readSpecial(reading, character, pattern)
    if (special === undefined) return undefined
    if (special !== false) {
      result.push(special)
      if (character === '$' && (special === '' || anySpace.test(special))) for (const part of special) add(part)
      else addRaw(special)
      continue
    }
    next(reading)
    if (character !== reading.escape) {
      add(character)
      result.push(character)
      continue
    }
    if (reading.rawEscapes) {
      addRaw(character)
      result.push(character)
    }
    const escaped = next(reading)
    if (escaped === '') break
    addRaw(escaped)
    result.push(escaped)
  }
  return stop === '' ? finish() : fail(reading, `\`${stop}\` is missing`)
}

/** What a quoted part, a substitution or a `<` gives; false where `character` begins none of them. */
function readSpecial(reading: WordReading, character: string, pattern: boolean): string | false | undefined {
  if (character === '$') return substitute(reading, readUntil)
  if (character === '<') return readHeredocOperator(reading)
  if (reading.plainQuotes) return false
  if (character === "'") return readSingleQuoted(reading, pattern)
  if (character === '"') return readDoubleQuoted(reading, pattern)
  return false
}

function readSingleQuoted(reading: WordReading, pattern: boolean): string | undefined {
  const end = reading.text.indexOf("'", reading.at + 1)
  if (end < 0) {
    reading.at = reading.text.length
    return fail(reading, 'a single quote is not closed')
  }
  const inside = reading.text.slice(reading.at + 1, end)
  reading.at = end + 1
  const text = pattern ? inside.replaceAll(reading.escape, reading.escape + reading.escape) : inside
  return reading.rawQuotes ? `'${text}'` : text
}

function readDoubleQuoted(reading: WordReading, pattern: boolean): string | undefined {
  const result: string[] = []
  const quote = next(reading)
  if (reading.rawQuotes) result.push(quote)
  while (reading.at < reading.text.length) {
    const character = peek(reading)
    if (character === '$') {
      const value = substitute(reading, readUntil)
      if (value === undefined) return undefined
      result.push(value)
      continue
    }
    next(reading)
    if (character === '"') {
      if (reading.rawQuotes) result.push(character)
      return result.join('')
    }
    if (character !== reading.escape) {
      result.push(character)
      continue
    }
    const escaped = peek(reading)
    if (escaped === '') continue
    if (escaped === '"' || escaped === '$' || escaped === reading.escape) {
      if (reading.rawEscapes) result.push(character)
      result.push(next(reading))
      continue
    }
    if (reading.rawEscapes && (!reading.rawQuotes || pattern)) result.push(character)
    result.push(character)
  }
  return fail(reading, 'a double quote is not closed')
}

function readHeredocOperator(reading: WordReading): string {
  next(reading)
  if (peek(reading) !== '<') return '<'
  next(reading)
  let result = '<<'
  while (/^[\t\r ]$/.test(peek(reading))) result += next(reading)
  return result
}

/** Words that mean what they are. */
const plain = /^[\w./:=@%,+~-]*$/

/** Reads the whole of `text`, with variables from `get`. */
export function lex(
  text: string,
  get: WordReading['get'],
  options: LexOptions,
): { readonly read?: ReadWord; readonly error?: string } {
  if (plain.test(text)) return { read: { result: text, words: text === '' ? [] : [text] } }
  const at = text.startsWith('\ufeff') ? 1 : 0
  const reading: WordReading = {
    ...options,
    rawEscapes: options.rawEscapes ?? false,
    text,
    at,
    depth: 0,
    collected: '',
    error: undefined,
    get,
  }
  const read = readUntil(reading, '', reading.rawEscapes, false)
  return read ? { read } : { error: reading.error ?? 'the word cannot be read' }
}
