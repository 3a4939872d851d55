import type { Problem } from '../../text/diagnostic.ts'
import { type Joined, spanIn } from './lines.ts'
import { fieldEnd, type LineToken, quotedWordsOf } from './tokens.ts'
import type { Escape, Pair } from './types.ts'

/** Reads the arguments of ENV, ARG and LABEL, `[from, to)` of the line. */
export function readPairs(
  line: Joined,
  from: number,
  to: number,
  keyword: 'ENV' | 'ARG' | 'LABEL',
  escaping: Escape,
): { readonly pairs: readonly Pair[]; readonly problems: readonly Problem[] } {
  const words = quotedWordsOf(line.text, from, to, escaping)
  const problems: Problem[] = []
  if (keyword !== 'ARG' && words[0] && !words[0].text.includes('=')) return readOldPair(line, from, to, keyword)
  const pairs: Pair[] = []
  for (const word of words) {
    const equals = word.text.indexOf('=')
    const at = spanIn(line, word.from, word.to)
    if (equals === 0) problems.push({ span: at, message: `a name is missing before \`=\`` })
    else if (equals > 0) pairs.push(pairOf(line, word, equals))
    else if (keyword === 'ARG') pairs.push({ name: word.text, span: at, nameSpan: at })
    else problems.push({ span: at, message: `\`${keyword}\` needs \`name=value\`` })
  }
  return { pairs, problems }
}

function pairOf(line: Joined, word: LineToken, equals: number): Pair {
  const middle = word.from + equals
  return {
    name: word.text.slice(0, equals),
    value: word.text.slice(equals + 1),
    span: spanIn(line, word.from, word.to),
    nameSpan: spanIn(line, word.from, middle),
    valueSpan: spanIn(line, middle + 1, word.to),
  }
}

/** `ENV name the rest of the line`. */
function readOldPair(
  line: Joined,
  from: number,
  to: number,
  keyword: string,
): { readonly pairs: readonly Pair[]; readonly problems: readonly Problem[] } {
  const end = fieldEnd(line.text, from, to)
  let start = end
  while (start < to && '\t\v\f\r '.includes(line.text[start] ?? '')) start++
  if (start >= to)
    return {
      pairs: [],
      problems: [{ span: spanIn(line, from, to), message: `\`${keyword}\` needs a name and a value` }],
    }
  const pair = {
    name: line.text.slice(from, end),
    value: line.text.slice(start, to),
    span: spanIn(line, from, to),
    nameSpan: spanIn(line, from, end),
    valueSpan: spanIn(line, start, to),
  }
  return { pairs: [pair], problems: [] }
}
