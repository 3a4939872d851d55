/** Gives the text of a variable or of a function call, expanded; `unknownText` where that is not known. */
export type MakeLookup = (name: string) => string

/** What stands in a shell text for what make would put there and we do not know. */
export const unknownText = '$((unknown))'

const longestText = 100_000
const deepest = 32

/**
 * Fills in the references of a Makefile: `$(NAME)`, `${NAME}`, `$X`, `$$` (GNU make manual, "How to Use Variables").
 * `$(shell …)` becomes the shell's own `$(…)`, everything else that is not known `unknownText`.
 */
export function expandMake(text: string, lookup: MakeLookup, depth = 0): string {
  if (depth > deepest) return unknownText
  let result = ''
  for (let at = 0; at < text.length && result.length < longestText; ) {
    const dollar = text.indexOf('$', at)
    if (dollar === -1 || dollar === text.length - 1) return result + text.slice(at)
    result += text.slice(at, dollar)
    const next = text[dollar + 1] ?? ''
    if (next !== '(' && next !== '{') {
      result += next === '$' ? '$' : lookup(next)
      at = dollar + 2
      continue
    }
    const close = closing(text, dollar + 1)
    const name = expandMake(text.slice(dollar + 2, close), lookup, depth + 1)
    result += textOfReference(name, lookup)
    at = close + 1
  }
  return result.length < longestText ? result : unknownText
}

function textOfReference(name: string, lookup: MakeLookup): string {
  const shell = /^shell\s+(?!\s)(.*)$/s.exec(name)
  if (shell) return `$(${shell[1]})`
  // What is put together already may hold `unknownText`, which is the name of nothing.
  return /[\s:()]/.test(name) ? unknownText : lookup(name)
}

/** The index of the bracket that closes the one at `open`; the end of the text where none does. */
function closing(text: string, open: number): number {
  const [one, other] = text[open] === '(' ? ['(', ')'] : ['{', '}']
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === one) depth++
    else if (text[at] === other && --depth === 0) return at
  }
  return text.length
}
