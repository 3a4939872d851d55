/** A part of a shell pattern: one certain character, any character (`?`), or any number of them (`*`). */
type PatternPart =
  | { readonly kind: 'character'; readonly value: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }

const sizeLimit = 4096

/** The parts of `pattern`; undefined where an escape stands before a character that cannot be escaped. */
function partsOf(pattern: string): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = []
  const characters = [...pattern]
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    if (character === '*') parts.push({ kind: 'star' })
    else if (character === '?') parts.push({ kind: 'any' })
    else if (character !== '\\') parts.push({ kind: 'character', value: character })
    else {
      const escaped = characters[index + 1]
      if (escaped === '}' || escaped === '/') continue
      if (escaped !== '*' && escaped !== '?' && escaped !== '\\') return undefined
      parts.push({ kind: 'character', value: escaped })
      index++
    }
  }
  return parts
}

/** Where a match that begins at `start` ends: the first or the last possible place. */
function matchEnd(
  text: readonly string[],
  start: number,
  parts: readonly PatternPart[],
  longest: boolean,
): number | undefined {
  let found: number | undefined
  let states = closure(new Set([0]), parts)
  for (let at = start; ; at++) {
    if (states.has(parts.length)) {
      found = at
      if (!longest) return found
    }
    const character = text[at]
    if (character === undefined || states.size === 0) return found
    const reached = new Set<number>()
    for (const state of states) {
      const part = parts[state]
      if (part === undefined) continue
      if (part.kind === 'character' ? part.value === character : character !== '\n')
        reached.add(part.kind === 'star' ? state : state + 1)
    }
    states = closure(reached, parts)
  }
}

function closure(states: Set<number>, parts: readonly PatternPart[]): Set<number> {
  for (const state of states) if (parts[state]?.kind === 'star') states.add(state + 1)
  return states
}

const tooLarge = (text: readonly string[], pattern: string) => text.length > sizeLimit || pattern.length > sizeLimit

/** `value` without the shortest or longest beginning that matches; undefined where the pattern is invalid. */
export function removePrefix(value: string, pattern: string, longest: boolean): string | undefined {
  const parts = partsOf(pattern)
  const text = [...value]
  if (!parts || tooLarge(text, pattern)) return undefined
  const end = matchEnd(text, 0, parts, longest)
  return end === undefined ? value : text.slice(end).join('')
}

/** `value` without the shortest or longest end that matches; undefined where the pattern is invalid. */
export function removeSuffix(value: string, pattern: string, longest: boolean): string | undefined {
  const rest = removePrefix(reversed(value), reversedPattern(pattern), longest)
  return rest === undefined ? undefined : reversed(rest)
}

const reversed = (text: string) => [...text].reverse().join('')

/** The pattern backwards, where an escape stays before what it escapes. */
function reversedPattern(pattern: string): string {
  const characters = [...pattern]
  const units: string[] = []
  for (let index = 0; index < characters.length; index++) {
    const escapes = characters[index] === '\\' && index + 1 < characters.length
    units.push(escapes ? `\\${characters[index + 1]}` : (characters[index] ?? ''))
    if (escapes) index++
  }
  return units.reverse().join('')
}

/** `value` with the first match or all of them replaced; undefined where the pattern is invalid. */
export function replaceMatches(value: string, pattern: string, replacement: string, all: boolean): string | undefined {
  const parts = partsOf(pattern)
  const text = [...value]
  if (!parts || tooLarge(text, pattern)) return undefined
  let result = ''
  let copied = 0
  let lastEnd = 0
  for (let at = 0; at <= text.length; ) {
    const end = matchEnd(text, at, parts, true)
    if (end === undefined) {
      at++
      continue
    }
    const whole = text.slice(at, end).join('')
    result += text.slice(copied, at).join('')
    if (!all) return result + replacement + text.slice(end).join('')
    if (end > lastEnd || at === 0) result += fillTemplate(replacement, whole)
    copied = end
    lastEnd = end
    at = end > at ? end : at + 1
  }
  return result + text.slice(copied).join('')
}

/** Go's Regexp.Expand, which BuildKit applies when it replaces all matches: `$0` is the match, other groups are empty. */
function fillTemplate(template: string, match: string): string {
  return template.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (found, braced?: string, plain?: string) => {
      if (found === '$$') return '$'
      return /^0+$/.test(braced ?? plain ?? '') ? match : ''
    },
  )
}
