import { compileExpression } from './expression.ts'

/** Whether a path matches a pattern. */
export type Matcher = (path: string) => boolean

/** Characters that mean something in a regular expression and nothing in a pattern. */
const plain = new Set('.+()|{}$')

/**
 * A matcher for a cleaned pattern without its `!`; undefined where Docker refuses the pattern. As moby's patternmatcher
 * it compares plain text where the pattern holds nothing special or only a `**` at its ends, and goes through a regular
 * expression for the rest, with the oddities of that: `lib**` is any path that begins with `lib`.
 */
export function compilePattern(pattern: string): Matcher | undefined {
  if (!isValid(pattern)) return undefined
  const characters = [...pattern]
  const expression: string[] = ['^']
  let kind: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact'
  let at = 0
  for (let turn = 0; at < characters.length; turn++) {
    const character = characters[at++] ?? ''
    if (character === '*' && characters[at] === '*') {
      at++
      if (characters[at] === '/') at++
      const last = at >= characters.length
      expression.push(last ? '.*' : '(.*/)?')
      if (last && kind === 'exact') kind = 'prefix'
      else kind = 'expression'
      if (turn === 0) kind = 'suffix'
    } else if (character === '*' || character === '?') {
      expression.push(character === '*' ? '[^/]*' : '[^/]')
      kind = 'expression'
    } else if (plain.has(character)) {
      expression.push(`\\${character}`)
    } else if (character === '\\' && at < characters.length) {
      expression.push(`\\${characters[at++]}`)
      kind = 'expression'
    } else {
      expression.push(character)
      if (character === '[' || character === ']') kind = 'expression'
    }
  }
  if (kind === 'exact') return (path) => path === pattern
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2))
  if (kind === 'suffix')
    return (path) => path.endsWith(pattern.slice(2)) || (pattern[2] === '/' && path === pattern.slice(3))
  return compileExpression(`${expression.join('')}$`)
}

/** Whether Go's filepath.Match takes the pattern: classes are closed and not empty, and an escape is not the last character. */
function isValid(pattern: string): boolean {
  let at = 0
  const character = (): boolean => {
    if (at >= pattern.length || pattern[at] === '-' || pattern[at] === ']') return false
    if (pattern[at] === '\\' && ++at >= pattern.length) return false
    at++
    return at < pattern.length
  }
  while (at < pattern.length) {
    const first = pattern[at++]
    if (first === '\\' && at++ >= pattern.length) return false
    if (first !== '[') continue
    if (pattern[at] === '^') at++
    for (let ranges = 0; ranges === 0 || pattern[at] !== ']'; ranges++) {
      if (!character()) return false
      if (pattern[at] !== '-') continue
      at++
      if (!character()) return false
    }
    at++
  }
  return true
}
