import type { Source, Span } from '../../../text/source.ts'

/** What is thrown where a text is not plainly well-formed: somebody else has to read it. */
export const unsure = new Error('this is not read quickly')

/**
 * What stands at the reader: one of these kinds, or the operator, bracket or reserved word itself. `string` is a text between
 * quotes without escapes and interpolation, `quote` and `sigil` begin one that may have them; the empty text is the end.
 */
export type Token = string

const word = new Uint8Array(128)
for (let code = 0; code < 128; code++) word[code] = /\w/.test(String.fromCharCode(code)) ? 1 : 0

const reserved = new Set([
  ...['do', 'end', 'fn', 'after', 'else', 'rescue', 'catch', 'and', 'or', 'not', 'in', 'when', 'nil', 'true', 'false'],
])

const operators =
  /\+\+\+|---|<<<|>>>|<<~|~>>|<~>|<\|>|\|\|\||&&&|===|!==|\^\^\^|~~~|\.\.\.|->|<-|\|\||&&|==|!=|=~|<=|>=|\|>|<~|~>|\+\+|--|<>|\*\*|\/\/|\.\.|::|=>|<<|>>|\\\\|[+\-*/<>=|&!^@.,%()[\]{}]/y
const number = /0x[\da-fA-F]+|0b[01]+|0o[0-7]+|(?:\d+(?:_\d+)*)(\.\d+(?:_\d+)*(?:[eE][-+]?\d+)?)?/y
const moreOfAlias = /(?:\s*\.\s*[A-Z]\w*)+/y
const atom =
  /:(?:[A-Za-z_][\w@]*[?!]?|\.\.\/\/|%\{\}|<<>>|\.\.\.|\{\}|\+\+\+|---|<<<|>>>|<<~|~>>|<~>|<\|>|\|\|\||&&&|===|!==|\^\^\^|~~~|->|<-|\|\||&&|==|!=|=~|<=|>=|\|>|<~|~>|\+\+|--|<>|\*\*|\/\/|\.\.|::|\\\\|[+\-*/<>=|&!^@.%])/y
const notIn = /[ \t]+in(?=[\s@.+\-^*/<>|~=&\\%{}[\]()"',;#])/y

/** Reads the tokens of a text that is plainly well-formed, one at a time. */
export class Tokens {
  readonly comments: Span[] = []
  pos = 0
  tok: Token = ''
  start = 0
  /** Where the token ends; of what begins a quoted text, where its content begins. */
  end = 0
  /** Where the token before it ended. */
  before = 0
  /** Whether there is a line break before the token; where the breaks behind all comments begin and end. */
  newline = false
  breakStart = 0
  breakEnd = 0
  /** The name of a `key`, and the delimiter of what is quoted. */
  value = ''
  protected readonly text: string
  protected readonly source: Source

  constructor(source: Source) {
    this.source = source
    this.text = source.text
  }

  /** Whether nothing stands between the token and the one before it. */
  get isClose(): boolean {
    return this.start === this.before
  }

  /** Whether this is the token that is there. */
  protected at(token: Token): boolean {
    return this.tok === token
  }

  /** Goes to the next token. */
  next(): void {
    this.before = this.end
    this.skipBlanks()
    const { text, pos } = this
    this.start = pos
    const code = text.charCodeAt(pos)
    if (Number.isNaN(code)) this.is('', pos)
    else if (code > 127) throw unsure
    else if (code >= 48 && code <= 57) this.readNumber()
    else if (word[code] === 1) this.readWord(code)
    else if (code === 34 || code === 39) this.readQuote(code)
    else if (code === 58) this.readColon()
    else if (code === 63) this.readChar()
    else if (code === 126 && isLetter(text.charCodeAt(pos + 1))) this.is('sigil', pos + 1)
    else this.readOperator()
  }

  private skipBlanks(): void {
    const { text } = this
    this.newline = false
    for (let { pos } = this; ; pos++) {
      const code = text.charCodeAt(pos)
      if (code === 32 || code === 9) continue
      if (code === 10) {
        if (!this.newline) this.breakStart = pos
        this.newline = true
        this.breakEnd = pos + 1
      } else if (code === 35) {
        const end = text.indexOf('\n', pos)
        this.comments.push({ source: this.source, start: pos, end: end < 0 ? text.length : end })
        this.newline = false
        if (end < 0) pos = text.length - 1
        else pos = end - 1
      } else {
        this.pos = pos
        return
      }
    }
  }

  private is(token: Token, end: number): void {
    this.tok = token
    this.end = end
    this.pos = end
  }

  private readWord(first: number): void {
    const { text, start } = this
    let end = start + 1
    while (word[text.charCodeAt(end)] === 1) end++
    const isName = first >= 65 && first <= 90
    let code = text.charCodeAt(end)
    if (code === 63 || code === 33) {
      if (isName) throw unsure
      code = text.charCodeAt(++end)
    }
    if (code > 127 || code === 64) throw unsure
    if (code === 58 && isBlank(text.charCodeAt(end + 1))) {
      this.value = text.slice(start, end)
      this.is('key', end + 1)
    } else if (isName) {
      moreOfAlias.lastIndex = end
      this.is('alias', moreOfAlias.test(text) ? moreOfAlias.lastIndex : end)
    } else {
      const name = text.slice(start, end)
      this.value = name
      if (!reserved.has(name)) this.is('ident', end)
      else if (name === 'not') {
        notIn.lastIndex = end
        if (notIn.test(text)) this.is('not in', notIn.lastIndex)
        else this.is('not', end)
      } else this.is(name, end)
    }
  }

  private readNumber(): void {
    number.lastIndex = this.start
    const found = number.exec(this.text)
    const end = number.lastIndex
    if (!found || word[this.text.charCodeAt(end)] === 1) throw unsure
    this.is(found[1] === undefined ? 'int' : 'float', end)
  }

  private readQuote(quote: number): void {
    const { text, start } = this
    const isLong = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote
    this.value = text.slice(start, start + (isLong ? 3 : 1))
    if (isLong) return this.is('quote', start + 3)
    for (let end = start + 1; ; end++) {
      const code = text.charCodeAt(end)
      if (code === quote) {
        if (text.charCodeAt(end + 1) !== 58 || !isBlank(text.charCodeAt(end + 2))) return this.is('string', end + 1)
        this.value = text.slice(start + 1, end)
        return this.is('key', end + 2)
      }
      if (code === 92 || (code === 35 && text.charCodeAt(end + 1) === 123)) return this.is('quote', start + 1)
      if (Number.isNaN(code) || code === 0) throw unsure
    }
  }

  private readColon(): void {
    const { text, start } = this
    const code = text.charCodeAt(start + 1)
    if (code === 34 || code === 39) {
      this.value = String.fromCharCode(code)
      return this.is('quoted atom', start + 2)
    }
    if (code === 58 && text.charCodeAt(start + 2) !== 58) return this.readOperator()
    atom.lastIndex = start
    if (!atom.test(text)) throw unsure
    this.value = text.slice(start + 1, atom.lastIndex)
    this.is('atom', atom.lastIndex)
    if (text.charCodeAt(this.end) > 127 || text.charCodeAt(this.end) === 58) throw unsure
  }

  private readChar(): void {
    const { text, start } = this
    const isEscaped = text.charCodeAt(start + 1) === 92
    const code = text.charCodeAt(start + (isEscaped ? 2 : 1))
    // Where it is longer than a character, and where a line ends.
    if (!(code > 31 && code < 128) || (isEscaped && (code === 120 || code === 117))) throw unsure
    this.is('char', start + (isEscaped ? 3 : 2))
  }

  private readOperator(): void {
    const { text, start } = this
    operators.lastIndex = start
    if (!operators.test(text)) throw unsure
    const end = operators.lastIndex
    // A key, such as `+: 1`.
    if (text.charCodeAt(end) === 58 && isBlank(text.charCodeAt(end + 1)) && !isClosing(text.charCodeAt(start)))
      throw unsure
    this.is(text.slice(start, end), end)
  }
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)

const isClosing = (code: number): boolean => code === 41 || code === 93 || code === 125

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13)
