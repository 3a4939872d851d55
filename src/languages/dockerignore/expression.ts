/** A step of a compiled expression: it reads a character, or holds at a place. */
interface PatternStep {
  readonly accepts: (character: string) => boolean
  /** `one`: once. `many`: any number of times. `maybe`: once or not at all. */
  readonly times: 'one' | 'many' | 'maybe'
}

/** `folders` may skip itself and the two steps after it, which read any folders and their slash. */
type PatternItem = PatternStep | { readonly kind: 'start' } | { readonly kind: 'end' } | { readonly kind: 'folders' }

interface CharacterClass {
  readonly accepts: (character: string) => boolean
  readonly end: number
}

const anything = (character: string) => character !== '\n'

/**
 * A matcher for the expressions that patterns become, which are Go's regular expressions cut down to characters,
 * classes, `.`, `*`, `?`, `{2,3}`, `|`, `^`, `$` and one group, that of any folders. It walks all alternatives at once, so no pattern makes it slow.
 * Undefined where Go refuses the expression.
 */
export function compileExpression(expression: string): ((path: string) => boolean) | undefined {
  const alternatives: (readonly PatternItem[])[] = []
  const text = [...expression]
  for (let at = 0; at <= text.length; ) {
    const read = itemsOf(text, at)
    if (!read) return undefined
    alternatives.push([...around, ...read.items, ...around])
    at = read.end + 1
  }
  return (path) => alternatives.some((items) => matches(items, [...path]))
}

/** An expression may match anywhere in the path: `^` and `$` hold it to the ends. */
const around: readonly PatternItem[] = [{ accepts: () => true, times: 'many' }]

const repetitionLimit = 1000

/** The items up to a `|` or the end. */
function itemsOf(
  text: readonly string[],
  start: number,
): { readonly items: readonly PatternItem[]; readonly end: number } | undefined {
  const items: PatternItem[] = []
  let at = start
  while (at < text.length && text[at] !== '|') {
    const character = text[at] ?? ''
    if (character === '^' || character === '$') {
      items.push({ kind: character === '^' ? 'start' : 'end' })
      at++
      if (countAt(text, at)) return undefined
      continue
    }
    if (text.slice(at, at + 6).join('') === '(.*/)?') {
      items.push(
        { kind: 'folders' },
        { accepts: anything, times: 'many' },
        { accepts: (other) => other === '/', times: 'one' },
      )
      at += 6
      if (countAt(text, at)) return undefined
      continue
    }
    const read = countAt(text, at) ? undefined : atomAt(text, at)
    if (!read) return undefined
    at = read.end
    const { accepts } = read
    const quantifier = text[at]
    const count = countAt(text, at)
    if (quantifier === '*' || quantifier === '?') {
      items.push({ accepts, times: quantifier === '*' ? 'many' : 'maybe' })
      at++
    } else if (count) {
      if (
        count.least > count.most ||
        count.least > repetitionLimit ||
        (count.most !== Number.POSITIVE_INFINITY && count.most > repetitionLimit)
      )
        return undefined
      for (let copies = 0; copies < count.least; copies++) items.push({ accepts, times: 'one' })
      if (count.most === Number.POSITIVE_INFINITY) items.push({ accepts, times: 'many' })
      else for (let copies = count.least; copies < count.most; copies++) items.push({ accepts, times: 'maybe' })
      at = count.end
    } else items.push({ accepts, times: 'one' })
    if ((quantifier === '*' || quantifier === '?' || count) && countAt(text, at)) return undefined
  }
  return { items, end: at }
}

/** `{2}`, `{2,}` or `{2,3}`; other braces are text. */
function countAt(
  text: readonly string[],
  at: number,
): { readonly least: number; readonly most: number; readonly end: number } | undefined {
  if (text[at] !== '{') return undefined
  const match = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/.exec(text.slice(at, at + 24).join(''))
  if (!match) return undefined
  const least = Number(match[1])
  const most = match[2] === undefined ? least : match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3])
  return { least, most, end: at + match[0].length }
}

function atomAt(text: readonly string[], at: number): CharacterClass | undefined {
  const character = text[at]
  if (character === '[') return classAt(text, at)
  if (character === '.') return { accepts: anything, end: at + 1 }
  if (character === '\\') return escapeAt(text, at)
  return { accepts: (other) => other === character, end: at + 1 }
}

const named: Readonly<Record<string, RegExp | undefined>> = {
  d: /^\d$/,
  D: /^\D$/,
  w: /^\w$/,
  W: /^\W$/,
  s: /^[\t\n\f\r ]$/,
  S: /^[^\t\n\f\r ]$/,
}
const controls: Readonly<Record<string, string | undefined>> = {
  a: '\u0007',
  f: '\f',
  t: '\t',
  n: '\n',
  r: '\r',
  v: '\v',
}

/** What stands after a backslash: punctuation is itself, some letters are classes or control characters. */
function escapeAt(text: readonly string[], at: number): (CharacterClass & { readonly single?: string }) | undefined {
  const escaped = text[at + 1] ?? ''
  const expression = Object.hasOwn(named, escaped) ? named[escaped] : undefined
  if (expression) return { accepts: (other) => expression.test(other), end: at + 2 }
  const single = Object.hasOwn(controls, escaped)
    ? controls[escaped]
    : /^[!-/:-@[-`{-~ ]$/.test(escaped)
      ? escaped
      : undefined
  return single === undefined ? undefined : { accepts: (other) => other === single, single, end: at + 2 }
}

const posixClasses: Readonly<Record<string, RegExp | undefined>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  ascii: /^[\0-\x7f]$/,
  blank: /^[\t ]$/,
  cntrl: /^[^ -~\u0080-\u{10ffff}]$/u,
  digit: /^\d$/,
  graph: /^[!-~]$/,
  lower: /^[a-z]$/,
  print: /^[ -~]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t\n\v\f\r ]$/,
  upper: /^[A-Z]$/,
  word: /^\w$/,
  xdigit: /^[0-9A-Fa-f]$/,
}

function classAt(text: readonly string[], start: number): CharacterClass | undefined {
  const negated = text[start + 1] === '^'
  const tests: ((character: string) => boolean)[] = []
  let at = start + (negated ? 2 : 1)
  for (let first = true; first || text[at] !== ']'; first = false) {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(text.slice(at, at + 12).join(''))
    if (posix) {
      const members = Object.hasOwn(posixClasses, posix[2] ?? '') ? posixClasses[posix[2] ?? ''] : undefined
      if (!members) return undefined
      tests.push((character) => members.test(character) !== (posix[1] === '^'))
      at += posix[0].length
      continue
    }
    const low = memberAt(text, at)
    if (!low) return undefined
    at = low.end
    if (low.single === undefined || text[at] !== '-' || text[at + 1] === ']' || at + 1 >= text.length) {
      tests.push(low.accepts)
      continue
    }
    const high = memberAt(text, at + 1)
    if (high?.single === undefined) return undefined
    const [from, to] = [low.single.codePointAt(0) ?? 0, high.single.codePointAt(0) ?? 0]
    if (to < from) return undefined
    tests.push((character) => (character.codePointAt(0) ?? -1) >= from && (character.codePointAt(0) ?? -1) <= to)
    at = high.end
  }
  return { accepts: (character) => tests.some((test) => test(character)) !== negated, end: at + 1 }
}

function memberAt(text: readonly string[], at: number): (CharacterClass & { readonly single?: string }) | undefined {
  const single = text[at]
  if (single === undefined) return undefined
  return single === '\\' ? escapeAt(text, at) : { accepts: (other) => other === single, single, end: at + 1 }
}

/** Whether the items match all of `text`: a place is marked where the text so far can lead to it. */
function matches(items: readonly PatternItem[], text: readonly string[]): boolean {
  let places = new Uint8Array(items.length + 4)
  let following = new Uint8Array(items.length + 4)
  places[0] = 1
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    let some = false
    following.fill(0)
    for (let place = 0; place < items.length; place++) {
      const item = items[place]
      if (places[place] === 0 || item === undefined) continue
      if ('accepts' in item) {
        if (item.times !== 'one') places[place + 1] = 1
        if (character === undefined || !item.accepts(character)) continue
        following[item.times === 'many' ? place : place + 1] = 1
        some = true
      } else if (item.kind === 'folders') {
        places[place + 1] = 1
        places[place + 3] = 1
      } else if (item.kind === 'start' ? at === 0 : at === text.length) places[place + 1] = 1
    }
    if (character === undefined) return places[items.length] === 1
    if (!some) return false
    const spent = places
    places = following
    following = spent
  }
  return false
}
