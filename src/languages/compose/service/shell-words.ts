/** A word of a command line and where it stands in it. */
export interface ShellWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

const inWord = 1
const quotedWord = 2

/**
 * The words of a command, as Go's shellwords package (v1.0.12) splits it: what follows `;`, `&`, `|`, `<` or `>` is
 * dropped. Undefined where the line is refused: a quote is open, or a parenthesis stands alone.
 */
export function shellWords(line: string): readonly ShellWord[] | undefined {
  const words: ShellWord[] = []
  let text = ''
  let start = 0
  let got = 0
  let begun = false
  let escaped = false
  let double = false
  let single = false
  let back = false
  let dollar = false
  let at = 0
  for (; at < line.length; at += 1) {
    const character = line[at] ?? ''
    const quoting = single || double || back || dollar
    if (escaped) {
      text += character
      escaped = false
      got = inWord
      continue
    }
    if (!begun && !/[ \t\r\n]/.test(character)) start = at
    if (!/[ \t\r\n]/.test(character)) begun = true
    if (character === '\\') {
      if (single) text += character
      else escaped = true
      continue
    }
    if (/[ \t\r\n]/.test(character)) {
      if (quoting) text += character
      else if (got !== 0) {
        words.push({ text, start, end: at })
        text = ''
        got = 0
        begun = false
      }
      continue
    }
    if (character === '`' && !single && !double && !dollar) back = !back
    else if (character === ')' && !single && !double && !back) dollar = !dollar
    else if (character === '(' && !single && !double && !back) {
      if (dollar || !text.endsWith('$')) return undefined
      dollar = true
      text += '('
      continue
    } else if (character === '"' && !single && !dollar) {
      if (double) got = quotedWord
      double = !double
      continue
    } else if (character === "'" && !double && !dollar) {
      if (single) got = quotedWord
      single = !single
      continue
    } else if (/[;&|<>]/.test(character) && !quoting) {
      if (character === '>' && /^[0-9]/.test(text)) got = 0
      break
    }
    got = inWord
    text += character
  }
  if (got !== 0) words.push({ text, start, end: at })
  return escaped || single || double || back || dollar ? undefined : words
}
