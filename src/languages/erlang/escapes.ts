const letters: Readonly<Record<string, string>> = {
  b: '\b',
  d: '\x7f',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
}

const sequence = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|x\{([\da-fA-F]{1,8})\}|\^([\s\S])|([\s\S]))/gu

/** One escape sequence at the start of a text, for `$\n`. */
export const leadingEscape: RegExp = new RegExp(`^(?:${sequence.source})`, 'u')

/** The text of a string, quoted atom or character (Erlang Reference Manual, "Escape Sequences"). */
export const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(sequence, (_whole, octal?: string, two?: string, hex?: string, control?: string, other?: string) => {
        if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
        if (two ?? hex) return codePoint(Number.parseInt(two ?? hex ?? '', 16))
        if (control !== undefined) return control === '?' ? '\x7f' : String.fromCharCode(control.charCodeAt(0) & 31)
        return letters[other ?? ''] ?? other ?? ''
      })
    : text

/** Lone surrogates and what lies beyond Unicode are no characters. */
const codePoint = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '�' : String.fromCodePoint(code)
