/** Stands for what a reader is to drop: the backslash of an escaped apostrophe, white space around a line break. */
export const mask = '\ue000'

/**
 * `text`, as long as before, so that a strict parser reads what Go's lenient one does: lists and mappings in brackets
 * and texts in quotes may go on at any indentation, comments need no space before them, and `\'` stands in double quotes.
 */
export function lenient(text: string): string {
  const changed = text.split('')
  let depth = 0
  let at = 0
  while (at < text.length) {
    const character = text[at] ?? ''
    if (/\s/.test(character)) {
      if (depth > 0) changed[at] = ' '
      at += 1
    } else if (character === '#') {
      const end = lineEnd(text, at)
      changed.fill(' ', at, end)
      at = end
    } else if (character === '"') at = doubleQuoted(text, at, changed)
    else if (character === "'") at = singleQuoted(text, at, changed)
    else if ('[{'.includes(character)) {
      depth += 1
      at += 1
    } else if (']}'.includes(character)) {
      depth = Math.max(0, depth - 1)
      at += 1
    } else if (',:'.includes(character)) at += 1
    else if ('|>'.includes(character) && depth === 0) at = blockScalar(text, at, changed)
    else at = plain(text, at, depth > 0)
  }
  return changed.join('')
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? text.length : newline
}

function doubleQuoted(text: string, from: number, changed: string[]): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at + 1
    if (text[at] === '\n') fold(text, at, changed)
    if (text[at] !== '\\') continue
    if (text[at + 1] === "'") changed[at] = mask
    at += 1
  }
  return text.length
}

/** A line break in quotes, with the white space around it, stands for one space; empty lines are left as they are. */
function fold(text: string, newline: number, changed: string[]): void {
  let start = newline
  let end = newline + 1
  while (/[ \t\r]/.test(text[start - 1] ?? '')) start -= 1
  while (/[ \t\r]/.test(text[end] ?? '')) end += 1
  if (text[end] === '\n' || text[start - 1] === '\n') return
  changed.fill(mask, start, end)
  changed[newline] = ' '
}

function singleQuoted(text: string, from: number, changed: string[]): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\n') fold(text, at, changed)
    if (text[at] !== "'") continue
    if (text[at + 1] !== "'") return at + 1
    at += 1
  }
  return text.length
}

const plainEnd = /:(?=\s|$)|\s#|\n/g
const plainEndInside = /:(?=[\s,[\]{}]|$)|\s#|[\n,[\]{}]/g

function plain(text: string, from: number, inside: boolean): number {
  if (/^[-?]\s/.test(text.slice(from, from + 2))) return from + 1
  const end = inside ? plainEndInside : plainEnd
  end.lastIndex = from + 1
  return end.exec(text)?.index ?? text.length
}

/** Behind the lines that are indented deeper than what holds the block scalar. */
function blockScalar(text: string, from: number, changed: string[]): number {
  const start = text.lastIndexOf('\n', from) + 1
  const before = text.slice(start, from)
  const prefix = /^\s*(?:-\s+)*/.exec(before)?.[0] ?? ''
  const indent = prefix.length < before.length ? prefix.length : Math.max(0, prefix.lastIndexOf('-'))
  let at = lineEnd(text, from)
  const comment = text.slice(from, at).indexOf('#')
  if (comment !== -1) changed.fill(' ', from + comment, at)
  while (at < text.length) {
    const end = lineEnd(text, at + 1)
    const line = text.slice(at + 1, end)
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break
    at = end
  }
  return at
}
