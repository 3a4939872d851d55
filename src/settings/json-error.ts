const token =
  /[ \t\r\n]*(?:([{}[\],:])|("[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\p{Cc}]*)*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.]))/uy

/** What may come next: a value (or the end of an empty list), a key (or the end of an empty object), … */
type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma'

/** The offset at which a text stops being JSON (RFC 8259); its length where something is missing at its end. */
export function jsonErrorAt(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = text.startsWith('\ufeff') ? 1 : 0
  for (;;) {
    const blank = /[ \t\r\n]*/y
    blank.lastIndex = at
    const begin = at + (blank.exec(text)?.[0].length ?? 0)
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) return begin
    const next = step(expected, match[1] ?? (match[2] === undefined ? 'literal' : 'string'), open)
    if (next === undefined) return begin
    expected = next
    at = token.lastIndex
  }
}

/** What is expected after a token; undefined where the token cannot stand there. `open` are the brackets around it. */
function step(expected: Expected, found: string, open: ('{' | '[')[]): Expected | undefined {
  if (found === '}' || found === ']') {
    const isRight = open.pop() === (found === '}' ? '{' : '[')
    const isEmpty = expected === (found === '}' ? 'first key' : 'first value')
    return isRight && (expected === 'comma' || isEmpty) ? 'comma' : undefined
  }
  if (expected === 'colon') return found === ':' ? 'value' : undefined
  if (expected === 'comma')
    return found === ',' && open.length > 0 ? (open.at(-1) === '{' ? 'key' : 'value') : undefined
  if (expected === 'key' || expected === 'first key') return found === 'string' ? 'colon' : undefined
  if (found === '{' || found === '[') {
    open.push(found)
    return found === '{' ? 'first key' : 'first value'
  }
  return found === 'string' || found === 'literal' ? 'comma' : undefined
}
