import type { Problem } from '../../text/diagnostic.ts'
import { span, textOf } from '../../text/source.ts'
import { readCommandLine, wordOf } from './command-line.ts'
import { checkFlags, flagOf, flagWord, flagWords, isOn } from './flags.ts'
import { endOf, readHeredocOpening, readHeredocs } from './heredocs.ts'
import { isBlank, type Joined, offsetIn, spanIn, trimmed } from './lines.ts'
import { readMount } from './mounts.ts'
import { readPairs } from './pairs.ts'
import { type FlagToken, fieldEnd, fieldsOf, flagsOf, jsonStringsOf, type LineToken } from './tokens.ts'
import type { CommandLine, Escape, Heredoc, Instruction, InstructionFlag, Word } from './types.ts'

/** A line that is read as an instruction, and where what is read goes. */
export interface LineReading {
  readonly line: Joined
  /** The offset of the line after it, where heredocs begin. */
  readonly next: number
  readonly escape: Escape
  readonly index: number
  readonly stage?: number
  readonly problems: Problem[]
}

/** What all instructions have, and the indices of the arguments in the line. */
interface InstructionParts {
  readonly base: {
    readonly index: number
    readonly stage?: number
    readonly span: Instruction['span']
    readonly keywordSpan: Instruction['keywordSpan']
    readonly flags: readonly InstructionFlag[]
    readonly heredocs: readonly Heredoc[]
  }
  readonly keyword: string
  readonly flagTokens: readonly FlagToken[]
  readonly from: number
  readonly to: number
}

const rest = ['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER'] as const
const withHeredocs = new Set(['RUN', 'COPY', 'ADD'])

/** Reads the instruction at `start` of a line; `next` is where the line after its heredocs begins. */
export function readInstruction(
  reading: LineReading,
  start = 0,
  inOnbuild = false,
): { readonly instruction: Instruction; readonly next: number } {
  const { line, problems } = reading
  const { from: first, to } = trimmed(line.text, start, line.text.length)
  const afterKeyword = fieldEnd(line.text, first, to)
  const keyword = line.text.slice(first, afterKeyword).toUpperCase()
  const keywordSpan = spanIn(line, first, afterKeyword)
  const { flags: flagTokens, end } = flagsOf(line.text, afterKeyword, to, reading.escape)
  const from = Math.min(end, to)
  const flags = flagTokens.map((token) => flagOf(line, token))
  problems.push(...(keyword === 'ONBUILD' || !isKeyword(keyword) ? [] : checkFlags(keyword, flags)))
  const place = {
    index: reading.index,
    ...(reading.stage === undefined ? {} : { stage: reading.stage }),
    keywordSpan,
    flags,
  }

  if (keyword === 'ONBUILD') {
    const inner = readTrigger(reading, from, to, keywordSpan, inOnbuild)
    const last = inner?.instruction.span.end ?? endOf(line, to, [])
    const base = { ...place, span: span(line.source, keywordSpan.start, last), heredocs: [] }
    const instruction: Instruction = inner
      ? { ...base, keyword, trigger: inner.instruction }
      : { ...base, keyword: 'UNKNOWN', name: keyword }
    return { instruction, next: inner?.next ?? reading.next }
  }

  const takes = withHeredocs.has(keyword) && !Array.isArray(jsonStringsOf(line.text, from, to))
  const read = takes ? readHeredocs(line, reading.next) : { heredocs: [], next: reading.next, problems: [] }
  problems.push(...read.problems)
  const whole = span(line.source, offsetIn(line, first), endOf(line, to, read.heredocs))
  const parts = { base: { ...place, span: whole, heredocs: read.heredocs }, keyword, flagTokens, from, to }
  return { instruction: readArguments(reading, parts), next: read.next }
}

function readTrigger(reading: LineReading, from: number, to: number, keywordSpan: Problem['span'], inOnbuild: boolean) {
  if (from >= to || inOnbuild) {
    const message = inOnbuild ? '`ONBUILD` cannot hold another `ONBUILD`' : '`ONBUILD` needs an instruction'
    reading.problems.push({ span: keywordSpan, message })
    return undefined
  }
  const inner = readInstruction(reading, from, true)
  const { keyword, keywordSpan: at } = inner.instruction
  if (keyword === 'FROM' || keyword === 'MAINTAINER')
    reading.problems.push({ span: at, message: `\`ONBUILD\` cannot hold \`${keyword}\`` })
  return inner
}

const keywords = new Set([
  ...rest,
  ...withHeredocs,
  'FROM',
  'CMD',
  'ENTRYPOINT',
  'SHELL',
  'ENV',
  'ARG',
  'LABEL',
  'EXPOSE',
  'VOLUME',
  'HEALTHCHECK',
  'ONBUILD',
])
const isKeyword = (name: string) => keywords.has(name)
const isRest = (name: string): name is (typeof rest)[number] => rest.some((keyword) => keyword === name)

function readArguments(reading: LineReading, parts: InstructionParts): Instruction {
  const { line, problems } = reading
  const { base, keyword, from, to } = parts
  const words = (tokens: readonly LineToken[]): readonly Word[] => tokens.map((token) => wordOf(line, token))
  const refuse = (message: string, at = base.keywordSpan): Instruction => {
    problems.push({ span: at, message })
    return { ...base, keyword: 'UNKNOWN', name: keyword }
  }
  if (!isKeyword(keyword)) return refuse(`Docker knows no instruction \`${textOf(base.keywordSpan)}\``)
  if (keyword === 'RUN' || keyword === 'CMD' || keyword === 'ENTRYPOINT') {
    const command = commandLine(reading, parts, from)
    if (keyword !== 'RUN') return { ...base, keyword, command }
    const mounts = parts.flagTokens.flatMap((token) => {
      if (!token.text.startsWith('--mount=')) return []
      const read = readMount(line, token)
      problems.push(...read.problems)
      return [read.mount]
    })
    return { ...base, keyword, command, mounts }
  }
  if (keyword === 'FROM') return readFrom(reading, parts, words(fieldsOf(line.text, from, to)))
  if (keyword === 'COPY' || keyword === 'ADD') return readCopy(reading, parts, keyword)
  if (from >= to) return refuse(`\`${keyword}\` needs an argument`)
  if (keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL') {
    const pairs = readPairs(line, from, to, keyword, reading.escape)
    problems.push(...pairs.problems)
    return { ...base, keyword, pairs: pairs.pairs }
  }
  if (keyword === 'HEALTHCHECK') return readHealthcheck(reading, parts)
  if (keyword === 'EXPOSE') return { ...base, keyword, ports: words(fieldsOf(line.text, from, to)) }
  if (isRest(keyword)) return { ...base, keyword, word: wordOf(line, { text: line.text.slice(from, to), from, to }) }
  const strings = jsonStringsOf(line.text, from, to)
  if (strings === 'invalid') return refuse('the array may hold only strings', spanIn(line, from, to))
  if (keyword === 'VOLUME') return { ...base, keyword, paths: words(strings ?? fieldsOf(line.text, from, to)) }
  if (!strings || strings.length === 0) return refuse('`SHELL` needs a JSON array of strings', spanIn(line, from, to))
  return { ...base, keyword: 'SHELL', argv: words(strings) }
}

function commandLine({ line, problems }: LineReading, { base, to }: InstructionParts, from: number): CommandLine {
  const read = readCommandLine(line, from, to, base.heredocs)
  if (read !== 'invalid') return read
  const at = spanIn(line, from, to)
  problems.push({ span: at, message: 'the array may hold only strings' })
  return { form: 'shell', script: at, omitted: [], span: at }
}

function readFrom(
  { line, problems }: LineReading,
  { base, to }: InstructionParts,
  words: readonly Word[],
): Instruction {
  const [image, as, name] = words
  const platform = flagWord(base.flags, 'platform')
  const named = words.length === 3 && as?.text.toLowerCase() === 'as' ? name : undefined
  if (!image) problems.push({ span: base.keywordSpan, message: '`FROM` needs an image' })
  else if (words.length !== 1 && !named)
    problems.push({ span: base.span, message: '`FROM` takes an image, and perhaps `AS` and a name' })
  else if (named && !/^[a-z][a-z0-9-_.]*$/i.test(named.text)) {
    problems.push({
      span: named.span,
      message: `\`${named.text}\` cannot name a stage: letters, digits, \`-\`, \`_\` and \`.\`, a letter first`,
    })
  }
  const missing = { text: '', span: spanIn(line, to, to) }
  return {
    ...base,
    keyword: 'FROM',
    base: image ?? missing,
    ...(platform ? { platform } : {}),
    ...(named ? { name: named } : {}),
  }
}

function readCopy(
  { line, problems }: LineReading,
  { base, from, to }: InstructionParts,
  keyword: 'COPY' | 'ADD',
): Instruction {
  const strings = jsonStringsOf(line.text, from, to)
  const words = (Array.isArray(strings) ? strings : fieldsOf(line.text, from, to)).map((token) => wordOf(line, token))
  const destination = words.at(-1)
  if (strings === 'invalid' || words.length < 2 || !destination) {
    const message =
      strings === 'invalid' ? 'the array may hold only strings' : `\`${keyword}\` needs a source and a destination`
    problems.push({ span: strings === 'invalid' ? spanIn(line, from, to) : base.keywordSpan, message })
    return { ...base, keyword: 'UNKNOWN', name: keyword }
  }
  if (readHeredocOpening(destination.text))
    problems.push({ span: destination.span, message: `a heredoc cannot be the destination of \`${keyword}\`` })
  const sources: Word[] = []
  const files: Heredoc[] = []
  for (const word of words.slice(0, -1)) {
    const opening = readHeredocOpening(word.text)
    const file = opening && base.heredocs.findLast((heredoc) => heredoc.delimiter === opening.delimiter)
    if (file) files.push(file)
    else if (!opening) sources.push(word)
  }
  const { flags } = base
  const single = {
    from: keyword === 'COPY' ? flagWord(flags, 'from') : undefined,
    chown: flagWord(flags, 'chown'),
    chmod: flagWord(flags, 'chmod'),
  }
  return {
    ...base,
    keyword,
    sources,
    files,
    destination,
    ...(single.from ? { from: single.from } : {}),
    ...(single.chown ? { chown: single.chown } : {}),
    ...(single.chmod ? { chmod: single.chmod } : {}),
    link: isOn(flags, 'link'),
    parents: isOn(flags, 'parents'),
    exclude: flagWords(flags, 'exclude'),
  }
}

function readHealthcheck(reading: LineReading, parts: InstructionParts): Instruction {
  const { line, problems } = reading
  const { base, from, to } = parts
  let end = from
  while (end < to && !isBlank(line.text[end] ?? '')) end++
  const kind = line.text.slice(from, end).toUpperCase()
  const start = trimmed(line.text, end, to).from
  const refuse = (message: string): Instruction => {
    problems.push({ span: spanIn(line, from, end), message })
    return { ...base, keyword: 'UNKNOWN', name: 'HEALTHCHECK' }
  }
  if (kind === 'NONE')
    return start < to ? refuse('`HEALTHCHECK NONE` takes no arguments') : { ...base, keyword: 'HEALTHCHECK' }
  if (kind !== 'CMD') return refuse('`HEALTHCHECK` is followed by `CMD` or `NONE`')
  if (start >= to) return refuse('`HEALTHCHECK CMD` needs a command')
  return { ...base, keyword: 'HEALTHCHECK', command: commandLine(reading, parts, start) }
}
