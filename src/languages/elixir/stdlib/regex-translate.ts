/** A pattern of PCRE as JavaScript's: what it matches is surely the same. */
export interface Translated {
  readonly regexp: RegExp
  /** Works on the bytes of a text instead of its characters, as PCRE does without `u`. */
  readonly onBytes: boolean
  /** Repeats within repeats: may take exponential time, so only for short texts. */
  readonly isRisky: boolean
  /** How many repeats may give back what they took to what follows them: each multiplies the time by the text's length. */
  readonly overlaps: number
  /** Numbers of the groups that have a name. */
  readonly names: Readonly<Record<string, number>>
}

interface Reading {
  readonly source: string
  at: number
  out: string
  isRisky: boolean
  overlaps: number
  /** What the last repeat without a bound repeats, until it is known what follows it. */
  pending: string | undefined
  groups: number
  readonly names: Record<string, number>
  readonly flags: {
    readonly dotall: boolean
    readonly multiline: boolean
    readonly extended: boolean
    readonly unicode: boolean
  }
}

class Unreadable extends Error {}

/** Translates; undefined where something in the pattern is not surely the same. */
export function translate(source: string, options: string): Translated | undefined {
  if (/[^imsxu]/.test(options) || source.length > 2000) return undefined
  const inline = /^\(\?([imsx]+)\)/.exec(source)
  if (inline) return translate(source.slice(inline[0].length), options + (inline[1] ?? ''))
  const has = (letter: string) => options.includes(letter)
  const flags = { dotall: has('s'), multiline: has('m'), extended: has('x'), unicode: has('u') }
  const text = has('u') ? source : bytesText(source)
  const reading: Reading = {
    source: text,
    at: 0,
    out: '',
    isRisky: false,
    overlaps: 0,
    pending: undefined,
    groups: 0,
    names: {},
    flags,
  }
  try {
    readAlternatives(reading, 0)
    if (reading.at < text.length) return undefined
    const regexp = new RegExp(reading.out, `d${has('u') ? 'u' : ''}${has('i') ? 'i' : ''}`)
    return { regexp, onBytes: !has('u'), isRisky: reading.isRisky, overlaps: reading.overlaps, names: reading.names }
  } catch {
    return undefined
  }
}

/** A text with one character for each byte of its UTF-8. */
export const bytesText = (text: string): string =>
  /^[\0-\x7f]*$/.test(text)
    ? text
    : Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')

/** Reads until `)` or the end; says whether anything in it repeats or is an alternative. */
function readAlternatives(reading: Reading, depth: number): boolean {
  if (depth > 50) throw new Unreadable()
  let repeats = false
  while (reading.at < reading.source.length && reading.source[reading.at] !== ')') {
    const char = reading.source[reading.at] ?? ''
    if (reading.flags.extended && skipSpace(reading, char)) continue
    if (char === '|') {
      if (reading.pending !== undefined) reading.overlaps++
      reading.out += '|'
      reading.at++
      repeats = true
      continue
    }
    const start = reading.out.length
    const inner = readAtom(reading, char, depth)
    const atom = char === '(' ? undefined : reading.out.slice(start)
    const { min, isUnbounded } = readQuantifier(reading)
    if (atom !== undefined) follow(reading, atom, min)
    if (isUnbounded && inner) reading.isRisky = true
    if (isUnbounded && atom !== undefined) reading.pending = atom
    repeats ||= inner || isUnbounded
  }
  return repeats
}

function skipSpace(reading: Reading, char: string): boolean {
  if (/\s/.test(char)) reading.at++
  else if (char === '#') while (reading.at < reading.source.length && reading.source[reading.at] !== '\n') reading.at++
  else return false
  return true
}

function readAtom(reading: Reading, char: string, depth: number): boolean {
  const { dotall, multiline } = reading.flags
  if (char === '(') return readGroup(reading, depth)
  if (char === '[') readClass(reading)
  else if (char === '\\') readEscape(reading)
  else {
    reading.at++
    if (char === '.') reading.out += dotall ? '[\\s\\S]' : '[^\\n]'
    else if (char === '^') reading.out += multiline ? '(?:(?<![\\s\\S])|(?<=\\n)(?=[\\s\\S]))' : '(?<![\\s\\S])'
    else if (char === '$') reading.out += multiline ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))'
    else if (char === '*' || char === '+' || char === '?') throw new Unreadable()
    else reading.out += literal(char)
  }
  return false
}

const literal = (char: string): string => (/[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char)

function readGroup(reading: Reading, depth: number): boolean {
  const open =
    /^\((?:\?(?:[:=!]|<[=!]|P?<[A-Za-z_]\w*>))?/.exec(reading.source.slice(reading.at, reading.at + 60))?.[0] ?? '('
  if (open === '(' && (reading.source[reading.at + 1] === '?' || reading.source[reading.at + 1] === '*'))
    throw new Unreadable()
  const name = /<(\w+)>/.exec(open)?.[1]
  if (open === '(' || name !== undefined) reading.groups++
  if (name !== undefined) reading.names[name] = reading.groups
  reading.out += open.replace('?P<', '?<')
  reading.at += open.length
  const repeats = readAlternatives(reading, depth + 1)
  if (reading.source[reading.at] !== ')') throw new Unreadable()
  reading.at++
  reading.out += ')'
  return repeats
}

/** Notes whether the repeat before `atom` could have taken what `atom` takes. */
function follow(reading: Reading, atom: string, min: number): void {
  const { pending } = reading
  if (pending === undefined) return
  if (min === 0 || atom.startsWith('(?') || overlap(pending, atom)) reading.overlaps++
  if (min > 0) reading.pending = undefined
}

/** Whether there is a character of Latin-1 that both take. */
function overlap(one: string, other: string): boolean {
  const [first, second] = [new RegExp(`^${one}$`, 'iu'), new RegExp(`^${other}$`, 'iu')]
  for (let code = 0; code < 256; code++) {
    const char = String.fromCharCode(code)
    if (first.test(char) && second.test(char)) return true
  }
  return false
}

/** Reads `*`, `+?`, `{2,}` …: how often at least, and whether there is no bound. */
function readQuantifier(reading: Reading): { readonly min: number; readonly isUnbounded: boolean } {
  const found = /^(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??/.exec(reading.source.slice(reading.at, reading.at + 14))?.[0]
  if (found === undefined) return { min: 1, isUnbounded: false }
  reading.at += found.length
  if (/^[+*?]|^\{\d/.test(reading.source.slice(reading.at, reading.at + 2))) throw new Unreadable()
  reading.out += found
  const min = /^[*?]/.test(found) ? 0 : found.startsWith('+') ? 1 : Number.parseInt(found.slice(1), 10)
  return { min, isUnbounded: /^[*+]|,\}/.test(found) }
}

const sets: Readonly<Record<string, { readonly bytes: string; readonly unicode: string }>> = {
  d: { bytes: '0-9', unicode: '\\p{Nd}' },
  w: { bytes: '0-9A-Za-z_\\xaa\\xb5\\xba\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\xff', unicode: '\\p{L}\\p{N}_' },
  s: { bytes: '\\t-\\r \\x85\\xa0', unicode: '\\t-\\r \\x85\\p{Z}' },
  h: { bytes: '\\t \\xa0', unicode: '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000' },
  v: { bytes: '\\n-\\r\\x85', unicode: '\\n-\\r\\x85\\u2028\\u2029' },
}
const controls: Readonly<Record<string, string>> = { n: '\\n', r: '\\r', t: '\\t', f: '\\f', e: '\\x1b', a: '\\x07' }

function readEscape(reading: Reading, inClass = false): void {
  const char = reading.source[reading.at + 1] ?? ''
  const rest = reading.source.slice(reading.at + 1, reading.at + 40)
  const set = sets[char.toLowerCase()]
  const take = (length: number, out: string): void => {
    reading.at += length + 1
    reading.out += out
  }
  const kind = reading.flags.unicode ? 'unicode' : 'bytes'
  if (set) {
    if (char === char.toLowerCase()) return take(1, inClass ? set[kind] : `[${set[kind]}]`)
    if (inClass) throw new Unreadable()
    return take(1, `[^${set[kind]}]`)
  }
  const control = controls[char]
  if (control !== undefined) return take(1, control)
  const hex = /^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(rest)
  if (hex) return take(hex[0].length, codeUnit(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16), reading.flags.unicode))
  const property = /^[pP]\{\^?(?:L[lutmo]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|M[nce]?)\}/.exec(rest)?.[0]
  if (property && reading.flags.unicode && !property.includes('^')) return take(property.length, `\\${property}`)
  if (/[^A-Za-z0-9]/.test(char)) return take(char.length, literal(char) === char && char !== '-' ? char : `\\${char}`)
  if (inClass) throw new Unreadable()
  const word = sets.w?.[kind] ?? ''
  if (char === 'b') return take(1, `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`)
  if (char === 'A') return take(1, '(?<![\\s\\S])')
  if (char === 'z') return take(1, '(?![\\s\\S])')
  if (char === 'Z') return take(1, '(?=\\n?(?![\\s\\S]))')
  if (/[1-9]/.test(char) && !/^\d\d/.test(rest)) return take(1, `\\${char}`)
  throw new Unreadable()
}

const codeUnit = (code: number, unicode: boolean): string => {
  if (code > 0x10ffff || (!unicode && code > 0xff)) throw new Unreadable()
  return unicode ? `\\u{${code.toString(16)}}` : `\\x${code.toString(16).padStart(2, '0')}`
}

const posix: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  xdigit: '0-9A-Fa-f',
  word: '0-9A-Za-z_',
}

function readClass(reading: Reading): void {
  const { source } = reading
  const isNegated = source[reading.at + 1] === '^'
  reading.out += isNegated ? '[^' : '['
  reading.at += isNegated ? 2 : 1
  const start = reading.at
  for (;;) {
    const char = source[reading.at]
    if (char === undefined) throw new Unreadable()
    if (char === ']' && reading.at > start) break
    if (char === '\\') {
      readEscape(reading, true)
      continue
    }
    const named = /^\[:(\w+):\]/.exec(source.slice(reading.at, reading.at + 12))
    if (named) {
      const set = posix[named[1] ?? '']
      if (set === undefined || reading.flags.unicode) throw new Unreadable()
      reading.out += set
      reading.at += named[0].length
      continue
    }
    reading.out += /[[\]^\\]/.test(char) ? `\\${char}` : char
    reading.at++
  }
  reading.out += ']'
  reading.at++
}
