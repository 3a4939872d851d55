import type { SimpleCommand, Word } from '../../languages/shell/types.ts'
import { span, textOf } from '../../text/source.ts'
import { locate } from '../stage-files/locate.ts'
import type { Written } from '../stage-files/types.ts'
import type { Frame } from './frame.ts'

/**
 * What a command writes into the file at `path`, which it appends to where `appends`: `cat <<EOF`, and `echo` and `printf`
 * of texts that are known. Undefined where that is not known to its end.
 */
export function writtenBy(
  command: SimpleCommand,
  path: string,
  appends: boolean,
  frame: Frame,
): readonly Written[] | undefined {
  const pieces = piecesOf(command, frame)
  if (!pieces || !appends) return pieces
  const before = textAlready(path, frame)
  return before && [...before, ...pieces]
}

function piecesOf({ words, redirects }: SimpleCommand, frame: Frame): readonly Written[] | undefined {
  const [name, ...args] = words
  if (name?.literal === 'cat') {
    const at = redirects.find(({ body }) => body)?.body
    return at && args.length === 0 ? [{ text: textOf(at), at }] : undefined
  }
  if (args.some(({ literal }) => literal === undefined)) return undefined
  if (name?.literal === 'echo') return echoed(args, frame)
  return name?.literal === 'printf' ? printed(args) : undefined
}

/** POSIX leaves to each shell what `echo` makes of flags and backslashes: dash has no `-e`, and takes `\\n` for a line feed. */
function echoed(args: readonly Word[], { process, sh }: Frame): readonly Written[] | undefined {
  const shell = process?.shell === 'sh' ? sh : process?.shell
  const isFlag = shell === 'dash' ? /^-n$/ : /^-[neE]+$/
  const end = args.findIndex(({ literal = '' }) => !isFlag.test(literal))
  const words = end === -1 ? [] : args.slice(end)
  const flags = args.slice(0, args.length - words.length).map(({ literal }) => literal)
  const isPlain = flags.length === 0 && words.every(({ literal }) => !literal?.includes('\\'))
  if (!isPlain && shell === undefined) return undefined
  const pieces: Written[] = []
  for (const word of words) {
    const piece = pieceOf(word, word.literal ?? '', shell === 'dash' || flags.join('').includes('e'))
    if (!piece) return undefined
    if (pieces.length > 0) pieces.push({ text: ' ', at: word.span })
    pieces.push(piece)
  }
  const last = args.at(-1)
  const [first] = words
  const whole = first && last && span(first.span.source, first.span.start, last.span.end)
  const text = pieces.map((piece) => piece.text).join('')
  if (whole && textOf(whole) === text) pieces.splice(0, pieces.length, { text, at: whole })
  return flags.join('').includes('n') || !last ? pieces : [...pieces, { text: '\n', at: last.span }]
}

/** `printf`: the format as often as there are arguments for it (POSIX.1-2017, printf), with `%s` and `%%` alone. */
function printed([format, ...args]: readonly Word[]): readonly Written[] | undefined {
  const parts = format?.literal?.split(/(%.)/s) ?? []
  if (!format || parts.some((part) => /^%[^s%]/.test(part))) return undefined
  const taken = parts.filter((part) => part === '%s').length
  const rounds = taken === 0 ? 1 : Math.max(1, Math.ceil(args.length / taken))
  const left = [...args]
  const pieces: (Written | undefined)[] = []
  for (let round = 0; round < rounds; round++) {
    for (const part of parts) {
      const word = part === '%s' ? left.shift() : undefined
      if (part === '%s') pieces.push(word && { text: word.literal ?? '', at: word.span })
      else if (part !== '') pieces.push(part === '%%' ? { text: '%', at: format.span } : pieceOf(format, part, true))
    }
  }
  const isKnown = parts.every((part) => part === '%s' || part === '%%' || pieceOf(format, part, true) !== undefined)
  return isKnown ? pieces.flatMap((piece) => piece ?? []) : undefined
}

const escaped: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '"': '"', "'": "'", '\n': '\\\n' }

/** `text` of a word with its escapes resolved; undefined where it has others than those that stand in scripts. */
function pieceOf({ span: at }: Word, text: string, escapes: boolean): Written | undefined {
  if (!escapes) return { text, at }
  if (/\\(?![nt\\"'\n])/.test(text)) return undefined
  return { text: text.replace(/\\([nt\\"'\n])/g, (_, letter: string) => escaped[letter] ?? ''), at }
}

function textAlready(path: string, { draft, world }: Frame): readonly Written[] | undefined {
  const { origin, causes } = locate(draft, path)
  if (causes.some(({ runs }) => runs === 'maybe')) return undefined
  if (origin.kind === 'absent' || origin.kind === 'removed') return []
  if (origin.kind === 'inline') return origin.written
  const source = origin.kind === 'context' ? world.sourceAt(origin.path) : undefined
  return source && [{ text: source.text, at: span(source, 0, source.text.length) }]
}
