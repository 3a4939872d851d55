import { inLanguage, type SyntaxProblem } from '../../text/diagnostic.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { mapOf, structName } from '../elixir/values/map.ts'
import { atom, binary, float, integer, list, tuple, unknownValue, type Value } from '../elixir/values/value.ts'
import { readBinary } from './bitstring.ts'
import { integerOf } from './integer.ts'
import { fail, isMark, newReader, skipBracket, type TermReader, take, takeMark } from './reader.ts'
import { regexOf } from './regex.ts'

/** The terms of a file, as `file:consult/1` reads it; of a broken one what comes before its first problem. */
export interface Terms {
  readonly terms: readonly Value[]
  readonly problems: readonly SyntaxProblem[]
}

const deepest = 256
const mostPlaced = 200_000
const reserved =
  /^(after|and|andalso|band|begin|bnot|bor|bsl|bsr|bxor|case|catch|cond|div|else|end|fun|if|let|not|of|or|orelse|receive|rem|try|when|xor)$/

/**
 * Reads Erlang terms such as those of sys.config (Erlang Reference Manual, "Data Types"; `file:consult/1`). Each value
 * has its place as its trail. What has no text of its own, such as a fun or a pid, is unknown. Linear in the text.
 */
export function parseTerms(source: Source): Terms {
  const reader = newReader(source)
  const terms: Value[] = []
  while (reader.token.kind !== 'end' && !reader.problem) {
    terms.push(termAt(reader))
    if (reader.problem) break
    endTerm(reader)
  }
  return { terms, problems: inLanguage('elixir', reader.problem ? [reader.problem] : []) }
}

function endTerm(reader: TermReader): void {
  const { kind } = reader.token
  if (kind === 'stop') take(reader)
  else fail(reader, kind === 'end' ? 'the term does not end with a full stop' : unexpected(reader))
}

function termAt(reader: TermReader): Value {
  const { token } = reader
  switch (token.kind) {
    case 'atom':
      return atomOrFun(reader)
    case 'integer':
    case 'float':
    case 'character':
      return numberAt(reader, 1n)
    case 'string':
      return stringAt(reader)
    case 'sigil':
      take(reader)
      return binary(token.text, placeOf(reader, token.start, token.end))
    case 'mark':
      return markAt(reader)
    case 'variable':
      return failed(reader, `\`${token.text}\` is a variable, and a term has none`)
    case 'bad':
      return failed(reader, /^["'~]/.test(token.text) ? 'the quote is never closed' : unexpected(reader))
    default:
      return failed(reader, 'there is no term')
  }
}

function markAt(reader: TermReader): Value {
  switch (reader.token.text) {
    case '[':
    case '{':
      return nested(reader, () => (isMark(reader, '[') ? listAt(reader) : tupleAt(reader)))
    case '<<':
      return readBinary(reader, placeOf)
    case '#':
      return nested(reader, () => mapAt(reader))
    case '-':
    case '+': {
      const sign = take(reader).text === '-' ? -1n : 1n
      if (!/integer|float|character/.test(reader.token.kind)) return failed(reader, unexpected(reader))
      return numberAt(reader, sign)
    }
    case '<':
      return opaque(reader)
    default:
      return failed(reader, unexpected(reader))
  }
}

function nested(reader: TermReader, read: () => Value): Value {
  if (reader.depth >= deepest) {
    if (isMark(reader, '#')) take(reader)
    skipBracket(reader)
    return unknownValue('it is nested too deep', 'term')
  }
  reader.depth++
  const value = read()
  reader.depth--
  return value
}

function atomOrFun(reader: TermReader): Value {
  const { text, start, end } = take(reader)
  const isQuoted = reader.source.text[start] === "'"
  if (text === 'fun' && !isQuoted) return funAt(reader)
  if (!isQuoted && reserved.test(text))
    return failed(reader, `\`${text}\` is a word of Erlang's own and no atom without quotes`, start, end)
  return atom(text, placeOf(reader, start, end))
}

/** `fun module:name/1`. */
function funAt(reader: TermReader): Value {
  while (/atom|integer/.test(reader.token.kind) || isMark(reader, ':') || isMark(reader, '/')) take(reader)
  return unknownValue('it is a function', 'function')
}

/** `#Fun<…>`, `#Ref<…>`, `<0.1.2>`: what a shell prints, and nothing can read. */
function opaque(reader: TermReader): Value {
  const { start, end } = reader.token
  return failed(reader, 'a process, port, reference or function cannot be written in a file', start, end)
}

function numberAt(reader: TermReader, sign: bigint): Value {
  const { kind, text, start, end } = take(reader)
  const trail = placeOf(reader, start, end)
  if (kind === 'character') return integer(sign * BigInt(text.codePointAt(0) ?? 0), trail)
  const digits = text.replaceAll('_', '')
  if (kind === 'float') {
    const value = Number(sign) * Number(digits)
    return Number.isFinite(value) ? float(value, trail) : failed(reader, 'the float is too large', start, end)
  }
  const value = integerOf(digits)
  if (value === undefined) return failed(reader, `\`${text.slice(0, 20)}\` is no integer`, start, end)
  return typeof value === 'bigint' ? integer(sign * value, trail) : value
}

/** A string is a list of code points; strings side by side are one. */
function stringAt(reader: TermReader): Value {
  const { start } = reader.token
  let text = ''
  let end = start
  while (reader.token.kind === 'string') {
    const token = take(reader)
    text += token.text
    end = token.end
  }
  return list(
    Array.from(text, (char) => integer(char.codePointAt(0) ?? 0)),
    placeOf(reader, start, end),
  )
}

function listAt(reader: TermReader): Value {
  const { start } = take(reader)
  const items: Value[] = []
  if (!isMark(reader, ']')) {
    do items.push(termAt(reader))
    while (!reader.problem && takeMark(reader, ','))
    if (!reader.problem && takeMark(reader, '|')) {
      const tail = termAt(reader)
      close(reader, ']')
      return joined(items, reader.problem ? lost : tail)
    }
  }
  const end = reader.token.end
  close(reader, ']')
  return reader.problem
    ? joined(items, lost)
    : list(items, items.length === 0 ? placeOf(reader, start, end) : undefined)
}

const lost = unknownValue('the file is broken here', 'list')

/** `[1, 2 | [3]]` is `[1, 2, 3]`. */
function joined(items: readonly Value[], tail: Value): Value {
  if (tail.kind !== 'list') return { kind: 'list', items, tail }
  return { ...tail, items: [...items, ...tail.items] }
}

function tupleAt(reader: TermReader): Value {
  take(reader)
  const items: Value[] = []
  if (!isMark(reader, '}')) {
    do items.push(termAt(reader))
    while (!reader.problem && takeMark(reader, ','))
  }
  close(reader, '}')
  return tuple(items)
}

function mapAt(reader: TermReader): Value {
  take(reader)
  if (reader.token.kind === 'variable') return opaque(reader)
  if (!takeMark(reader, '{')) return failed(reader, 'a record cannot stand in a file of terms')
  const pairs: (readonly [Value, Value])[] = []
  if (!isMark(reader, '}')) {
    do {
      const key = termAt(reader)
      if (!reader.problem && !takeMark(reader, '=>')) fail(reader, 'a key of a map is followed by `=>` and its value')
      if (reader.problem) break
      pairs.push([key, termAt(reader)])
    } while (!reader.problem && takeMark(reader, ','))
  }
  close(reader, '}')
  const map = mapOf(pairs)
  return structName(map) === 'Elixir.Regex' ? regexOf(map) : map
}

function close(reader: TermReader, mark: string): void {
  if (reader.problem || takeMark(reader, mark)) return
  fail(reader, reader.token.kind === 'end' ? `\`${mark}\` is missing at the end of the file` : unexpected(reader))
}

const unexpected = ({ token }: TermReader): string =>
  token.kind === 'end' ? 'the file ends in the middle of a term' : `\`${token.text.slice(0, 20)}\` cannot stand here`

function failed(reader: TermReader, message: string, start?: number, end?: number): Value {
  fail(reader, message, start === undefined ? undefined : span(reader.source, start, end ?? start))
  return unknownValue('the file is broken here')
}

function placeOf(reader: TermReader, start: number, end: number): readonly { span: Span; text: string }[] | undefined {
  if (reader.placed >= mostPlaced) return undefined
  reader.placed++
  return [{ span: span(reader.source, start, end), text: 'it is written here' }]
}
