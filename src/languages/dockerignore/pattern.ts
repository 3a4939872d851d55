import { compileExpression } from './expression.ts'

/** Whether a path matches a pattern. */
export type Matcher = (path: string) => boolean

/** Characters that moby escapes; it means to escape `|`, `{` and `}` too, and does not. */
const plain = new Set('.+()$')

/**
 * A matcher for a cleaned pattern without its `!`; undefined where Docker refuses the pattern once it needs it. As
 * moby's patternmatcher it compares plain text where the pattern holds nothing special or only a `**` at its ends, and goes through a regular
 * expression for the rest, with the oddities of that: `lib**` is any path that begins with `lib`.
 */
export function compilePattern(pattern: string): Matcher | undefined {
  const characters = [...pattern.replace(/^\ufeff/, '')]
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
  const matches = compileExpression(`${expression.join('')}$`)
  const [, start, end] = onlyStars.exec(pattern) ?? []
  if (!matches || start === undefined || end === undefined) return matches
  return (path) => path.startsWith(start) && path.endsWith(end) && matches(path)
}

/** What a pattern of plain characters, `*` and `?` begins and ends with; the slash of a `**` + `/` may be left out. */
const onlyStars =
  /^([\w./ @~%=:,#!-]*)[*?](?:[\w./ @~%=:,#!*?-]*\*\*\/|[\w./ @~%=:,#!*?-]*[*?]|\*\/)?([\w./ @~%=:,#!-]*)$/

/**
 * Whether Docker refuses the pattern at once: it has Go's filepath.Match try it on `.`, which looks at no more of the
 * pattern than it needs, up to the first `*` that follows something.
 */
export function isRefused(pattern: string): boolean {
  const stars = /^\**/.exec(pattern)?.[0].length ?? 0
  const end = chunkEnd(pattern, stars)
  const chunk = pattern.slice(stars, end)
  if (!isValid(chunk)) return true
  if (
    end >= pattern.length ||
    compileExpression(`^${chunk === '?' ? '[^/]' : chunk === '.' ? '\\.' : chunk}$`)?.('.') !== true
  )
    return false
  const next = end + (/^\**/.exec(pattern.slice(end))?.[0].length ?? 0)
  return !isValid(pattern.slice(next, chunkEnd(pattern, next)))
}

function chunkEnd(pattern: string, start: number): number {
  let inClass = false
  for (let at = start; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '*' && !inClass) return at
  }
  return pattern.length
}

/** Whether all classes are closed and not empty, and an escape is not the last character. */
function isValid(chunk: string): boolean {
  let at = 0
  const readMember = (): boolean => {
    if (at >= chunk.length || chunk[at] === '-' || chunk[at] === ']') return false
    if (chunk[at] === '\\' && ++at >= chunk.length) return false
    at += (chunk.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    return at < chunk.length
  }
  while (at < chunk.length) {
    const first = chunk[at++]
    if (first === '\\' && at++ >= chunk.length) return false
    if (first !== '[') continue
    if (chunk[at] === '^') at++
    for (let ranges = 0; ranges === 0 || chunk[at] !== ']'; ranges++) {
      if (!readMember()) return false
      if (chunk[at] !== '-') continue
      at++
      if (!readMember()) return false
    }
    at++
  }
  return true
}
