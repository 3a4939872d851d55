import { breakIn } from '../../text/damage.ts'
import { inLanguage, type Label, type Problem } from '../../text/diagnostic.ts'
import { type Known, known, knownInPart, unset } from '../../text/known.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { resolveEscapes } from './escapes.ts'
import { type Substitution, substitute } from './substitute.ts'
import type { EnvFile, EnvFileEntry, EnvFileVariable, EnvLookup } from './types.ts'

interface EnvReading {
  readonly source: Source
  readonly lookup: EnvLookup
  readonly entries: EnvFileEntry[]
  readonly values: Map<string, Known<string>>
  readonly warnings: Problem[]
  readonly variables: EnvFileVariable[]
}

interface VariableHead {
  readonly name: string
  readonly nameSpan: Span
  readonly exported: boolean
  /** Where the value begins, or the next statement after a bare name. */
  readonly next: number
  readonly bare: boolean
}

export interface EnvFileOptions {
  /** The environment outside of the file: it wins over earlier lines where a value refers to a variable. */
  readonly lookup: EnvLookup
  /** What files before this one set: lines of this file win over it. */
  readonly before?: ReadonlyMap<string, Known<string>>
}

const longest = 1_000_000

const blank = /[\t\v\f\r \x85\xa0]/
const nameCharacter = /[\p{L}\p{N}_.\-[\]]/u
const exporting = /export[\t\n\f\r ]+/y

/** Reads an env file to the letter of compose-go's dotenv package. */
export function parseEnvFile(whole: Source, { lookup, before }: EnvFileOptions): EnvFile {
  const broken = breakIn(whole)
  const source = broken ? { ...whole, text: whole.text.slice(0, broken.span.start) } : whole
  const reading: EnvReading = {
    source,
    lookup,
    entries: [],
    values: new Map(before ?? []),
    warnings: [],
    variables: [],
  }
  let at = source.text.startsWith('\ufeff') ? 1 : 0
  let problem: Problem | undefined
  if (source.text.length > longest)
    problem = { span: span(source, 0, 0), message: 'the env file is too large to be read', bound: true }
  while (problem === undefined) {
    const start = startOfStatement(source.text, at)
    if (start === undefined) break
    const head = readHead(source, start)
    if ('message' in head) problem = head
    else if (head.bare) at = inherit(reading, head, start)
    else {
      const end = readValue(reading, head, start)
      if (typeof end === 'number') at = end
      else problem = end
    }
  }
  const damage = broken ?? problem
  return {
    entries: reading.entries,
    problems: inLanguage('env', damage ? [damage] : []),
    warnings: reading.warnings,
    variables: reading.variables,
  }
}

const isSpace = (character: string): boolean => /[\s\x85]/.test(character) && character !== '\ufeff'

function startOfStatement(text: string, from: number): number | undefined {
  let at = from
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '#') {
      const newline = text.indexOf('\n', at)
      if (newline === -1) return undefined
      at = newline
    } else if (isSpace(character)) at += 1
    else return at
  }
  return undefined
}

function readHead(source: Source, start: number): VariableHead | Problem {
  const { text } = source
  exporting.lastIndex = start
  let from = start
  const exported = exporting.test(text)
  if (exported) {
    from += 'export'.length
    while (blank.test(text[from] ?? '')) from += 1
  }
  if (from >= text.length) return { span: span(source, start, text.length), message: 'a variable name is missing' }
  let end = from
  for (; end < text.length; end += 1) {
    const code = text.codePointAt(end) ?? 0
    const character = String.fromCodePoint(code)
    if (character === '=' || character === ':' || character === '\n') break
    if (!blank.test(character) && !nameCharacter.test(character)) {
      return {
        span: span(source, end, end + character.length),
        message: `\`${character}\` cannot stand in the name of a variable`,
      }
    }
    end += character.length - 1
  }
  const stopped = text[end]
  const bare = stopped === '\n'
  // a name on the last line without a newline is read as an empty name, and the name again as a value
  const name = stopped === undefined ? '' : text.slice(from, end).replace(/(?<![\s\x85])[\s\x85]+$/, '')
  let next = stopped === undefined ? from : end + 1
  while (blank.test(text[next] ?? '')) next += 1
  const nameSpan = span(source, from, from + name.length)
  if (name.includes(' ')) return { span: nameSpan, message: 'the name of a variable cannot contain a space' }
  return { name, nameSpan, exported, next, bare }
}

function inherit(reading: EnvReading, head: VariableHead, start: number): number {
  const { source } = reading
  if (head.name === '') return head.next
  const value = reading.lookup(head.name)
  const { end } = head.nameSpan
  if (value.kind !== 'unset') reading.values.set(head.name, value)
  const place = span(source, end, end)
  const { name, nameSpan, exported } = head
  reading.entries.push({
    name,
    nameSpan,
    exported,
    value,
    inherited: true,
    quote: '',
    span: span(source, start, end),
    valueSpan: place,
  })
  return head.next
}

function readValue(reading: EnvReading, head: VariableHead, start: number): number | Problem {
  const { text } = reading.source
  const quote = text[head.next]
  if (quote === '"' || quote === "'") return readQuoted(reading, head, start, quote)
  const newline = text.indexOf('\n', head.next)
  const lineEnd = newline === -1 ? text.length : newline
  const line = text.slice(head.next, lineEnd)
  const comment = line.indexOf(' #')
  const value = (comment === -1 ? line : line.slice(0, comment)).replace(/(?<![\s\x85])[\s\x85]+$/, '')
  const at = head.next
  const place = (offset: number) => at + offset
  const problem = assign(reading, head, { start, quote: '', text: value, place, from: at, to: at + value.length })
  return problem ?? Math.min(lineEnd + 1, text.length)
}

function readQuoted(reading: EnvReading, head: VariableHead, start: number, quote: '"' | "'"): number | Problem {
  const { source } = reading
  const { text } = source
  const from = head.next + 1
  const offsets: number[] = []
  let value = ''
  let escaped = false
  const add = (character: string, at: number) => {
    value += character
    offsets.push(at)
  }
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === quote && !escaped) {
      offsets.push(at)
      const place = (offset: number) => offsets[offset] ?? at
      const problem = assign(reading, head, { start, quote, text: value, place, from, to: at })
      return problem ?? at + 1
    }
    if (character === '\\' && !escaped) escaped = true
    else {
      if (escaped && character !== quote) add('\\', at - 1)
      escaped = false
      add(character, at)
    }
  }
  const line = text.indexOf('\n', head.next)
  return {
    span: span(source, head.next, line === -1 ? text.length : line),
    message: 'the quote of this value is never closed',
  }
}

/** A value as it is written: its text without quotes, where its offsets stand, and its range in the file. */
interface WrittenValue {
  readonly start: number
  readonly quote: '' | "'" | '"'
  readonly text: string
  readonly place: (offset: number) => number
  readonly from: number
  readonly to: number
}

function assign(reading: EnvReading, head: VariableHead, written: WrittenValue): Problem | undefined {
  const { source } = reading
  const { start, quote, from, to } = written
  const { name, nameSpan, exported } = head
  const valueSpan = span(source, from, to)
  const label = { span: from === to ? nameSpan : valueSpan, text: `\`${name}\` is set here` }
  let value: Known<string> = known(written.text, [label])
  if (quote !== "'") {
    const { text, place } = quote === '"' ? resolveEscapes(written.text) : asItIs(written.text)
    const lookup: EnvLookup = (wanted) => lookUp(reading, wanted)
    const result = substitute(text, lookup, (a, b) => span(source, written.place(place(a)), written.place(place(b))))
    for (const warning of result.warnings) reading.warnings.push(warning)
    for (const variable of result.variables) reading.variables.push(variable)
    if (result.problem) return result.problem
    value = toKnown(result, label)
  }
  const whole = span(source, start, quote === '' ? to : to + 1)
  reading.values.set(name, value)
  reading.entries.push({ name, nameSpan, exported, value, inherited: false, quote, span: whole, valueSpan })
  return undefined
}

const asItIs = (text: string) => ({ text, place: (offset: number) => offset })

function toKnown(result: Substitution, label: Label): Known<string> {
  const trail = [...result.trail, label]
  return result.unknown === undefined ? known(result.text, trail) : knownInPart(result.text, result.unknown, trail)
}

function lookUp(reading: EnvReading, name: string): Known<string> {
  const outside = reading.lookup(name)
  if (outside.kind === 'known') return outside
  return reading.values.get(name) ?? (outside.kind === 'unknown' ? outside : unset())
}
