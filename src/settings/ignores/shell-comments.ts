const opening = /<<(-?)[ \t]*(['"]?)([\w.-]+)\2/y

/**
 * Where the comments of a shell text begin: a `#` that begins a word, and stands neither in quotes nor in a
 * here-document (POSIX, "Shell Command Language", 2.3).
 */
export function shellComments(text: string): readonly number[] {
  const found: number[] = []
  const waiting: { readonly delimiter: string; readonly tabs: boolean }[] = []
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1
      else if (character === quote) quote = ''
    } else if (character === '\\') at += 1
    else if (character === "'" || character === '"') quote = character
    else if (character === '#' && /^$|[\s;&|()]/.test(text[at - 1] ?? '')) {
      found.push(at)
      at = endOfLine(text, at) - 1
    } else if (character === '<' && text.startsWith('<<', at)) {
      opening.lastIndex = at
      const match = opening.exec(text)
      if (match) waiting.push({ delimiter: match[3] ?? '', tabs: match[1] === '-' })
      at += match ? match[0].length - 1 : text.startsWith('<<<', at) ? 2 : 1
    } else if (character === '\n') {
      for (const { delimiter, tabs } of waiting.splice(0)) at = afterBody(text, at + 1, delimiter, tabs) - 1
    }
  }
  return found
}

/** The offset behind the line that ends a here-document whose body begins at `from`. */
function afterBody(text: string, from: number, delimiter: string, tabs: boolean): number {
  for (let at = from; at < text.length; ) {
    const end = endOfLine(text, at)
    const line = text.slice(at, end).replace(/\r$/, '')
    if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) return end + 1
    at = end + 1
  }
  return text.length
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
