/** `value` without the shortest (`#`, `%`) or longest (`##`, `%%`) part that matches `pattern`, at its start or end. */
export function trimmedBy(value: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  const fromStart = operator.startsWith('#')
  for (let step = 0; step <= value.length; step++) {
    const length = operator.length === 1 ? step : value.length - step
    const part = fromStart ? value.slice(0, length) : value.slice(value.length - length)
    if (!matchesPattern(part, pattern)) continue
    return fromStart ? value.slice(length) : value.slice(0, value.length - length)
  }
  return value
}

/** Whether all of `text` matches a pattern of `*`, `?`, `[…]` and `\`: POSIX.1-2017, 2.13. Takes `text × pattern` steps. */
export function matchesPattern(text: string, pattern: string): boolean {
  const units = unitsOf(pattern)
  let at = 0
  let unit = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    const here = units[unit]
    if (here === 'any') {
      star = unit++
      resume = at
    } else if (here?.(text[at] ?? '')) {
      at++
      unit++
    } else if (star >= 0) {
      unit = star + 1
      at = ++resume
    } else {
      return false
    }
  }
  return units.slice(unit).every((rest) => rest === 'any')
}

type PatternUnit = 'any' | ((character: string) => boolean)

function unitsOf(pattern: string): readonly PatternUnit[] {
  const units: PatternUnit[] = []
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]
    const close = character === '[' ? pattern.indexOf(']', index + (/[!^]/.test(pattern[index + 1] ?? '') ? 3 : 2)) : -1
    if (character === '*') {
      if (units.at(-1) !== 'any') units.push('any')
    } else if (character === '?') {
      units.push(() => true)
    } else if (close > 0) {
      units.push(setOf(pattern.slice(index + 1, close)))
      index = close
    } else {
      if (character === '\\' && index + 1 < pattern.length) index++
      const literal = pattern[index]
      units.push((other) => other === literal)
    }
  }
  return units
}

function setOf(inside: string): (character: string) => boolean {
  const negated = /^[!^]/.test(inside)
  const set = negated ? inside.slice(1) : inside
  const ranges = [...set.matchAll(/(.)-(.)|./gs)].map(([one, from = one, to = one]) => [from, to] as const)
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated
}
