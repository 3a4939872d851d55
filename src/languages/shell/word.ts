import type { Assignment, HereDoc, ParameterExpansionPart, WordPart as ParsedPart, Word as ParsedWord } from 'unbash'
import type { Span } from '../../text/source.ts'
import type { Region } from './region.ts'
import { tagFiller } from './template.ts'
import type { VariablePart, Word, WordPart } from './types.ts'

/** A word of the parser with places in the source. */
export function readWord(region: Region, word: ParsedWord): Word {
  const at = region.at(word.pos, word.end)
  if (word.parts === undefined) return literalWord(word.value, at, word.text, word.text !== word.value)
  return wordOf(
    at,
    word.text,
    word.parts.flatMap((part) => readPart(region, part, false)),
  )
}

/** A word that stands for `value`, such as one argument of the exec form; `text` is as it is written. */
export function literalWord(value: string, at: Span, text = value, quoted = false): Word {
  return wordOf(at, text, [literalPart(value, at, quoted)], quoted)
}

/** A word made of parts. */
export function wordOf(at: Span, text: string, parts: readonly WordPart[], quoted = false): Word {
  const first = parts[0]
  const plain = parts.every((part) => part.kind === 'literal' || (part.kind === 'glob' && text.includes('://')))
  const value = (part: WordPart) => (part.kind === 'literal' ? part.value : part.kind === 'glob' ? part.text : '')
  return {
    span: at,
    text,
    parts: parts.length === 1 && first ? [first] : parts,
    quoted: quoted || parts.some((part) => part.quoted),
    literal: plain ? parts.map(value).join('') : undefined,
  }
}

/** `NAME=value` as the word that it is to `env` or `export`. */
export function assignmentWord(region: Region, assignment: Assignment): Word {
  const at = region.at(assignment.pos, assignment.end)
  if (assignment.value.type === 'ArrayValue') {
    return wordOf(at, assignment.text, [{ kind: 'other', span: at, text: assignment.text, quoted: false }])
  }
  const name = region.at(assignment.pos, assignment.value.pos)
  const head = literalPart(region.text.slice(assignment.pos, assignment.value.pos), name, false)
  return wordOf(at, assignment.text, [head, ...readWord(region, assignment.value).parts])
}

/** The text of a here-document, after the tabs of `<<-` and the escapes are gone. */
export function hereWord(region: Region, here: HereDoc): Word {
  const { pos, end, text, parts } = here.body
  const at = region.at(pos, end)
  const untabbed = (value: string) => (here.operator === '<<-' ? value.replace(/^\t+/gm, '') : value)
  const quoted = here.delimiter?.quoted ?? false
  if (quoted) return literalWord(untabbed(text), at, text, true)
  if (parts === undefined) return literalWord(untabbed(text).replace(/\\(\n|[$`\\])/g, unescaped), at, text, true)
  const read = parts.flatMap((part) => readPart(region, part, true))
  return wordOf(
    at,
    text,
    read.map((part) => (part.kind === 'literal' ? { ...part, value: untabbed(part.value) } : part)),
  )
}

const unescaped = (_: string, character: string) => (character === '\n' ? '' : character)

const literalPart = (value: string, at: Span, quoted: boolean): WordPart =>
  value.includes(tagFiller)
    ? { kind: 'other', span: at, text: value, quoted }
    : { kind: 'literal', span: at, value, quoted }

function readPart(region: Region, part: ParsedPart, quoted: boolean): readonly WordPart[] {
  const at = region.at(part.pos, part.end)
  const { text } = part
  switch (part.type) {
    case 'Literal':
      return [literalPart(part.value, at, quoted || part.value !== text)]
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [literalPart(part.value, at, true)]
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [literalPart('', at, true)]
      return part.parts.flatMap((child) => readPart(region, child, true))
    case 'SimpleExpansion':
      return [
        { kind: 'variable', span: at, text, name: text.slice(1), quoted, operator: undefined, operand: undefined },
      ]
    case 'ParameterExpansion':
      return [readParameter(region, part, quoted)]
    case 'CommandExpansion':
      return [{ kind: 'command', span: at, text, quoted }]
    case 'ArithmeticExpansion':
      return [{ kind: 'arithmetic', span: at, text, quoted }]
    case 'Glob':
    case 'ExtendedGlob':
      return [{ kind: 'glob', span: at, text, quoted: false }]
    case 'ProcessSubstitution':
    case 'BraceExpansion':
      return [{ kind: 'other', span: at, text, quoted }]
  }
}

function readParameter(region: Region, part: ParameterExpansionPart, quoted: boolean): VariablePart {
  const { operation, prefix, index } = part
  const simple = operation?.type === 'Default' || operation?.type === 'Remove'
  const own = prefix === '#' ? 'length' : prefix === '!' ? 'indirect' : index ? 'index' : undefined
  return {
    kind: 'variable',
    span: region.at(part.pos, part.end),
    text: part.text,
    name: part.parameter,
    quoted,
    operator: own ?? operation?.operator,
    operand: simple && own === undefined ? readWord(region, operation.operand) : undefined,
  }
}
