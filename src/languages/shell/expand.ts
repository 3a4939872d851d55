import {
  deciding,
  gap,
  type Known,
  known,
  knownInPart,
  longestValue,
  type TrailLabel,
  tooLong,
  unknown,
} from '../../text/known.ts'
import { trimmedBy } from './pattern.ts'
import type { VariablePart, Word, WordPart } from './types.ts'

type ShellLookup = (name: string) => Known<string>

const deepest = 32
const longestTrimmed = 1_000
const longestTrail = 32

/**
 * What a word stands for, given what is known of variables: parameter expansion as in POSIX.1-2017, 2.6.2. It is
 * never `unset`: a variable that is not set is the empty string. The result is the word before field splitting;
 * a glob stays as it is written. Unknown where a command, arithmetic or a variable of which nothing is known is in it.
 */
export const expandShellWord = (word: Word, lookup: ShellLookup): Known<string> => expandWord(word, lookup, 0)

function expandWord(word: Word, lookup: ShellLookup, depth: number): Known<string> {
  if (word.literal !== undefined) return known(word.literal)
  if (depth > deepest) return unknown('it is nested too deep')
  let value = ''
  let why: string | undefined
  const trail: TrailLabel[] = []
  for (const part of word.parts) {
    const found = expandPart(part, lookup, depth)
    trail.push(...found.trail)
    if (found.kind === 'unknown') {
      why ??= found.why
      value += found.partial ?? gap
    } else if (found.kind === 'known') value += found.value
    if (value.length > longestValue) return tooLong(trail.slice(-longestTrail))
  }
  const kept = trail.slice(-longestTrail)
  return why === undefined ? known(value, kept) : knownInPart(value, why, kept)
}

function expandPart(part: WordPart, lookup: ShellLookup, depth: number): Known<string> {
  switch (part.kind) {
    case 'literal':
      return known(part.value)
    case 'glob':
      return known(part.text)
    case 'variable':
      return expandVariable(part, lookup, depth)
    case 'command':
      return unknown(`\`${shortened(part.text)}\` is known only when it runs`)
    case 'arithmetic':
    case 'other':
      return unknown(`\`${shortened(part.text)}\` is not computed`)
  }
}

function expandVariable(part: VariablePart, lookup: ShellLookup, depth: number): Known<string> {
  const { name, operator, operand } = part
  const found = lookup(name)
  if (operator === undefined || found.kind === 'unknown') return found
  const value = found.kind === 'known' ? found.value : undefined
  const missing = operator.startsWith(':') ? !value : value === undefined
  const other = () => (operand ? withTrail(found.trail, expandWord(operand, lookup, depth + 1)) : found)
  const instead = (asks: boolean) =>
    operand
      ? withTrail(
          found.trail.map((label) => deciding(label, asks)),
          expandWord(operand, lookup, depth + 1),
        )
      : found
  switch (operator) {
    case '-':
    case ':-':
    case '=':
    case ':=':
      return missing ? instead(false) : found
    case '+':
    case ':+':
      return missing ? known('', found.trail) : instead(true)
    case '?':
    case ':?':
      return missing ? unknown(`the shell stops here: \`${name}\` is not set`, found.trail) : found
    case '#':
    case '##':
    case '%':
    case '%%': {
      const pattern = other()
      if (pattern.kind === 'unknown') return pattern
      if ((value?.length ?? 0) > longestTrimmed)
        return unknown(`the value of \`${name}\` is too long to be cut`, found.trail)
      return known(trimmedBy(value ?? '', pattern.kind === 'known' ? pattern.value : '', operator), pattern.trail)
    }
    case 'length':
      return known(String((value ?? '').length), found.trail)
    default:
      return unknown(`\`${shortened(part.text)}\` is not computed`, found.trail)
  }
}

const withTrail = (before: readonly TrailLabel[], found: Known<string>): Known<string> => ({
  ...found,
  trail: [...before, ...found.trail],
})

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text)
