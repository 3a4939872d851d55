/** Text after escape sequences, and where each of its offsets stood before. */
export interface Unescaped {
  readonly text: string
  place(offset: number): number
}

const sequences = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g
const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
}

/** Resolves the escape sequences that an env file knows in double quotes; what Go cannot unquote stays as it is. */
export function resolveEscapes(value: string): Unescaped {
  let text = ''
  let at = 0
  const starts: number[] = [0]
  const sources: number[] = [0]
  for (const found of value.matchAll(sequences)) {
    text += value.slice(at, found.index) + resolve(found[0])
    at = found.index + found[0].length
    starts.push(text.length)
    sources.push(at)
  }
  const place = (offset: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return Math.min((sources[low] ?? 0) + offset - (starts[low] ?? 0), value.length)
  }
  return { text: text + value.slice(at), place }
}

function resolve(sequence: string): string {
  if (sequence === '\\$') return '$$'
  if (!sequence.startsWith('\\0')) return named[sequence[1] ?? ''] ?? sequence
  // Go reads exactly three octal digits up to 377; what else follows the zero stays, without the zero
  const digits = sequence.slice(2)
  return /^[0-3][0-7]{2}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 8)) : `\\${digits}`
}
